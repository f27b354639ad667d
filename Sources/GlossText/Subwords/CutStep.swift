/// One way in which a vocabulary cuts text into pieces that are encoded each by itself.
enum CutStep: Sendable, Equatable {
    /// When a mark is put before the first word.
    enum Prefix: String, Sendable {
        case always, first, never
    }

    /// By a pattern.
    case pattern(PiecePattern)
    /// By a pattern or not at all, after a space was put before a text without one.
    case bytes(addsSpace: Bool, pattern: PiecePattern?)
    /// Spaces become marks; text is cut before each, or stays whole.
    case marks(Prefix, cuts: Bool)
    /// Before each row of marks; no file says so, but merges that never join what stands before a mark allow it.
    case rowsOfMarks
    /// At white space, which gets lost.
    case whiteSpace
    /// Runs of word characters and of others (`\w+|[^\w\s]+`); white space gets lost.
    case words
    /// Digits from what is not, one by one or in runs.
    case digits(single: Bool)
    /// Punctuation, each character by itself.
    case punctuation

    /// Calls `body` with each piece of valid UTF-8; `isStart`: whether the text before it is empty.
    func forEachPiece(
        of bytes: UnsafeBufferPointer<UInt8>, isStart: Bool,
        _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Void
    ) {
        guard !bytes.isEmpty else { return }
        switch self {
        case .pattern(let pattern): Self.cut(bytes, by: pattern, body)
        case .bytes(let addsSpace, let pattern):
            guard addsSpace, bytes[0] != 0x20 else { return Self.cut(bytes, by: pattern, body) }
            ([0x20] + bytes).withUnsafeBufferPointer { Self.cut($0, by: pattern, body) }
        case .marks(let prefix, let cuts):
            var text: [UInt8] = []
            let isMarked = bytes[0] == 0x20 || SpaceMark.isAt(0, in: bytes)
            if !isMarked, prefix == .always || (prefix == .first && isStart) { text = SpaceMark.bytes }
            SpaceMark.append(bytes, to: &text)
            text.withUnsafeBufferPointer { bytes in
                if cuts { Self.cutAtMarks(bytes, inRows: false, body) } else { body(bytes, 0..<bytes.count) }
            }
        case .rowsOfMarks: Self.cutAtMarks(bytes, inRows: true, body)
        case .whiteSpace:
            Self.cutByClass(bytes, keeps: { $0 != 0 }) {
                Self.isSpace($0) ? 0 : 1
            } _: {
                body(bytes, $0)
            }
        case .words:
            Self.cutByClass(bytes, keeps: { $0 != 0 }) {
                Self.isSpace($0) ? 0 : Self.isWord($0) ? 1 : 2
            } _: {
                body(bytes, $0)
            }
        case .digits(let single):
            Self.cutByClass(bytes, isSingle: { $0 == 1 && single }) {
                ScalarClass.of($0) == .number ? 1 : 0
            } _: {
                body(bytes, $0)
            }
        case .punctuation:
            Self.cutByClass(bytes, isSingle: { $0 == 1 }) {
                Self.isPunctuation($0) ? 1 : 0
            } _: {
                body(bytes, $0)
            }
        }
    }

    private static func cut(
        _ bytes: UnsafeBufferPointer<UInt8>, by pattern: PiecePattern?,
        _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Void
    ) {
        guard let pattern else { return body(bytes, 0..<bytes.count) }
        var start = 0
        while start < bytes.count {
            let end = pattern.endOfPiece(in: bytes, at: start)
            body(bytes, start..<end)
            start = end
        }
    }

    private static func cutAtMarks(
        _ bytes: UnsafeBufferPointer<UInt8>, inRows: Bool, _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Void
    ) {
        var start = 0
        var endOfMark = SpaceMark.isAt(0, in: bytes) ? 3 : 0
        var position = 1
        while position < bytes.count {
            if SpaceMark.isAt(position, in: bytes) {
                if !inRows || endOfMark != position {
                    body(bytes, start..<position)
                    start = position
                }
                endOfMark = position + 3
                position += 2
            }
            position += 1
        }
        body(bytes, start..<bytes.count)
    }

    /// Calls `body` with each run of scalars of one class, or each scalar of a class that is `isSingle`.
    private static func cutByClass(
        _ bytes: UnsafeBufferPointer<UInt8>, keeps: (Int) -> Bool = { _ in true },
        isSingle: (Int) -> Bool = { _ in false }, class classify: (Unicode.Scalar) -> Int, _ body: (Range<Int>) -> Void
    ) {
        var start = 0
        var position = 0
        var current: Int?
        while position < bytes.count {
            let (value, length) = ScalarClass.scalar(at: position, in: bytes)
            let kind = classify(Unicode.Scalar(value) ?? "\u{FFFD}")
            if let previous = current, kind != previous || isSingle(kind) {
                if keeps(previous) { body(start..<position) }
                start = position
            }
            current = kind
            position += length
        }
        if let current, keeps(current) { body(start..<position) }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

    /// `\w`: Alphabetic, marks, decimal digits, connectors and joiners (UTS #18, Annex C).
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isAlphabetic || scalar.properties.isJoinControl { return true }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
        default: return false
        }
    }

    /// ASCII's own symbols count as punctuation.
    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x21...0x7E).contains(scalar.value) && ScalarClass.of(scalar) == .other }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }
}
