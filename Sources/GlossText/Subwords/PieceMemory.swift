/// The ids of the pieces that an encoder has met, so that a frequent piece is looked up and not merged again.
///
/// Pieces of up to 15 bytes, nearly all in alphabetic scripts, are their own keys; a slot and its neighbour share a cache
/// line, and the older of the two gives way. Longer pieces stand in a table of their own.
///
/// It cannot be copied: the compiler would do so, with all the counting of references, once a piece.
package struct PieceMemory: ~Copyable, Sendable {
    /// 32 bytes: a piece and its ids, or the first of them and where the others are if there are more than three.
    private struct Slot {
        var key = PieceKey()
        var ids: (Int32, Int32, Int32) = (0, 0, 0)
        var count: Int32 = 0
    }

    /// The most short pieces (4 MB) and long pieces remembered.
    private static let maximumSlots = 1 << 17
    private static let maximumLongPieces = 1 << 15
    /// The longest piece remembered, in bytes.
    private static let maximumLength = 256
    /// Ids kept outside of slots end here; then all is forgotten and begun anew.
    private static let maximumIDs = 1 << 20

    /// `slotCount` slots, a power of two, that this memory owns.
    nonisolated(unsafe) private var slots: UnsafeMutablePointer<Slot>
    private var slotCount: Int
    private var known = 0
    private var longPieces = SymbolTable(seed: UInt64.random(in: 0...UInt64.max))
    private var longStarts: [Int] = [0]
    private var longIDs: [Int32] = []
    private var manyIDs: [Int32] = []

    /// A memory of nothing.
    package init() {
        slotCount = 256
        slots = Self.emptySlots(slotCount)
    }

    deinit { slots.deallocate() }

    private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
        slots.initialize(repeating: Slot(), count: count)
        return slots
    }

    /// Appends the ids of the piece `range` of `bytes`, which is not empty; false if it is not remembered.
    @inline(__always)
    package mutating func append(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to ids: inout [Int32]
    ) -> Bool {
        guard range.count <= PieceKey.maximumLength else {
            return appendLong(UnsafeBufferPointer(rebasing: bytes[range]), to: &ids)
        }
        let key = PieceKey(bytes, range)
        let place = key.hash & (slotCount - 1)
        return append(slots[place], key, to: &ids) || append(slots[place ^ 1], key, to: &ids)
    }

    /// Keeps the ids of a piece. One without any (no unknown symbol stands for it) is not remembered.
    @inline(never)
    package mutating func remember(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ ids: ArraySlice<Int32>
    ) {
        guard let first = ids.first else { return }
        if manyIDs.count > Self.maximumIDs { self = PieceMemory() }
        guard range.count <= PieceKey.maximumLength else {
            return rememberLong(UnsafeBufferPointer(rebasing: bytes[range]), ids)
        }
        let key = PieceKey(bytes, range)
        var slot = Slot(key: key, ids: (first, 0, 0), count: Int32(ids.count))
        if slot.count > 3 {
            slot.ids.1 = Int32(manyIDs.count)
            manyIDs.append(contentsOf: ids.dropFirst())
        } else {
            if slot.count > 1 { slot.ids.1 = ids[ids.startIndex + 1] }
            if slot.count > 2 { slot.ids.2 = ids[ids.startIndex + 2] }
        }
        let place = key.hash & (slotCount - 1)
        slots[place ^ 1] = slots[place]
        slots[place] = slot
        known += 1
        if known * 2 > slotCount, slotCount < Self.maximumSlots { grow() }
    }

    /// Appends a slot's ids if its piece is the one that is asked for.
    @inline(__always)
    private func append(_ slot: Slot, _ key: PieceKey, to ids: inout [Int32]) -> Bool {
        guard slot.key == key else { return false }
        ids.append(slot.ids.0)
        if slot.count > 1 { appendRest(slot, to: &ids) }
        return true
    }

    @inline(never)
    private func appendRest(_ slot: Slot, to ids: inout [Int32]) {
        if slot.count <= 3 {
            ids.append(slot.ids.1)
            if slot.count == 3 { ids.append(slot.ids.2) }
        } else {
            ids.append(contentsOf: manyIDs[Int(slot.ids.1)..<Int(slot.ids.1 + slot.count - 1)])
        }
    }

    private mutating func grow() {
        let (old, oldCount) = (slots, slotCount)
        slotCount *= 4
        slots = Self.emptySlots(slotCount)
        known = 0
        for slot in UnsafeBufferPointer(start: old, count: oldCount) where slot.count > 0 {
            let place = slot.key.hash & (slotCount - 1)
            slots[slots[place].count == 0 ? place : place ^ 1] = slot
            known += 1
        }
        old.deallocate()
    }

    @inline(never)
    private func appendLong(_ piece: UnsafeBufferPointer<UInt8>, to ids: inout [Int32]) -> Bool {
        guard piece.count <= Self.maximumLength, let index = longPieces.index(of: piece) else { return false }
        ids.append(contentsOf: longIDs[longStarts[index]..<longStarts[index + 1]])
        return true
    }

    private mutating func rememberLong(_ piece: UnsafeBufferPointer<UInt8>, _ ids: ArraySlice<Int32>) {
        guard piece.count <= Self.maximumLength, longPieces.count < Self.maximumLongPieces else { return }
        _ = longPieces.insert(piece)
        longIDs.append(contentsOf: ids)
        longStarts.append(longIDs.count)
    }
}
