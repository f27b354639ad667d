extension SubwordVocabulary {
    /// The vocabulary of a `tokenizer.json`, as the `tokenizers` library writes it.
    ///
    /// What has no say in the ids of a text (post-processor, decoder, padding, truncation) is left out. Throws
    /// `TextError.Kind.malformed` for a file that is none, and for a model, normalizer or pre-tokenizer that is not known.
    public init(tokenizerJSON text: String) throws(TextError) {
        try self.init(tokenizerJSON: try JSONValue(vocabulary: text))
    }

    /// The vocabulary of a `tokenizer.json` that has been parsed.
    package init(tokenizerJSON file: JSONValue) throws(TextError) {
        guard let model = file["model"] else {
            throw Self.failure("this JSON has no “model”", remedy: "give a tokenizer.json")
        }
        var added: [AddedSymbol] = []
        for entry in file["added_tokens"]?.elements ?? [] {
            guard let id = entry["id"]?.id, id >= 0, let content = entry["content"]?.string, !content.isEmpty else {
                throw Self.failure("an added token has no id or no content")
            }
            added.append(
                AddedSymbol(
                    id: id, text: content, isSpecial: entry["special"]?.bool ?? false,
                    isNormalized: entry["normalized"]?.bool ?? false, stripsLeft: entry["lstrip"]?.bool ?? false,
                    stripsRight: entry["rstrip"]?.bool ?? false, isWord: entry["single_word"]?.bool ?? false))
        }
        let textSteps = try Self.textSteps(file["normalizer"])
        let cutSteps = Self.joined(try Self.cutSteps(file["pre_tokenizer"]))
        let isByteLevel = cutSteps.contains { if case .bytes = $0 { true } else { false } }
        if isByteLevel, case .bytes? = cutSteps.last {
        } else if isByteLevel {
            throw Self.failure("something follows the ByteLevel pre-tokenizer")
        }
        switch model["type"]?.string ?? (model["merges"] != nil ? "BPE" : "Unigram") {
        case "BPE":
            let reader = try PairModelReader(model, added: added, isByteLevel: isByteLevel)
            self.init(
                table: reader.table, model: .pairs(try reader.model()), modelCount: reader.modelCount, added: added,
                textSteps: textSteps, cutSteps: cutSteps)
        case "Unigram":
            guard !isByteLevel else { throw Self.failure("a Unigram model over bytes is not known") }
            let (table, unigram) = try Self.unigram(model, added: added)
            self.init(
                table: table, model: .unigram(unigram), modelCount: unigram.scores.prefix { !$0.isNaN }.count,
                added: added, textSteps: textSteps, cutSteps: cutSteps)
        case let type:
            throw Self.failure(
                "the model “\(type)” is not known",
                remedy: "give one of BPE or Unigram, or a WordPiece model's vocab.txt")
        }
    }

    private static func unigram(
        _ model: JSONValue, added: [AddedSymbol]
    ) throws(TextError) -> (SymbolTable, UnigramModel) {
        var symbols: [(id: Int32, text: String)] = []
        var scores: [Double] = []
        for entry in model["vocab"]?.elements ?? [] {
            guard let pair = entry.elements, pair.count == 2, let text = pair[0].string, let score = pair[1].score
            else {
                throw failure("an entry of the vocabulary is no pair of a text and a number")
            }
            symbols.append((Int32(scores.count), text))
            scores.append(score)
        }
        let table = try table(of: symbols, added: added)
        scores += Array(repeating: .nan, count: table.count - scores.count)
        let unknown = model["unk_id"]?.id
        guard unknown.map({ $0 >= 0 && Int($0) < symbols.count }) ?? true else {
            throw failure("unk_id \(unknown ?? 0) is outside of a vocabulary of \(symbols.count)")
        }
        let bytes = model["byte_fallback"]?.bool == true ? byteSymbols(in: table) : nil
        return (table, UnigramModel(table: table, scores: scores, unknown: unknown, bytes: bytes))
    }

    /// The table of a model's symbols and those added to them; throws for an id that nothing has, and for two texts of one.
    static func table(
        of symbols: [(id: Int32, text: String)], added: [AddedSymbol],
        spelling: (String) -> [UInt8] = { Array($0.utf8) }
    ) throws(TextError) -> SymbolTable {
        let count = symbols.count + added.count
        var spellings = [[UInt8]?](repeating: nil, count: count)
        for (id, text) in symbols + added.map({ ($0.id, $0.text) }) {
            guard id >= 0, Int(id) < count else {
                throw failure(
                    "the symbol “\(text)” has the id \(id), beyond \(count) symbols", remedy: "leave no id out")
            }
            spellings[Int(id)] = spelling(text)
        }
        for symbol in added { spellings[Int(symbol.id)] = Array(symbol.text.utf8) }
        let end = (spellings.lastIndex { $0 != nil } ?? -1) + 1
        var table = SymbolTable()
        for id in 0..<end {
            guard let spelling = spellings[id] else {
                throw failure("no symbol has the id \(id)", remedy: "number the symbols without a gap")
            }
            guard spelling.withUnsafeBufferPointer({ table.insert($0).isNew }) else {
                throw TextError(
                    .duplicateSymbol, "the symbol “\(String(decoding: spelling, as: UTF8.self))” has two ids",
                    remedy: "keep each symbol once")
            }
        }
        guard table.count > 0 else {
            throw TextError(.emptyVocabulary, "the vocabulary has no symbol", remedy: "give one with at least one")
        }
        return table
    }

    /// The ids of `<0x00>` to `<0xFF>`, if all are there.
    static func byteSymbols(in table: SymbolTable) -> [Int32]? {
        let ids = (UInt8.min...UInt8.max).compactMap { table.index(of: symbol(of: $0)).map(Int32.init) }
        return ids.count == 256 ? ids : nil
    }

    /// A pattern over all and bytes behind it are one step.
    private static func joined(_ steps: [CutStep]) -> [CutStep] {
        if steps.count == 2, case .pattern(let pattern) = steps[0], steps[1] == .bytes(addsSpace: false, pattern: nil) {
            return [.bytes(addsSpace: false, pattern: pattern)]
        }
        return steps
    }

    static func failure(_ message: String, remedy: String = "save the file again with the tokenizers library")
        -> TextError
    {
        TextError(.malformed, message, remedy: remedy)
    }
}

/// Reads a model of type BPE.
private struct PairModelReader {
    let tree: JSONValue
    let isByteLevel: Bool
    /// Symbols as the file spells them.
    var ids: [[UInt8]: Int32] = [:]
    let table: SymbolTable
    let modelCount: Int

    init(_ tree: JSONValue, added: [SubwordVocabulary.AddedSymbol], isByteLevel: Bool) throws(TextError) {
        self.tree = tree
        self.isByteLevel = isByteLevel
        if let dropout = tree["dropout"]?.double, dropout > 0 {
            throw SubwordVocabulary.failure(
                "the model drops merges at random (dropout \(dropout))", remedy: "set its dropout to null")
        }
        var symbols: [(id: Int32, text: String)] = []
        for member in tree["vocab"]?.fields ?? [] {
            guard let id = member.value.id else {
                throw SubwordVocabulary.failure("the symbol “\(member.key)” has no number for an id")
            }
            symbols.append((id, member.key))
            ids[Array(member.key.utf8)] = id
        }
        modelCount = Int(symbols.map(\.id).max() ?? -1) + 1
        table = try SubwordVocabulary.table(of: symbols, added: added) { text in
            isByteLevel ? ByteAlphabet.decode(text) ?? Array(text.utf8) : Array(text.utf8)
        }
    }

    func model() throws(TextError) -> PairModel {
        let prefix = tree["continuing_subword_prefix"]?.string ?? ""
        let suffix = tree["end_of_word_suffix"]?.string ?? ""
        guard !isByteLevel || (prefix.isEmpty && suffix.isEmpty) else {
            throw SubwordVocabulary.failure("bytes with a prefix or suffix of words are not known")
        }
        var unknown: Int32?
        if let text = tree["unk_token"]?.string { unknown = try id(of: text) }
        var merges: [PairModel.Merge] = []
        for entry in tree["merges"]?.elements ?? [] {
            let (left, right) = try sides(of: entry)
            let result = left + String(decoding: right.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
            merges.append(PairModel.Merge(left: try id(of: left), right: try id(of: right), result: try id(of: result)))
        }
        let bytes: [Int32]? =
            isByteLevel
            ? (UInt8.min...UInt8.max).map { ids[Array(ByteAlphabet.encode([$0]).utf8)] ?? unknown ?? -1 }
            : tree["byte_fallback"]?.bool == true ? SubwordVocabulary.byteSymbols(in: table) : nil
        return PairModel(
            merges: merges, isByteLevel: isByteLevel, unknown: unknown, fusesUnknown: tree["fuse_unk"]?.bool ?? false,
            bytes: bytes, takesWholePieces: tree["ignore_merges"]?.bool ?? false, prefix: prefix, suffix: suffix)
    }

    /// Both sides of a merge, written as a pair or with a space between them.
    private func sides(of entry: JSONValue) throws(TextError) -> (String, String) {
        if let pair = entry.elements, pair.count == 2, let left = pair[0].string, let right = pair[1].string {
            return (left, right)
        }
        let parts = entry.string?.utf8.split(separator: 0x20, omittingEmptySubsequences: false) ?? []
        guard parts.count == 2, let left = String(parts[0]), let right = String(parts[1]) else {
            throw SubwordVocabulary.failure("the merge \(entry.json) is no pair of symbols")
        }
        return (left, right)
    }

    private func id(of symbol: String) throws(TextError) -> Int32 {
        guard let id = ids[Array(symbol.utf8)] else {
            throw SubwordVocabulary.failure("the vocabulary lacks the symbol “\(symbol)”, which the model names")
        }
        return id
    }
}

extension JSONValue {
    /// The value of a file's text: a symbol that is half of a surrogate pair is an error, since two would become one.
    ///
    /// Throws `TextError.Kind.malformed`.
    package init(vocabulary text: String) throws(TextError) {
        try self.init(parsing: text.utf8, repairsSurrogates: false)
    }

    /// The number with the bits that the `tokenizers` library reads.
    fileprivate var score: Double? { if case .number(let digits) = self { JSONNumber.parse(digits.utf8) } else { nil } }
    /// The value of a whole number that fits an id, however it is written.
    fileprivate var id: Int32? { double.flatMap { Int32(exactly: $0) } }
}
