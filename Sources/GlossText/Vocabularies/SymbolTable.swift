/// Byte strings numbered in the order of their first insertion, with fast look-up.
///
/// A `Dictionary` of `String` will not do: Swift holds canonically equivalent strings equal, so that "é" in one and in
/// two scalars would share an entry, and it normalizes every key to hash it.
package struct SymbolTable: Sendable {
    /// All strings, one behind the other.
    private var bytes: [UInt8] = []
    /// Where string `index` starts; one more entry holds the end of the last.
    private var starts: [Int] = [0]
    /// Open addressing, linear probing: the hash's upper half and the index plus one; 0 is free.
    private var slots: [UInt64]
    private let seed: UInt64

    /// An empty table. A random `seed` keeps hostile input from choosing colliding strings.
    package init(seed: UInt64 = 0) {
        self.seed = seed
        slots = [UInt64](repeating: 0, count: 64)
    }

    /// How many strings the table holds.
    package var count: Int { starts.count - 1 }

    /// How many bytes all strings take together.
    package var byteCount: Int { bytes.count }

    /// The number of a string, if it is in the table.
    package func index(of string: UnsafeBufferPointer<UInt8>) -> Int? {
        let found = slots[slot(of: string, hash: hash(string))]
        return found == 0 ? nil : Int(found & 0xFFFF_FFFF) - 1
    }

    /// The number of a string, if it is in the table.
    package func index(of string: String) -> Int? {
        var copy = string
        return copy.withUTF8 { index(of: $0) }
    }

    /// The number of a string, which is added if it is new.
    package mutating func insert(_ string: UnsafeBufferPointer<UInt8>) -> (index: Int, isNew: Bool) {
        let hash = hash(string)
        let slot = slot(of: string, hash: hash)
        if slots[slot] != 0 { return (Int(slots[slot] & 0xFFFF_FFFF) - 1, false) }
        let index = count
        precondition(index < Int(UInt32.max) - 1, "a symbol table holds at most 2³² - 2 strings")
        bytes.append(contentsOf: string)
        starts.append(bytes.count)
        slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(index + 1)
        if (index + 1) * 2 > slots.count { grow() }
        return (index, true)
    }

    /// The number of a string, which is added if it is new.
    package mutating func insert(_ string: String) -> (index: Int, isNew: Bool) {
        var copy = string
        return copy.withUTF8 { insert($0) }
    }

    /// The bytes of string `index`.
    package func bytes(at index: Int) -> ArraySlice<UInt8> {
        bytes[starts[index]..<starts[index + 1]]
    }

    /// Calls `body` with the bytes of string `index`.
    @inline(__always)
    package func withBytes<Result>(at index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[starts[index]..<starts[index + 1]])) }
    }

    /// String `index` as text.
    package func string(at index: Int) -> String {
        String(decoding: bytes(at: index), as: UTF8.self)
    }

    @inline(__always)
    private func slot(of string: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash >> 32) & mask
        while true {
            let entry = slots[slot]
            if entry == 0 { return slot }
            if entry >> 32 == hash >> 32, equals(string, index: Int(entry & 0xFFFF_FFFF) - 1) { return slot }
            slot = (slot + 1) & mask
        }
    }

    @inline(__always)
    private func equals(_ string: UnsafeBufferPointer<UInt8>, index: Int) -> Bool {
        let start = starts[index]
        guard starts[index + 1] - start == string.count else { return false }
        return bytes.withUnsafeBufferPointer { all in
            guard let left = all.baseAddress, let right = string.baseAddress else { return true }
            return Self.equals(UnsafeRawPointer(left + start), UnsafeRawPointer(right), count: string.count)
        }
    }

    /// Eight bytes at a time; the last eight may overlap.
    @inline(__always)
    private static func equals(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, count: Int) -> Bool {
        var offset = 0
        while offset + 8 <= count {
            if left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            offset += 8
        }
        if count >= 8 {
            return left.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
                == right.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        }
        while offset < count {
            if left.load(fromByteOffset: offset, as: UInt8.self) != right.load(fromByteOffset: offset, as: UInt8.self) {
                return false
            }
            offset += 1
        }
        return true
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        let mask = slots.count - 1
        for entry in old where entry != 0 {
            var slot = Int(truncatingIfNeeded: entry >> 32) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }

    /// Eight bytes at a time, each mixed in by a full multiplication (as in wyhash); the last eight may overlap.
    @inline(__always)
    private func hash(_ string: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let count = string.count
        var state = seed ^ (UInt64(count) &* 0x9E37_79B9_7F4A_7C15)
        guard count > 0 else { return Self.mix(state) }
        let raw = UnsafeRawPointer(string.baseAddress.unsafelyUnwrapped)
        if count >= 8 {
            var offset = 0
            while offset + 8 < count {
                state = Self.mix(state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
            return Self.mix(state ^ raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
        }
        if count >= 4 {
            let first = UInt64(raw.loadUnaligned(as: UInt32.self))
            let last = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
            return Self.mix(state ^ (first << 32 | last))
        }
        let ends = UInt64(string[0]) << 16 | UInt64(string[count / 2]) << 8 | UInt64(string[count - 1])
        return Self.mix(state ^ ends)
    }

    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        let product = (value ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low
    }
}
