import Dispatch
import Glibc
import Synchronization

/// Learns a Unigram vocabulary: many frequent substrings to begin with, their probabilities by expectation-maximization,
/// and those given up whose loss costs the text's likelihood least, until few enough are left (Kudo, 2018, section 3.2).
///
/// The same counts give the same vocabulary, whatever the number of threads: sums are taken over fixed shares of the
/// words, and the shares in their order.
struct UnigramTrainer {
    /// A symbol with its logarithmic probability.
    struct Symbol {
        var bytes: [UInt8]
        var score: Double
    }

    /// As in SentencePiece: the share of symbols kept each time, and how many more than wanted are left to the last choice.
    private static let shrinkage = 0.75
    private static let surplus = 1.1
    private static let expectations = 2
    /// The longest symbol, in characters.
    private static let maximumLength = 16
    /// Substrings are sought in the most frequent words only; the others have little to add.
    private static let maximumSeedWords = 1 << 18
    private static let shares = 8

    private let threads: Int
    private var symbols: [Symbol] = []
    /// The first symbols are characters, which are never given up.
    private let characterCount: Int
    private var counts: [Double] = []
    private var lattices = UnigramLattices()
    /// The ways to cut each symbol that is no character into others.
    private var ownLattices = UnigramLattices()

    /// A trainer on counted words of at most 256 bytes, whose symbols hold no other than `characters`.
    init(words: SymbolCounts, characters: SymbolTable, threads: Int) {
        self.threads = threads
        characterCount = characters.count
        let order = words.sorted()
        let table = Self.seeds(words, order.prefix(Self.maximumSeedWords), characters)
        var trie = ByteTrie()
        for index in table.indices { table[index].bytes.withUnsafeBufferPointer { trie.insert($0, id: Int32(index)) } }
        symbols = table
        for number in order {
            words.table.withBytes(at: number) { lattices.add($0, trie: trie) }
            counts.append(Double(words.counts[number]))
        }
        for index in characterCount..<symbols.count {
            symbols[index].bytes.withUnsafeBufferPointer { ownLattices.add($0, trie: trie, except: Int32(index)) }
        }
    }

    /// The characters, and the substrings that occur twice or more with the most characters in all.
    private static func seeds(_ words: SymbolCounts, _ order: ArraySlice<Int>, _ characters: SymbolTable) -> [Symbol] {
        var substrings = SymbolCounts()
        var single = [Int](repeating: 0, count: characters.count)
        for number in order {
            let count = words.counts[number]
            words.table.withBytes(at: number) { word in
                // Where the characters of a run that are symbols start, and where the run ends.
                var bounds: [Int] = []
                var position = 0
                while position <= word.count {
                    let end =
                        position < word.count ? position + UnigramModel.length(ofScalar: word[position]) : position
                    let character =
                        end > position ? characters.index(of: UnsafeBufferPointer(rebasing: word[position..<end])) : nil
                    bounds.append(position)
                    if let character {
                        single[character] += count
                    } else {
                        countSubstrings(of: word, bounds, count, into: &substrings)
                        bounds = []
                    }
                    position = max(end, position + 1)
                }
            }
            if substrings.count > 1 << 22 { substrings.prune(to: 1 << 21) }
        }
        let ranked = (0..<substrings.count).lazy.filter { substrings.counts[$0] > 1 }.map { number in
            (number: number, weight: substrings.counts[number] * scalars(substrings.table.bytes(at: number)))
        }.sorted { left, right in
            left.weight != right.weight
                ? left.weight > right.weight
                : substrings.table.bytes(at: left.number).lexicographicallyPrecedes(
                    substrings.table.bytes(at: right.number))
        }
        let seeds =
            (0..<characters.count).map { (Array(characters.bytes(at: $0)), max(1, single[$0])) }
            + ranked.prefix(1 << 17).map { (Array(substrings.table.bytes(at: $0.number)), $0.weight) }
        let total = log(Double(seeds.reduce(0) { $0 + $1.1 }))
        return seeds.map { Symbol(bytes: $0.0, score: log(Double($0.1)) - total) }
    }

    /// Counts the substrings of two characters or more between bounds; marks stand only in front.
    private static func countSubstrings(
        of word: UnsafeBufferPointer<UInt8>, _ bounds: [Int], _ count: Int, into counts: inout SymbolCounts
    ) {
        for start in bounds.indices.dropLast() {
            for end in bounds.indices.dropFirst(start + 2).prefix(maximumLength - 1) {
                counts.add(UnsafeBufferPointer(rebasing: word[bounds[start]..<bounds[end]]), count: count)
            }
        }
    }

    private static func scalars(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }

    /// At most `count` symbols, the characters among them, the most probable first.
    mutating func train(count: Int) -> [Symbol] {
        let wanted = max(Int(Double(count) * Self.surplus), characterCount)
        while true {
            for _ in 0..<Self.expectations { maximize(expected()) }
            if symbols.count <= wanted { break }
            prune(to: max(wanted, Int(Double(symbols.count) * Self.shrinkage)))
        }
        let others = symbols[characterCount...].sorted(by: Self.precedes).prefix(count - characterCount)
        return (symbols[..<characterCount] + others).sorted(by: Self.precedes)
    }

    private static func precedes(_ left: Symbol, _ right: Symbol) -> Bool {
        left.score != right.score ? left.score > right.score : left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// How often each symbol is expected in all words.
    private func expected() -> [Double] {
        // Makes the probability of a whole string of any length about 1: -score a byte, averaged.
        var (sum, bytes) = (0.0, 0.0)
        for symbol in symbols {
            let weight = exp(symbol.score)
            sum -= weight * symbol.score
            bytes += weight * Double(symbol.bytes.count)
        }
        let perByte = sum / max(bytes, 1e-9)
        let weights = symbols.map { exp($0.score + perByte * Double($0.bytes.count)) }
        return adding(over: lattices.count) { [lattices, counts] string, expected in
            lattices.expect(string: string, count: counts[string], weights: weights, into: &expected)
        }
    }

    /// Adds what `body` adds for each string, in fixed shares on several threads.
    private func adding(over strings: Int, _ body: @escaping @Sendable (Int, inout [Double]) -> Void) -> [Double] {
        let symbolCount = symbols.count
        let parts = Mutex([[Double]](repeating: [], count: Self.shares))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, Self.shares)) { _ in
            while true {
                let share = next.add(1, ordering: .relaxed).oldValue
                guard share < Self.shares else { return }
                var part = [Double](repeating: 0, count: symbolCount)
                for string in strings * share / Self.shares..<strings * (share + 1) / Self.shares {
                    body(string, &part)
                }
                let done = part
                parts.withLock { $0[share] = done }
            }
        }
        return parts.withLock { parts in
            var total = [Double](repeating: 0, count: symbolCount)
            for part in parts { for index in total.indices { total[index] += part[index] } }
            return total
        }
    }

    /// New scores from expected counts, with the digamma function in the place of the logarithm, which makes the rich
    /// richer (Liang and Klein, 2007); symbols expected less than once in two texts are given up.
    private mutating func maximize(_ expected: [Double]) {
        let kept = expected.indices.map { $0 < characterCount || expected[$0] >= 0.5 }
        let counts = expected.indices.filter { kept[$0] }.map { max(expected[$0], 0.5) }
        keep(kept)
        let total = Self.digamma(counts.reduce(0, +))
        for index in symbols.indices { symbols[index].score = Self.digamma(counts[index]) - total }
    }

    /// Gives up the symbols without which the words are almost as probable.
    private mutating func prune(to count: Int) {
        let scores = symbols.map(\.score)
        let frequencies = adding(over: lattices.count) { [lattices, counts] string, frequencies in
            _ = lattices.best(string: string, scores: scores) { symbol in
                if symbol >= 0 { frequencies[Int(symbol)] += counts[string] }
            }
        }
        let total = frequencies.reduce(0, +)
        var losses: [(index: Int, loss: Double)] = []
        for index in characterCount..<symbols.count {
            let frequency = frequencies[index]
            guard frequency > 0 else { continue }
            var others: [Int32] = []
            let score = ownLattices.best(string: index - characterCount, scores: scores) { others.append($0) }
            // A symbol less probable than its own parts is in no best way.
            guard score <= scores[index] else { continue }
            let totalWithout = log(total + frequency * Double(others.count - 1))
            let without = others.reduce(0.0) {
                $0 + log(($1 < 0 ? 0 : frequencies[Int($1)]) + frequency) - totalWithout
            }
            losses.append((index, frequency / total * (log(frequency) - log(total) - without)))
        }
        losses.sort { $0.loss != $1.loss ? $0.loss > $1.loss : $0.index < $1.index }
        var kept = symbols.indices.map { $0 < characterCount }
        for (index, _) in losses.prefix(count - characterCount) { kept[index] = true }
        keep(kept)
    }

    private mutating func keep(_ kept: [Bool]) {
        guard kept.contains(false) else { return }
        var numbers = [Int32](repeating: -1, count: symbols.count)
        var next: Int32 = 0
        for index in symbols.indices where kept[index] {
            numbers[index] = next
            next += 1
        }
        lattices.renumber(numbers)
        ownLattices.renumber(numbers) { [characterCount] string in kept[string + characterCount] }
        symbols = symbols.indices.filter { kept[$0] }.map { symbols[$0] }
    }

    /// The logarithmic derivative of the gamma function: recurrence up to 7, then the asymptotic series.
    static func digamma(_ value: Double) -> Double {
        var (x, result) = (value, 0.0)
        while x < 7 {
            result -= 1 / x
            x += 1
        }
        x -= 0.5
        let square = 1 / (x * x)
        return result + log(x)
            + square * (1.0 / 24 - square * (7.0 / 960 - square * (31.0 / 8064 - square * (127.0 / 30720))))
    }
}
