/// Counts the words of texts and learns a vocabulary of subwords over characters: pairs of them, or Unigram.
///
/// Words begin with a mark in the place of the space before them. Characters that are rarer than the coverage asks are
/// spelled in bytes, so any text is encoded without loss, but for marks that stand in it.
public struct SubwordBuilder: Sendable {
    /// The share of all characters in the text that have symbols of their own.
    public var coverage = 0.9995
    private let kind: SubwordVocabulary.Kind
    private var words: SymbolCounts

    static let textSteps = [TextStep.prepend(SpaceMark.text)]
    static let cutSteps = [CutStep.marks(.never, cuts: true)]

    /// A builder of pairs of characters or of a Unigram vocabulary that has counted nothing.
    public init(_ kind: SubwordVocabulary.Kind) { self.init(SymbolCounts(), kind) }

    /// A builder that goes on from words that `countWords` counted.
    package init(_ words: SymbolCounts, _ kind: SubwordVocabulary.Kind) {
        precondition(kind != .bytePairs, "byte pairs are built by BytePairBuilder")
        self.kind = kind
        self.words = words
    }

    /// Counts the words of a text.
    public mutating func add(_ text: String) {
        var copy = text
        copy.withUTF8 { Self.countWords(in: $0, into: &words) }
    }

    /// Counts the words of valid UTF-8; one longer than 256 bytes counts as several.
    package static func countWords(in bytes: UnsafeBufferPointer<UInt8>, into counts: inout SymbolCounts) {
        guard !bytes.isEmpty else { return }
        (SpaceMark.bytes + bytes).withUnsafeBufferPointer { text in
            cutSteps[0].forEachPiece(of: text, isStart: true) { text, range in
                var start = range.lowerBound
                while start < range.upperBound {
                    var end = min(start + 256, range.upperBound)
                    while end < range.upperBound, text[end] & 0xC0 == 0x80 { end -= 1 }
                    counts.add(start..<end, of: text)
                    start = end
                }
            }
        }
    }

    /// The vocabulary of `size` ids: the special symbols, 256 bytes, then characters and longer symbols.
    ///
    /// It depends on the counts alone, and is smaller where the text has no more symbols worth it. Throws
    /// `TextError.Kind.emptyVocabulary` if no text was added and `.invalidLimit` if `size` has no room for the characters.
    public consuming func build(
        size: Int, threads: Int = 1, specials: [String] = Vocabulary.defaultSpecials
    ) throws(TextError) -> SubwordVocabulary {
        guard words.count > 0 else {
            throw TextError(
                .emptyVocabulary, "no text was given to build a vocabulary from", remedy: "give at least one word")
        }
        guard specials.contains(Vocabulary.unknown) else {
            throw TextError(
                .malformed, "the special symbols lack \(Vocabulary.unknown)", remedy: "add it to them")
        }
        words.prune(to: 1 << 19)
        let characters = coveredCharacters()
        let first = specials.count + 256
        guard size > first + characters.count else {
            throw TextError(
                .invalidLimit,
                "a vocabulary of \(size) has no room for 256 bytes, \(characters.count) characters and \(specials.count) "
                    + "special symbols",
                remedy: "raise the size above \(first + characters.count), or lower the coverage")
        }
        var table = SymbolTable()
        for symbol in specials + (UInt8.min...UInt8.max).map(SubwordVocabulary.symbol) {
            guard table.insert(symbol).isNew else {
                throw TextError(
                    .duplicateSymbol, "the symbol “\(symbol)” occurs twice", remedy: "keep each symbol once")
            }
        }
        let bytes = (specials.count..<first).map(Int32.init)
        let unknown = specials.firstIndex(of: Vocabulary.unknown).map(Int32.init)
        let model: SubwordVocabulary.Model
        if kind == .unigram {
            var trainer = UnigramTrainer(words: words, characters: characters, threads: threads)
            let symbols = trainer.train(count: size - first)
            // Bytes and special symbols never win against six characters, which spell them.
            let lowest = (symbols.map(\.score).min() ?? -1) * 8
            for symbol in symbols { _ = symbol.bytes.withUnsafeBufferPointer { table.insert($0) } }
            let scores = ([Double](repeating: lowest, count: first) + symbols.map(\.score)).map(JSONNumber.writable)
            model = .unigram(UnigramModel(table: table, scores: scores, unknown: unknown, bytes: bytes))
        } else {
            let merges = learnMerges(characters, size - first - characters.count, into: &table)
            model = .pairs(
                PairModel(merges: merges, isByteLevel: false, unknown: unknown, fusesUnknown: true, bytes: bytes))
        }
        return SubwordVocabulary(
            table: table, model: model, modelCount: table.count,
            added: specials.enumerated().map { SubwordVocabulary.AddedSymbol(id: Int32($0), text: $1) },
            textSteps: Self.textSteps, cutSteps: Self.cutSteps)
    }

    /// The most frequent characters that together make up the coverage, then the mark if it is not among them.
    private func coveredCharacters() -> SymbolTable {
        var counts = SymbolCounts()
        for index in 0..<words.count {
            words.table.withBytes(at: index) { word in
                var start = 0
                while start < word.count {
                    let end = start + UnigramModel.length(ofScalar: word[start])
                    counts.add(UnsafeBufferPointer(rebasing: word[start..<end]), count: words.counts[index])
                    start = end
                }
            }
        }
        var table = SymbolTable()
        var left = Double(counts.counts.reduce(0, +)) * coverage
        for number in counts.sorted() where left > 0 {
            counts.table.withBytes(at: number) { _ = table.insert($0) }
            left -= Double(counts.counts[number])
        }
        _ = table.insert(SpaceMark.text)
        return table
    }

    /// Learns merges of characters and adds those and these to the table.
    private func learnMerges(_ characters: SymbolTable, _ count: Int, into table: inout SymbolTable) -> [PairModel
        .Merge]
    {
        var learner = MergeLearner(characters)
        for index in 0..<words.count {
            words.table.withBytes(at: index) { word in
                var run: [Int32] = []
                var start = 0
                while start < word.count {
                    let end = start + UnigramModel.length(ofScalar: word[start])
                    if let number = characters.index(of: UnsafeBufferPointer(rebasing: word[start..<end])) {
                        run.append(Int32(number))
                    } else {
                        learner.add(run, count: words.counts[index])
                        run = []
                    }
                    start = end
                }
                learner.add(run, count: words.counts[index])
            }
        }
        let merges = learner.learn(count: count)
        let first = Int32(table.count)
        for number in 0..<learner.spellings.count { learner.spellings.withBytes(at: number) { _ = table.insert($0) } }
        return merges.enumerated().map { index, merge in
            PairModel.Merge(
                left: first + merge.left, right: first + merge.right,
                result: first + Int32(characters.count) + Int32(index))
        }
    }
}
