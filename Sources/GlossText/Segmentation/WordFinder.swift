/// Finds the words of a text chunk by chunk: a chunk is a maximal run without white space.
///
/// No rule reaches across white space, so a chunk's words depend on the chunk alone. Those of short chunks are remembered
/// with their texts, which makes running text many times faster than asking ICU again; plain words need no asking at all.
///
/// `@unchecked Sendable`: a pool hands each finder to one caller at a time.
final class WordFinder: @unchecked Sendable {
    /// What a chunk's words are.
    enum Kind: Sendable {
        /// The chunk itself.
        case chunks
        /// The segments of a segmenter's rules as they stand.
        case segments
        /// The words of UAX #29: those of plain text found by `PlainWords`, the others the segments of a segmenter.
        case plainWords
        /// The candidates of `WordRules`, cut by `WordSplitter`.
        case words(isEnglish: Bool)
    }

    private let segmenter: Segmenter?
    private let kind: Kind
    private let normalizer: Normalizer
    private let plain = PlainWords()
    private var memory = ChunkMemory()

    /// A finder over a segmenter's rules, which only `Kind.chunks` does without.
    init(_ segmenter: Segmenter?, kind: Kind, normalizer: Normalizer) {
        self.segmenter = segmenter
        self.kind = kind
        self.normalizer = normalizer
    }

    /// The words of a text in order. Their texts can be asked for until the next call.
    func words(in bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> [Word] {
        var words: [Word] = []
        words.reserveCapacity(bytes.count / 5)
        try forEachWord(in: bytes) { words.append($0) }
        return words
    }

    /// The places of the words of a text in order.
    func ranges(in bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> [Range<Int>] {
        // An array checks at each new element that nobody shares it, so it gets many at a time.
        let result: Result<[Range<Int>], TextError> = withUnsafeTemporaryAllocation(
            of: Range<Int>.self, capacity: 256
        ) { waiting in
            Result { () throws(TextError) in
                var ranges: [Range<Int>] = []
                ranges.reserveCapacity(bytes.count / 5)
                var count = 0
                try forEachWord(in: bytes) { word in
                    waiting.initializeElement(at: count, to: word.range)
                    count += 1
                    if count == waiting.count {
                        ranges.append(contentsOf: waiting)
                        count = 0
                    }
                }
                ranges.append(contentsOf: waiting[..<count])
                return ranges
            }
        }
        return try result.get()
    }

    /// Calls `body` with the words of a text in order. Their texts can be asked for until the next call.
    @inline(__always)
    func forEachWord(in bytes: UnsafeBufferPointer<UInt8>, _ body: (Word) -> Void) throws(TextError) {
        guard bytes.count < Int(Int32.max) else {
            throw TextError(
                .textTooLong, "the text has \(bytes.count) bytes, the limit is \(Int32.max - 1)",
                remedy: "split it into smaller documents")
        }
        // Worked on as a local value, the memory needs no check for overlapping access at each step.
        var memory = ChunkMemory()
        swap(&memory, &self.memory)
        defer { swap(&memory, &self.memory) }
        memory.trim()
        if case .plainWords = kind {
            try plain.find(in: bytes, body) { (range) throws(TextError) in
                try find(in: bytes, range, &memory, body)
            }
        } else {
            try WhiteSpace.forEachChunk(in: bytes) { (range) throws(TextError) in
                try find(in: bytes, range, &memory, body)
            }
        }
    }

    @inline(__always)
    private func find(
        in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ memory: inout ChunkMemory, _ body: (Word) -> Void
    ) throws(TextError) {
        let chunk = UnsafeBufferPointer(rebasing: bytes[range])
        if memory.recall(chunk, at: range.lowerBound, body) { return }
        var found: [Word] = []
        try segment(chunk) { found.append($0) }
        memory.learn(chunk, &found, normalizer)
        for word in found { body(word.moved(by: range.lowerBound)) }
    }

    /// The normalized text of a word that was found last.
    func text(of word: Word, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        memory.text(of: word) ?? normalizer.normalized(UnsafeBufferPointer(rebasing: bytes[word.start..<word.end]))
    }

    private func segment(_ chunk: UnsafeBufferPointer<UInt8>, _ body: (Word) -> Void) throws(TextError) {
        guard let segmenter else { return body(Word(start: 0, end: chunk.count)) }
        if case .words(let isEnglish) = kind {
            var splitter = WordSplitter(chunk, isEnglish: isEnglish)
            try segmenter.forEachSegment(in: chunk) { splitter.split($0, body) }
        } else {
            try segmenter.forEachSegment(in: chunk) { segment in
                let start = Blanks.skip(chunk, segment.start..<segment.end)
                if start < segment.end { body(Word(start: start, end: segment.end)) }
            }
        }
    }
}
