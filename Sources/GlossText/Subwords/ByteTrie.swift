/// Byte strings by their prefixes: a tree whose branches stand in one hash table.
package struct ByteTrie: Sendable {
    /// Open addressing, linear probing: node and byte of a branch, and the node that it leads to; 0 is free.
    private var branches: [(key: UInt64, node: Int32)]
    /// The id of the string that ends at each node, -1 where none does; node 0 is the root.
    private var ids: [Int32] = [-1]

    /// A tree of no string.
    package init() { branches = Array(repeating: (0, 0), count: 1 << 10) }

    /// Adds a string, which is not empty.
    package mutating func insert(_ string: UnsafeBufferPointer<UInt8>, id: Int32) {
        var node: Int32 = 0
        for byte in string {
            let key = Self.key(node, byte)
            let slot = slot(of: key)
            if branches[slot].key == key {
                node = branches[slot].node
            } else {
                node = Int32(ids.count)
                ids.append(-1)
                branches[slot] = (key, node)
                if ids.count * 2 > branches.count { grow() }
            }
        }
        ids[Int(node)] = id
    }

    /// Calls `body` with the id and the end of every string that starts at `start`, the shortest first.
    @inline(__always)
    package func forEachPrefix(of bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ body: (Int32, Int) -> Void) {
        var node: Int32 = 0
        var end = start
        while end < bytes.count {
            let key = Self.key(node, bytes[end])
            let slot = slot(of: key)
            guard branches[slot].key == key else { return }
            node = branches[slot].node
            end += 1
            if ids[Int(node)] >= 0 { body(ids[Int(node)], end) }
        }
    }

    /// The id of a whole string.
    func id(of string: UnsafeBufferPointer<UInt8>) -> Int32? {
        var found: Int32?
        forEachPrefix(of: string, from: 0) { id, end in if end == string.count { found = id } }
        return found
    }

    @inline(__always)
    private static func key(_ node: Int32, _ byte: UInt8) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 9 | 0x100 | UInt64(byte)
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        let mask = branches.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while branches[slot].key != key && branches[slot].key != 0 { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = branches
        branches = Array(repeating: (0, 0), count: old.count * 2)
        for branch in old where branch.key != 0 { branches[slot(of: branch.key)] = branch }
    }
}
