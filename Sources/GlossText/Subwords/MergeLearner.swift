/// Learns which pairs of symbols to merge from counted words: the most frequent pair first, counts kept up to date.
///
/// Of equally frequent pairs the one with the lower symbols comes first, so the result depends on the counts alone and
/// not on the order of the words.
struct MergeLearner {
    /// A pair that has occurred: its count now, and the words in which it has occurred at some time.
    private struct Pair {
        var key = UInt64.max
        var count = 0
        /// The first of a chain of `places`; -1 ends it.
        var words: Int32 = -1
    }

    /// A place in line, by the count that the pair had then.
    private struct Candidate: Comparable {
        let count: Int
        let key: UInt64

        static func < (left: Candidate, right: Candidate) -> Bool {
            left.count != right.count ? left.count > right.count : left.key < right.key
        }
    }

    /// The spelling of each symbol: those given at the start, then one for each merge.
    private(set) var spellings: SymbolTable
    /// The words' symbols, one word behind the other; a merged word leaves its last places unused.
    private var symbols: [Int32] = []
    private var words: [(start: Int, length: Int32, count: Int)] = []
    /// Open addressing, linear probing.
    private var pairs = [Pair](repeating: Pair(), count: 1 << 14)
    private var pairCount = 0
    private var places: [(word: Int32, next: Int32)] = []

    /// A learner that starts from symbols with different spellings.
    init(_ spellings: SymbolTable) { self.spellings = spellings }

    /// Adds a word of symbols that occurs `count` times.
    mutating func add(_ word: some Sequence<Int32>, count: Int) {
        let start = symbols.count
        symbols.append(contentsOf: word)
        guard symbols.count > start + 1 else { return symbols.removeLast(symbols.count - start) }
        words.append((start, Int32(symbols.count - start), count))
        for index in start..<symbols.count - 1 {
            change(symbols[index], symbols[index + 1], by: count, in: Int32(words.count - 1))
        }
    }

    /// At most `count` merges, each making the symbol behind the last one; fewer where no pair occurs twice any more.
    ///
    /// A pair that would spell what another symbol spells already stays apart.
    mutating func learn(count: Int) -> [BytePairVocabulary.Merge] {
        var merges: [BytePairVocabulary.Merge] = []
        var queue = Heap(pairs.filter { $0.count > 1 }.map { Candidate(count: $0.count, key: $0.key) })
        var touched: [UInt64] = []
        while merges.count < count, let top = queue.pop() {
            let slot = slot(of: top.key)
            guard top.count == pairs[slot].count else {
                // The count fell since; the pair stands in line again with what it has now.
                if pairs[slot].count > 1 { queue.push(Candidate(count: pairs[slot].count, key: top.key)) }
                continue
            }
            let merge = BytePairVocabulary.Merge(
                left: Int32(top.key >> 32), right: Int32(truncatingIfNeeded: top.key))
            let spelling = [merge.left, merge.right].flatMap { spellings.bytes(at: Int($0)) }
            let (symbol, isNew) = spelling.withUnsafeBufferPointer { spellings.insert($0) }
            guard isNew else { continue }
            merges.append(merge)
            touched.removeAll(keepingCapacity: true)
            var place = pairs[slot].words
            while place >= 0 {
                join(merge, as: Int32(symbol), in: places[Int(place)].word, &touched)
                place = places[Int(place)].next
            }
            let done = self.slot(of: top.key)
            pairs[done].count = 0
            pairs[done].words = -1
            for key in touched {
                let count = pairs[self.slot(of: key)].count
                if count > 1 { queue.push(Candidate(count: count, key: key)) }
            }
        }
        return merges
    }

    /// Joins a pair wherever it stands in a word, and counts the pairs that vanish and appear; adds new ones to `touched`.
    private mutating func join(
        _ merge: BytePairVocabulary.Merge, as symbol: Int32, in number: Int32, _ touched: inout [UInt64]
    ) {
        let word = words[Int(number)]
        let end = word.start + Int(word.length)
        var write = word.start
        var read = word.start
        while read < end {
            guard read + 1 < end, symbols[read] == merge.left, symbols[read + 1] == merge.right else {
                if write != read { symbols[write] = symbols[read] }
                write += 1
                read += 1
                continue
            }
            if write > word.start {
                let before = symbols[write - 1]
                change(before, merge.left, by: -word.count, in: number)
                if change(before, symbol, by: word.count, in: number) { touched.append(Self.key(before, symbol)) }
            }
            if read + 2 < end {
                let after = symbols[read + 2]
                change(merge.right, after, by: -word.count, in: number)
                if change(symbol, after, by: word.count, in: number) { touched.append(Self.key(symbol, after)) }
            }
            symbols[write] = symbol
            write += 1
            read += 2
        }
        words[Int(number)].length = Int32(write - word.start)
    }

    /// Changes a pair's count, noting the word where it grows; says whether the pair is new.
    @discardableResult
    private mutating func change(_ left: Int32, _ right: Int32, by count: Int, in word: Int32) -> Bool {
        let key = Self.key(left, right)
        var slot = slot(of: key)
        let isNew = pairs[slot].key == .max
        if isNew {
            pairCount += 1
            if pairCount * 2 > pairs.count {
                grow()
                slot = self.slot(of: key)
            }
            pairs[slot].key = key
        }
        pairs[slot].count += count
        let head = pairs[slot].words
        if count > 0, head < 0 || places[Int(head)].word != word {
            places.append((word, head))
            pairs[slot].words = Int32(places.count - 1)
        }
        return isNew
    }

    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        let mask = pairs.count - 1
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while pairs[slot].key != key && pairs[slot].key != .max { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = pairs
        pairs = [Pair](repeating: Pair(), count: old.count * 2)
        for pair in old where pair.key != .max { pairs[slot(of: pair.key)] = pair }
    }
}
