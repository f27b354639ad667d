import GlossPipeline
import GlossText

/// Texts as numbers of different words: what stays of plain text when it is read many times.
public struct WordStream: Sendable {
    /// The different words, in the order in which they came.
    public private(set) var words: [String] = []
    /// How often each word came.
    public private(set) var counts: [Int] = []
    /// All texts' words in a row, as indices into `words`.
    public private(set) var indices: [Int32] = []
    /// Where each text starts in `indices`, and the end.
    public private(set) var starts = [0]
    /// Lines that were left out, where the options ask for it.
    public private(set) var skipped = 0
    private var known: [String: Int32] = [:]

    /// The words of files whose lines are texts; empty lines are left out. Throws `CorpusError` for what cannot be
    /// read, `TextError` for a text that cannot be cut.
    public init(
        paths: [String], _ tokenizer: TokenizerConfiguration, options: CorpusOptions, threads: Int
    ) throws {
        var block: [String] = []
        func flush() throws {
            for words in try ClassifierTraining.words(block, tokenizer, threads) where !words.isEmpty { add(words) }
            block = []
        }
        var failure: (any Error)?
        skipped = try PlainText.forEachLine(paths: paths, options: options) { line in
            block.append(line)
            guard failure == nil, block.count == 8192 else { return }
            do { try flush() } catch { failure = error }
        }
        if let failure { throw failure }
        try flush()
        known = [:]
    }

    private mutating func add(_ text: [String]) {
        for word in text {
            let index = known[word] ?? Int32(words.count)
            if Int(index) == words.count {
                known[word] = index
                words.append(word)
                counts.append(0)
            }
            counts[Int(index)] += 1
            indices.append(index)
        }
        starts.append(indices.count)
    }

    /// The texts but every tenth, and every tenth (2,000 at most).
    public func split() -> (text: WordStream, held: WordStream) {
        let step = max(10, (count + 1999) / 2000)
        return (picking { $0 % step != step - 1 }, picking { $0 % step == step - 1 })
    }

    private func picking(_ isWanted: (Int) -> Bool) -> WordStream {
        var picked = WordStream()
        for text in 0..<count where isWanted(text) {
            picked.add(indices[starts[text]..<starts[text + 1]].map { words[Int($0)] })
        }
        picked.known = [:]
        return picked
    }

    /// No text yet.
    private init() {}

    /// The number of texts.
    public var count: Int { starts.count - 1 }
}
