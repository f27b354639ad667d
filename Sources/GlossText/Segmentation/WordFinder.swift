/// Finds the words of a text chunk by chunk: a chunk is a maximal run without white space.
///
/// No rule reaches across white space, so a chunk's words depend on the chunk alone. Those of short chunks are remembered
/// with their texts, which makes running text many times faster than asking ICU again.
///
/// `@unchecked Sendable`: a pool hands each finder to one caller at a time.
final class WordFinder: @unchecked Sendable {
    /// What a chunk's words are.
    enum Kind: Sendable {
        /// The chunk itself.
        case chunks
        /// The segments of a segmenter's rules as they stand.
        case segments
        /// The candidates of `WordRules`, cut by `WordSplitter`.
        case words(isEnglish: Bool)
    }

    private let segmenter: Segmenter?
    private let kind: Kind
    private let normalizer: Normalizer
    private var memory = ChunkMemory()

    /// A finder over a segmenter's rules, which only `Kind.chunks` does without.
    init(_ segmenter: Segmenter?, kind: Kind, normalizer: Normalizer) {
        self.segmenter = segmenter
        self.kind = kind
        self.normalizer = normalizer
    }

    /// The words of a text in order. Their texts can be asked for until the next call.
    func words(in bytes: UnsafeBufferPointer<UInt8>) throws(TextError) -> [Word] {
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
        var words: [Word] = []
        words.reserveCapacity(bytes.count / 5)
        try WhiteSpace.forEachChunk(in: bytes) { (range) throws(TextError) in
            let chunk = UnsafeBufferPointer(rebasing: bytes[range])
            if memory.recall(chunk, at: range.lowerBound, into: &words) { return }
            var found: [Word] = []
            try segment(chunk) { found.append($0) }
            memory.learn(chunk, &found, normalizer)
            for word in found { words.append(word.moved(by: range.lowerBound)) }
        }
        return words
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
