/// Learns byte-pair merges over counted words, keeping all pair counts up to date instead of counting again.
struct MergeLearner {
    private typealias Merge = BytePairVocabulary.Merge

    private let firstByte: Int32
    /// The words' symbols, one word behind the other; a merged word leaves its last places unused.
    private var symbols: [Int32] = []
    private var words: [(start: Int, length: Int, count: Int)] = []
    private var pairs = PairTable(capacity: 1 << 12)
    private var pairCounts: [Int] = []
    /// The words in which a pair has occurred at some time.
    private var pairWords: [[Int32]] = []

    /// A learner whose byte 0 has the id `firstByte`.
    init(firstByte: Int32) {
        self.firstByte = firstByte
    }

    /// Adds a word that occurs `count` times.
    mutating func add(_ word: ArraySlice<UInt8>, count: Int) {
        let wordNumber = Int32(words.count)
        words.append((symbols.count, word.count, count))
        for byte in word { symbols.append(firstByte + Int32(byte)) }
        for index in (symbols.count - word.count)..<symbols.count - 1 {
            let pair = number(ofPair: symbols[index], symbols[index + 1])
            pairCounts[pair] += count
            if pairWords[pair].last != wordNumber { pairWords[pair].append(wordNumber) }
        }
    }

    /// The next `count` merges, fewer if no pair occurs twice.
    mutating func learn(count: Int) -> [BytePairVocabulary.Merge] {
        var merges: [Merge] = []
        var queue = PairQueue(pairCounts.indices.map { ($0, pairCounts[$0]) }, keys: pairs.keys)
        while merges.count < count, let top = queue.pop() {
            guard top.count == pairCounts[top.pair] else {
                // The count fell since; the pair stands in line again with what it has now.
                if pairCounts[top.pair] > 1 { queue.push(top.pair, count: pairCounts[top.pair], key: top.key) }
                continue
            }
            guard top.count > 1 else { break }
            let merge = Merge(left: Int32(top.key >> 32), right: Int32(truncatingIfNeeded: top.key))
            let symbol = firstByte + 256 + Int32(merges.count)
            merges.append(merge)
            let known = pairs.keys.count
            for word in pairWords[top.pair] { join(merge, as: symbol, in: Int(word)) }
            pairWords[top.pair] = []
            for pair in known..<pairs.keys.count { queue.push(pair, count: pairCounts[pair], key: pairs.keys[pair]) }
        }
        return merges
    }

    /// Joins a pair wherever it stands in a word, and counts the pairs that vanish and appear.
    private mutating func join(_ merge: BytePairVocabulary.Merge, as symbol: Int32, in number: Int) {
        let word = words[number]
        let end = word.start + word.length
        guard
            (word.start..<end - 1).contains(where: { symbols[$0] == merge.left && symbols[$0 + 1] == merge.right })
        else { return }
        for index in word.start..<end - 1 {
            pairCounts[self.number(ofPair: symbols[index], symbols[index + 1])] -= word.count
        }
        var write = word.start
        var read = word.start
        while read < end {
            if read + 1 < end && symbols[read] == merge.left && symbols[read + 1] == merge.right {
                symbols[write] = symbol
                read += 2
            } else {
                symbols[write] = symbols[read]
                read += 1
            }
            write += 1
        }
        words[number].length = write - word.start
        for index in word.start..<max(word.start, write - 1) {
            let pair = self.number(ofPair: symbols[index], symbols[index + 1])
            pairCounts[pair] += word.count
            if symbols[index] == symbol || symbols[index + 1] == symbol, pairWords[pair].last != Int32(number) {
                pairWords[pair].append(Int32(number))
            }
        }
    }

    private mutating func number(ofPair left: Int32, _ right: Int32) -> Int {
        let (index, isNew) = pairs.insert(PairTable.key(left, right))
        if isNew {
            pairCounts.append(0)
            pairWords.append([])
        }
        return index
    }
}

/// Pairs by count, most frequent first, then by key: a binary heap.
private struct PairQueue {
    struct Entry {
        var pair: Int
        var count: Int
        var key: UInt64

        func precedes(_ other: Entry) -> Bool {
            count != other.count ? count > other.count : key < other.key
        }
    }

    private var heap: [Entry] = []

    init(_ pairs: [(pair: Int, count: Int)], keys: [UInt64]) {
        heap = pairs.map { Entry(pair: $0.pair, count: $0.count, key: keys[$0.pair]) }
        for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
    }

    mutating func push(_ pair: Int, count: Int, key: UInt64) {
        heap.append(Entry(pair: pair, count: count, key: key))
        var index = heap.count - 1
        while index > 0, heap[index].precedes(heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func pop() -> Entry? {
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            sink(0)
        }
        return top
    }

    private mutating func sink(_ start: Int) {
        var index = start
        while true {
            var best = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && heap[child].precedes(heap[best]) {
                best = child
            }
            if best == index { return }
            heap.swapAt(index, best)
            index = best
        }
    }
}
