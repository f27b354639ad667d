/// Byte strings and how often each was counted.
package struct SymbolCounts: Sendable {
    /// The strings.
    package private(set) var table = SymbolTable()
    /// How often each was counted, by its number in the table.
    package private(set) var counts: [Int] = []
    /// The highest count that pruning has removed; 0 where nothing was.
    package private(set) var prunedCount = 0

    /// Short pieces met lately and their numbers, which the table need not be asked for.
    private var recent: [(key: PieceKey, number: Int)] = []
    private static let recentCount = 1 << 13

    /// Counts of nothing.
    package init() {}

    /// How many strings were counted.
    package var count: Int { counts.count }

    /// Counts a string.
    @inline(__always)
    package mutating func add(_ symbol: UnsafeBufferPointer<UInt8>, count: Int = 1) {
        let (index, isNew) = table.insert(symbol)
        if isNew { counts.append(count) } else { counts[index] += count }
    }

    /// Counts a part of a longer text, which is not empty; the faster, the more often the same parts come.
    @inline(__always)
    package mutating func add(_ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) {
        guard range.count <= PieceKey.maximumLength else { return add(UnsafeBufferPointer(rebasing: bytes[range])) }
        if recent.isEmpty { recent = Array(repeating: (PieceKey(), 0), count: Self.recentCount) }
        let key = PieceKey(bytes, range)
        let place = key.hash & (Self.recentCount - 1)
        if recent[place].key == key {
            counts[recent[place].number] += 1
        } else {
            let (number, isNew) = table.insert(UnsafeBufferPointer(rebasing: bytes[range]))
            if isNew { counts.append(1) } else { counts[number] += 1 }
            recent[place] = (key, number)
        }
    }

    /// Counts a string.
    package mutating func add(_ symbol: String, count: Int = 1) {
        var copy = symbol
        copy.withUTF8 { add($0, count: count) }
    }

    /// Adds all that others counted.
    package mutating func add(_ others: SymbolCounts) {
        for index in 0..<others.count {
            others.table.withBytes(at: index) { add($0, count: others.counts[index]) }
        }
    }

    /// Forgets the rarest strings, those counted once first, until at most `maximum` are left.
    ///
    /// What is forgotten depends on the counts alone; `prunedCount` says up to which count strings are missing.
    package mutating func prune(to maximum: Int) {
        guard count > maximum else { return }
        var histogram: [Int: Int] = [:]
        for count in counts { histogram[count, default: 0] += 1 }
        var left = count
        var limit = 0
        for (count, strings) in histogram.sorted(by: { $0.key < $1.key }) where left > maximum {
            left -= strings
            limit = count
        }
        var kept = SymbolCounts()
        for index in 0..<count where counts[index] > limit {
            table.withBytes(at: index) { kept.add($0, count: counts[index]) }
        }
        kept.prunedCount = max(limit, prunedCount)
        self = kept
    }

    /// The numbers of the strings, most frequent first, then by their bytes.
    package func sorted() -> [Int] {
        (0..<count).sorted { left, right in
            counts[left] != counts[right]
                ? counts[left] > counts[right]
                : table.bytes(at: left).lexicographicallyPrecedes(table.bytes(at: right))
        }
    }
}
