extension SubwordVocabulary {
    /// The vocabulary as a `tokenizer.json`, which the `tokenizers` library reads.
    ///
    /// Throws `TextError.Kind.malformed` for one that cuts text by a pattern that no regular expression says.
    public func tokenizerJSON() throws(TextError) -> String {
        for step in cutSteps {
            guard case .bytes(_, let pattern?) = step, pattern.expression == nil else { continue }
            throw TextError(
                .malformed,
                "the vocabulary cuts text by the pattern “\(pattern.rawValue)”, which other programs do not have",
                remedy: "build it again")
        }
        let tree = JSONValue([
            ("version", .string("1.0")), ("truncation", .null), ("padding", .null),
            ("added_tokens", .array(added.map(Self.json))), ("normalizer", Self.json(textSteps)),
            ("pre_tokenizer", Self.json(cutSteps)), ("post_processor", .null), ("decoder", decoderJSON),
            ("model", modelJSON),
        ])
        return tree.json + "\n"
    }

    private static func json(_ symbol: AddedSymbol) -> JSONValue {
        JSONValue([
            ("id", .number(String(symbol.id))), ("content", .string(symbol.text)),
            ("single_word", .bool(symbol.isWord)),
            ("lstrip", .bool(symbol.stripsLeft)), ("rstrip", .bool(symbol.stripsRight)),
            ("normalized", .bool(symbol.isNormalized)), ("special", .bool(symbol.isSpecial)),
        ])
    }

    private var decoderJSON: JSONValue {
        if kind == .bytePairs {
            return Self.object(
                "ByteLevel",
                [("add_prefix_space", .bool(true)), ("trim_offsets", .bool(true)), ("use_regex", .bool(true))])
        }
        if case .pairs(let model) = model, !model.suffix.isEmpty {
            return Self.object("BPEDecoder", [("suffix", .string(model.suffix))])
        }
        guard hasMarks else { return .null }
        var parts = [
            Self.object(
                "Replace",
                [("pattern", JSONValue([("String", .string(SpaceMark.text))])), ("content", .string(" "))]),
            Self.object("ByteFallback"), Self.object("Fuse"),
        ]
        if addsSpace {
            parts.append(
                Self.object("Strip", [("content", .string(" ")), ("start", .number("1")), ("stop", .number("0"))]))
        }
        return Self.object("Sequence", [("decoders", .array(parts))])
    }

    private var modelJSON: JSONValue {
        switch model {
        case .pairs(let model):
            let symbols = (0..<table.count).map { fileSpelling(of: Int32($0)) }
            return Self.object(
                "BPE",
                [
                    ("dropout", .null), ("unk_token", model.unknown.map { .string(symbols[Int($0)]) } ?? .null),
                    ("continuing_subword_prefix", model.prefix.isEmpty ? .null : .string(model.prefix)),
                    ("end_of_word_suffix", model.suffix.isEmpty ? .null : .string(model.suffix)),
                    ("fuse_unk", .bool(model.fusesUnknown)),
                    ("byte_fallback", .bool(!model.isByteLevel && model.bytes != nil)),
                    ("ignore_merges", .bool(model.takesWholePieces)),
                    ("vocab", JSONValue((0..<modelCount).map { (symbols[$0], .number(String($0))) })),
                    (
                        "merges",
                        .array(
                            model.merges.map {
                                .array([.string(symbols[Int($0.left)]), .string(symbols[Int($0.right)])])
                            })
                    ),
                ])
        case .unigram(let model):
            return Self.object(
                "Unigram",
                [
                    ("unk_id", model.unknown.map { .number(String($0)) } ?? .null),
                    (
                        "vocab",
                        .array(
                            (0..<modelCount).map {
                                .array([.string(table.string(at: $0)), .number(JSONNumber.text(model.scores[$0]))])
                            })
                    ), ("byte_fallback", .bool(model.bytes != nil)),
                ])
        }
    }

    /// A symbol as a `tokenizer.json` spells it: bytes by their alphabet, and all else as it is.
    public func fileSpelling(of id: Int32) -> String {
        let bytes = table.bytes(at: Int(id))
        guard kind == .bytePairs, !added.contains(where: { $0.id == id }) else { return table.string(at: Int(id)) }
        return ByteAlphabet.encode(bytes)
    }

    /// A byte-pair vocabulary of Gloss's own form, with the same ids.
    ///
    /// Throws `TextError.Kind.duplicateSymbol` where two ids have one spelling.
    public init(_ vocabulary: BytePairVocabulary) throws(TextError) {
        var table = SymbolTable()
        for special in vocabulary.specials { _ = table.insert(special) }
        let first = Int32(vocabulary.specials.count)
        for id in first..<Int32(vocabulary.count) {
            guard vocabulary.bytes(of: id).withUnsafeBufferPointer({ table.insert($0).isNew }) else {
                throw TextError(
                    .duplicateSymbol, "two ids spell “\(String(decoding: vocabulary.bytes(of: id), as: UTF8.self))”",
                    remedy: "build the vocabulary again")
            }
        }
        let merges = vocabulary.merges.enumerated().map { index, merge in
            PairModel.Merge(left: merge.left, right: merge.right, result: first + 256 + Int32(index))
        }
        self.init(
            table: table,
            model: .pairs(PairModel(merges: merges, isByteLevel: true, bytes: (first..<first + 256).map { $0 })),
            modelCount: table.count,
            added: vocabulary.specials.enumerated().map { AddedSymbol(id: Int32($0), text: $1) },
            cutSteps: [.bytes(addsSpace: false, pattern: vocabulary.pattern)])
    }
}
