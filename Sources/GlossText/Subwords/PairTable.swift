/// Pairs of symbols numbered in the order of their first insertion, with fast look-up.
package struct PairTable: Sendable {
    /// The pairs by number: the left symbol in the upper half, the right one in the lower.
    package private(set) var keys: [UInt64] = []
    /// Open addressing, linear probing: a key's number plus one; 0 is free.
    private var slots: [UInt32]

    /// An empty table with room for some pairs.
    package init(capacity: Int = 32) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
        keys.reserveCapacity(capacity)
    }

    /// The key of a pair of symbols.
    @inline(__always)
    package static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    /// The number of a pair, if it is in the table.
    @inline(__always)
    package func index(of key: UInt64) -> Int? {
        let found = slots[slot(of: key)]
        return found == 0 ? nil : Int(found) - 1
    }

    /// The number of a pair, which is added if it is new.
    package mutating func insert(_ key: UInt64) -> (index: Int, isNew: Bool) {
        let slot = slot(of: key)
        if slots[slot] != 0 { return (Int(slots[slot]) - 1, false) }
        keys.append(key)
        slots[slot] = UInt32(keys.count)
        if keys.count * 2 > slots.count { grow() }
        return (keys.count - 1, true)
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[slot] != 0 && keys[Int(slots[slot]) - 1] != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (index, key) in keys.enumerated() { slots[slot(of: key)] = UInt32(index + 1) }
    }
}
