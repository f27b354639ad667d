/// Encodes many texts with one vocabulary and remembers the ids of the pieces that it has met.
///
/// A value of its own for each thread: nothing is shared, so nothing is locked.
public struct SubwordEncoder: ~Copyable, Sendable {
    /// The vocabulary.
    public let vocabulary: SubwordVocabulary
    private let finder: AddedSymbolFinder
    private var memory = PieceMemory()
    /// A piece is merged in parts of this length, in bytes: time and memory stay in proportion to the text.
    private static let maximumPiece = 1 << 16

    /// An encoder that has met nothing.
    ///
    /// A special symbol that stands in a text, such as `<s>`, gets its id, as in the `tokenizers` library; where texts are
    /// not to be trusted with that, `readsSpecials` false makes it text as any other.
    public init(_ vocabulary: SubwordVocabulary, readsSpecials: Bool = true) {
        self.vocabulary = vocabulary
        finder = AddedSymbolFinder(
            vocabulary.added.filter { readsSpecials || !$0.isSpecial }, textSteps: vocabulary.textSteps)
    }

    /// The ids of a text.
    public mutating func encode(_ text: String) -> [Int32] {
        var ids: [Int32] = []
        var copy = text
        copy.withUTF8 { encode($0, into: &ids) }
        return ids
    }

    /// Appends the ids of valid UTF-8.
    package mutating func encode(_ bytes: UnsafeBufferPointer<UInt8>, into ids: inout [Int32]) {
        ids.reserveCapacity(ids.count + bytes.count / 3)
        guard !finder.isEmpty(isNormalized: false) else {
            return encodePart(bytes, isStart: true, into: &ids)
        }
        for part in finder.parts(of: bytes, isNormalized: false) {
            if let id = part.id {
                ids.append(id)
            } else {
                encodePart(
                    UnsafeBufferPointer(rebasing: bytes[part.range]), isStart: part.range.lowerBound == 0, into: &ids)
            }
        }
    }

    /// Normalizes and cuts what has no added symbol any more, but for those of normalized text.
    private mutating func encodePart(_ bytes: UnsafeBufferPointer<UInt8>, isStart: Bool, into ids: inout [Int32]) {
        guard !vocabulary.textSteps.isEmpty || !finder.isEmpty(isNormalized: true) else {
            return cut(bytes, by: vocabulary.encodingSteps[...], isStart: isStart, into: &ids)
        }
        var text = Array(bytes)
        var isStart = isStart
        for step in vocabulary.textSteps {
            if isStart { isStart = !step.dropsStart(of: text) }
            text = step(text)
        }
        text.withUnsafeBufferPointer { text in
            for part in finder.parts(of: text, isNormalized: true) {
                if let id = part.id {
                    ids.append(id)
                } else {
                    cut(
                        UnsafeBufferPointer(rebasing: text[part.range]), by: vocabulary.encodingSteps[...],
                        isStart: isStart && part.range.lowerBound == 0, into: &ids)
                }
            }
        }
    }

    private mutating func cut(
        _ bytes: UnsafeBufferPointer<UInt8>, by steps: ArraySlice<CutStep>, isStart: Bool, into ids: inout [Int32]
    ) {
        guard let step = steps.first else { return append(bytes, 0..<bytes.count, to: &ids) }
        if case .bytes(false, let pattern?) = step, steps.count == 1 { return cut(bytes, by: pattern, into: &ids) }
        step.forEachPiece(of: bytes, isStart: isStart) { text, range in
            if steps.count == 1 {
                append(text, range, to: &ids)
            } else {
                cut(
                    UnsafeBufferPointer(rebasing: text[range]), by: steps.dropFirst(),
                    isStart: isStart && range.lowerBound == 0, into: &ids)
            }
        }
    }

    /// The way of most byte-level vocabularies, without a closure.
    private mutating func cut(
        _ bytes: UnsafeBufferPointer<UInt8>, by pattern: PiecePattern, into ids: inout [Int32]
    ) {
        var position = 0
        while position < bytes.count {
            let end = pattern.endOfPiece(in: bytes, at: position)
            append(bytes, position..<end, to: &ids)
            position = end
        }
    }

    @inline(__always)
    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to ids: inout [Int32]) {
        guard !range.isEmpty, !memory.append(bytes, range, to: &ids) else { return }
        encodeNew(bytes, range, into: &ids)
    }

    @inline(never)
    private mutating func encodeNew(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into ids: inout [Int32]) {
        let first = ids.count
        var start = range.lowerBound
        while start < range.upperBound {
            var end = min(start + Self.maximumPiece, range.upperBound)
            while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            let piece = UnsafeBufferPointer(rebasing: bytes[start..<end])
            switch vocabulary.model {
            case .pairs(let model): model.encode(piece, table: vocabulary.table, into: &ids)
            case .unigram(let model): model.encode(piece, into: &ids)
            }
            start = end
        }
        memory.remember(bytes, range, ids[first...])
    }
}
