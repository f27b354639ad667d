/// Which two symbols become one, and which pairs first: the table behind byte-pair encoding (Sennrich et al., 2016).
package struct PairMerges: Sendable {
    /// A pair with the symbol that it becomes; a free slot has the key of all ones.
    private struct Slot {
        var key = UInt64.max
        /// Rank in the upper half, symbol in the lower: the smallest of several is the one to do first.
        var step = UInt64.max
    }

    /// Open addressing, linear probing.
    private var slots: [Slot]
    /// How many pairs there are; the rank of the next one.
    package private(set) var count = 0

    /// An empty table with room for some pairs.
    package init(capacity: Int) {
        var size = 64
        while size < capacity * 2 { size *= 2 }
        slots = [Slot](repeating: Slot(), count: size)
    }

    /// Adds a pair, later in rank than those before; false if it is there already.
    package mutating func append(_ left: Int32, _ right: Int32, becomes symbol: Int32) -> Bool {
        let key = Self.key(left, right)
        var slot = slot(of: key)
        guard slots[slot].key != key else { return false }
        if count * 2 >= slots.count {
            let old = slots
            slots = [Slot](repeating: Slot(), count: old.count * 2)
            for entry in old where entry.key != .max { slots[self.slot(of: entry.key)] = entry }
            slot = self.slot(of: key)
        }
        slots[slot] = Slot(key: key, step: UInt64(count) << 32 | UInt64(UInt32(bitPattern: symbol)))
        count += 1
        return true
    }

    /// Merges the symbols from `start` on, at each step the pair of lowest rank, the leftmost of several.
    ///
    /// Takes n² steps for few symbols, n log n for many.
    package func merge(_ symbols: inout [Int32], from start: Int) {
        let count = symbols.count - start
        guard count > 1 else { return }
        guard count <= 96 else { return mergeMany(&symbols, from: start) }
        let rest = symbols.withUnsafeMutableBufferPointer {
            mergeFew(UnsafeMutableBufferPointer(rebasing: $0[start...]))
        }
        symbols.removeLast(count - rest)
    }

    /// Merges in place and returns how many symbols remain.
    private func mergeFew(_ symbols: UnsafeMutableBufferPointer<Int32>) -> Int {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: symbols.count) { steps in
            var count = symbols.count
            for index in 0..<count - 1 {
                steps.initializeElement(at: index, to: step(symbols[index], symbols[index + 1]))
            }
            while count > 1 {
                var place = 0
                for index in 1..<max(1, count - 1) where steps[index] < steps[place] { place = index }
                guard steps[place] != .max else { break }
                symbols[place] = Int32(truncatingIfNeeded: steps[place])
                count -= 1
                for index in place + 1..<max(place + 1, count) {
                    symbols[index] = symbols[index + 1]
                    steps[index - 1] = steps[index]
                }
                if place > 0 { steps[place - 1] = step(symbols[place - 1], symbols[place]) }
                if place < count - 1 { steps[place] = step(symbols[place], symbols[place + 1]) }
            }
            return count
        }
    }

    /// A merge to be done at a place, unless that has changed since.
    private struct Candidate: Comparable {
        let step: UInt64
        let place: Int32

        static func < (left: Candidate, right: Candidate) -> Bool {
            left.step >> 32 != right.step >> 32 ? left.step >> 32 < right.step >> 32 : left.place < right.place
        }
    }

    private func mergeMany(_ symbols: inout [Int32], from start: Int) {
        let count = symbols.count - start
        var next = [Int32](1...Int32(count))
        var previous = [Int32](-1..<Int32(count - 1))
        func candidate(_ place: Int32, in symbols: [Int32]) -> Candidate? {
            let following = next[Int(place)]
            guard following < count else { return nil }
            let step = step(symbols[start + Int(place)], symbols[start + Int(following)])
            return step == .max ? nil : Candidate(step: step, place: place)
        }
        var heap = Heap((0..<Int32(count - 1)).compactMap { candidate($0, in: symbols) })
        while let top = heap.pop() {
            // A symbol that was joined to the one before it is -1 and belongs to no pair.
            guard candidate(top.place, in: symbols)?.step == top.step else { continue }
            let joined = next[Int(top.place)]
            symbols[start + Int(top.place)] = Int32(truncatingIfNeeded: top.step)
            symbols[start + Int(joined)] = -1
            next[Int(top.place)] = next[Int(joined)]
            if next[Int(joined)] < count { previous[Int(next[Int(joined)])] = top.place }
            for place in [previous[Int(top.place)], top.place] where place >= 0 {
                if let new = candidate(place, in: symbols) { heap.push(new) }
            }
        }
        var write = start
        for read in start..<symbols.count where symbols[read] >= 0 {
            symbols[write] = symbols[read]
            write += 1
        }
        symbols.removeLast(symbols.count - write)
    }

    /// Rank and symbol of a pair; all ones if it never merges.
    @inline(__always)
    private func step(_ left: Int32, _ right: Int32) -> UInt64 {
        slots[slot(of: Self.key(left, right))].step
    }

    @inline(__always)
    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[slot].key != key && slots[slot].key != .max { slot = (slot + 1) & mask }
        return slot
    }
}
