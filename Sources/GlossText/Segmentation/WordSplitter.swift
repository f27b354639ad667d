/// Cuts the candidates of `WordRules` into tokens by the tables.
struct WordSplitter {
    private let text: TextBytes
    private let compounds: CompoundSplitter
    private let figures: FigureSplitter
    private let addresses: AddressScanner
    /// An address may be longer than a segment: segments before this byte belong to it.
    private var resume = 0

    /// A splitter of valid UTF-8 bytes; contractions, prefixes and measures are cut in English only.
    init(_ bytes: UnsafeBufferPointer<UInt8>, isEnglish: Bool) {
        text = TextBytes(bytes)
        figures = FigureSplitter(text, isEnglish: isEnglish)
        compounds = CompoundSplitter(text, figures: figures, isEnglish: isEnglish)
        addresses = AddressScanner(text)
    }

    /// Calls `body` with each token of a segment in order; segments come in order.
    mutating func split(_ segment: Segment, _ body: (Word) -> Void) {
        let range = Blanks.skip(text.bytes, max(segment.start, min(resume, segment.end))..<segment.end)..<segment.end
        if range.isEmpty { return }
        let isCut = range.lowerBound == resume && segment.start < resume
        switch isCut ? .other : WordRules.Shape(rawValue: segment.tag) ?? .other {
        case .other, .dictionary, .whole:
            body(Word(start: range.lowerBound, end: range.upperBound))
        case .compound:
            splitCandidate(range, body)
        case .apostrophe:
            let length = text.lengthOfApostrophe(at: range.lowerBound)
            if compounds.isOpening(range, apostrophe: length) {
                body(Word(start: range.lowerBound, end: range.upperBound))
            } else {
                body(Word(start: range.lowerBound, end: range.lowerBound + length))
                splitCandidate(range.lowerBound + length..<range.upperBound, body)
            }
        case .face:
            body(Word(start: range.lowerBound, end: range.lowerBound + 1))
            splitCandidate(range.lowerBound + 1..<range.upperBound, body)
        case .measure:
            if !figures.splitMeasure(range, body) { splitCandidate(range, body) }
        case .figures:
            let marks = text.startOfMarks(in: range)
            figures.split(range.lowerBound..<marks, body)
            if marks < range.upperBound { body(Word(start: marks, end: range.upperBound)) }
        }
    }

    /// An address that starts with a candidate, or the candidate's parts.
    private mutating func splitCandidate(_ range: Range<Int>, _ body: (Word) -> Void) {
        let marks = text.startOfMarks(in: range)
        // Nothing but marks is left where a mark of direction opened the candidate.
        if marks == range.lowerBound { return body(Word(start: range.lowerBound, end: range.upperBound)) }
        var end: Int?
        if marks == range.upperBound {
            end = addresses.end(ofAddressAt: range)
        } else if text.byte(at: range.upperBound) == UInt8(ascii: "@") {
            end = addresses.endOfMailbox(at: range.upperBound)
        } else if let page = addresses.end(ofAddressAt: range.lowerBound..<marks), page > marks {
            end = page
        }
        guard let end else { return compounds.split(range.lowerBound..<marks, marks: marks..<range.upperBound, body) }
        body(Word(start: range.lowerBound, end: end))
        resume = end
    }
}
