/// Normalizers and pre-tokenizers of a `tokenizer.json`.
extension SubwordVocabulary {
    static func textSteps(_ tree: JSONValue?) throws(TextError) -> [TextStep] {
        guard let tree else { return [] }
        switch tree["type"]?.string {
        case "Sequence":
            var steps: [TextStep] = []
            for part in tree["normalizers"]?.elements ?? [] { steps += try textSteps(part) }
            return steps
        case "NFC": return [.normalize(.nfc)]
        case "NFKC": return [.normalize(.nfkc)]
        case "Lowercase": return [.lowercase]
        case "Nmt": return [.nmt]
        case "Strip":
            return [.strip(left: tree["strip_left"]?.bool ?? true, right: tree["strip_right"]?.bool ?? true)]
        case "Prepend": return [.prepend(tree["prepend"]?.string ?? "")]
        case "Precompiled":
            guard let map = CharacterMap(base64: tree["precompiled_charsmap"]?.string ?? "") else {
                throw failure("the normalizer's precompiled_charsmap is damaged")
            }
            return [.map(map)]
        case "Replace":
            let content = tree["content"]?.string ?? ""
            if let old = tree["pattern"]?["String"]?.string { return [.replace(old, by: content)] }
            if tree["pattern"]?["Regex"]?.string == " {2,}" { return [.replaceSpaces(by: content)] }
            throw unknown("normalizer", tree)
        default: throw unknown("normalizer", tree)
        }
    }

    static func cutSteps(_ tree: JSONValue?) throws(TextError) -> [CutStep] {
        guard let tree else { return [] }
        switch tree["type"]?.string {
        case "Sequence":
            var steps: [CutStep] = []
            for part in tree["pretokenizers"]?.elements ?? [] { steps += try cutSteps(part) }
            return steps
        case "ByteLevel":
            return [
                .bytes(
                    addsSpace: tree["add_prefix_space"]?.bool ?? true,
                    pattern: tree["use_regex"]?.bool ?? true ? .gpt2 : nil)
            ]
        case "Metaspace":
            guard tree["replacement"]?.string ?? SpaceMark.text == SpaceMark.text else {
                throw unknown("pre-tokenizer", tree)
            }
            let addsSpace = tree["add_prefix_space"]?.bool ?? true
            let scheme = tree["prepend_scheme"]?.string ?? (addsSpace ? "always" : "never")
            guard let prefix = CutStep.Prefix(rawValue: scheme) else { throw unknown("pre-tokenizer", tree) }
            return [.marks(prefix, cuts: tree["split"]?.bool ?? true)]
        case "Split":
            let expression = tree["pattern"]?["Regex"]?.string
            guard
                let pattern = PiecePattern.allCases.first(where: { $0.expression == expression && expression != nil }),
                isCutBeforeAndBehind(tree)
            else { throw unknown("pre-tokenizer", tree) }
            return [.pattern(pattern)]
        case "WhitespaceSplit": return [.whiteSpace]
        case "Whitespace": return [.words]
        case "Digits": return [.digits(single: tree["individual_digits"]?.bool ?? false)]
        case "Punctuation" where tree["behavior"]?.string ?? "Isolated" == "Isolated": return [.punctuation]
        default: throw unknown("pre-tokenizer", tree)
        }
    }

    /// Whether all that a pattern matches is a piece, and so is what lies between: these patterns match everything.
    private static func isCutBeforeAndBehind(_ tree: JSONValue) -> Bool {
        let behavior = tree["behavior"]?.string ?? ""
        let isInverted = tree["invert"]?.bool ?? false
        return behavior == "Isolated" || (behavior == "Removed" && isInverted)
    }

    private static func unknown(_ part: String, _ tree: JSONValue) -> TextError {
        let text = tree.json
        let shown = text.utf8.count > 300 ? String(text.prefix(300)) + "…" : text
        return failure(
            "the \(part) \(shown) is not known", remedy: "use one that `gloss vocabulary import --help` names")
    }

    static func json(_ steps: [TextStep]) -> JSONValue {
        sequence(steps.map(json), type: "normalizers")
    }

    static func json(_ steps: [CutStep]) -> JSONValue {
        sequence(steps.flatMap(json), type: "pretokenizers")
    }

    private static func sequence(_ parts: [JSONValue], type: String) -> JSONValue {
        parts.count > 1 ? object("Sequence", [(type, .array(parts))]) : parts.first ?? .null
    }

    private static func json(_ step: TextStep) -> JSONValue {
        switch step {
        case .normalize(let form): object(form == .nfkc ? "NFKC" : "NFC")
        case .lowercase: object("Lowercase")
        case .nmt: object("Nmt")
        case .strip(let left, let right): object("Strip", [("strip_left", .bool(left)), ("strip_right", .bool(right))])
        case .prepend(let text): object("Prepend", [("prepend", .string(text))])
        case .map(let map): object("Precompiled", [("precompiled_charsmap", .string(map.base64))])
        case .replace(let old, let new):
            object("Replace", [("pattern", JSONValue([("String", .string(old))])), ("content", .string(new))])
        case .replaceSpaces(let new):
            object("Replace", [("pattern", JSONValue([("Regex", .string(" {2,}"))])), ("content", .string(new))])
        }
    }

    private static func json(_ step: CutStep) -> [JSONValue] {
        switch step {
        case .pattern(let pattern): [json(pattern)]
        case .bytes(let addsSpace, let pattern):
            (pattern == nil || pattern == .gpt2 ? [] : pattern.map { [json($0)] } ?? []) + [
                object(
                    "ByteLevel",
                    [
                        ("add_prefix_space", .bool(addsSpace)), ("trim_offsets", .bool(true)),
                        ("use_regex", .bool(pattern == .gpt2)),
                    ])
            ]
        case .marks(let prefix, let cuts):
            [
                object(
                    "Metaspace",
                    [
                        ("replacement", .string(SpaceMark.text)), ("prepend_scheme", .string(prefix.rawValue)),
                        ("split", .bool(cuts)),
                    ])
            ]
        case .rowsOfMarks: []
        case .whiteSpace: [object("WhitespaceSplit")]
        case .words: [object("Whitespace")]
        case .digits(let single): [object("Digits", [("individual_digits", .bool(single))])]
        case .punctuation: [object("Punctuation", [("behavior", .string("Isolated"))])]
        }
    }

    private static func json(_ pattern: PiecePattern) -> JSONValue {
        object(
            "Split",
            [
                ("pattern", JSONValue([("Regex", .string(pattern.expression ?? ""))])),
                ("behavior", .string("Isolated")),
                ("invert", .bool(false)),
            ])
    }

    static func object(_ type: String, _ members: [(String, JSONValue)] = []) -> JSONValue {
        JSONValue([("type", .string(type))] + members)
    }
}
