/// Encodes many texts with one byte-pair vocabulary and remembers the ids of the pieces that it has met.
///
/// A value of its own for each thread: nothing is shared, so nothing is locked.
public struct BytePairEncoder: ~Copyable, Sendable {
    /// The vocabulary.
    public let vocabulary: BytePairVocabulary
    private var memory = PieceMemory()

    /// An encoder that has met nothing.
    public init(_ vocabulary: BytePairVocabulary) {
        self.vocabulary = vocabulary
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
        var position = 0
        while position < bytes.count {
            let end = vocabulary.pattern.endOfPiece(in: bytes, at: position)
            if !memory.append(bytes, position..<end, to: &ids) {
                let start = ids.count
                vocabulary.merge(UnsafeBufferPointer(rebasing: bytes[position..<end]), into: &ids)
                memory.remember(bytes, position..<end, ids[start...])
            }
            position = end
        }
    }
}
