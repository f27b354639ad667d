/// Encodes many texts with one byte-pair vocabulary and remembers the ids of the pieces that it has met.
///
/// A value of its own for each thread: nothing is shared, so nothing is locked.
public struct BytePairEncoder: Sendable {
    /// The vocabulary.
    public let vocabulary: BytePairVocabulary
    /// The memory ends here, in pieces; later pieces are merged each time.
    private static let maximumPieces = 1 << 17

    private var pieces = SymbolTable(seed: UInt64.random(in: 0...UInt64.max))
    private var ids: [Int32] = []
    private var starts: [Int] = [0]

    /// An encoder that has met nothing.
    public init(_ vocabulary: BytePairVocabulary) {
        self.vocabulary = vocabulary
    }

    /// The ids of a text.
    public mutating func encode(_ text: String) -> [Int32] {
        var result: [Int32] = []
        var copy = text
        copy.withUTF8 { bytes in
            result.reserveCapacity(bytes.count / 3)
            PieceSplitter.forEachPiece(in: bytes) { range in
                append(UnsafeBufferPointer(rebasing: bytes[range]), to: &result)
            }
        }
        return result
    }

    private mutating func append(_ piece: UnsafeBufferPointer<UInt8>, to result: inout [Int32]) {
        if pieces.count >= Self.maximumPieces {
            if let index = pieces.index(of: piece) {
                result.append(contentsOf: ids[starts[index]..<starts[index + 1]])
            } else {
                vocabulary.merge(piece, into: &result)
            }
            return
        }
        let (index, isNew) = pieces.insert(piece)
        if isNew {
            vocabulary.merge(piece, into: &ids)
            starts.append(ids.count)
        }
        result.append(contentsOf: ids[starts[index]..<starts[index + 1]])
    }
}
