/// Subwords with probabilities: a piece is cut into the most probable row of them (Kudo, 2018, section 3.2).
struct UnigramModel: Sendable {
    /// The logarithm of each symbol's probability, by id; not a number for ids that never stand in text.
    let scores: [Double]
    /// Stands for characters that no symbol has; nil: they get lost.
    let unknown: Int32?
    /// The symbols of the 256 bytes, which stand for such characters in the place of `unknown`.
    let bytes: [Int32]?
    private let trie: ByteTrie
    private let unknownScore: Double

    /// How much less probable than the rarest symbol a character without one is (SentencePiece's constant).
    private static let penalty = 10.0

    /// A model of symbols, whose ids are their numbers in `table`.
    init(table: SymbolTable, scores: [Double], unknown: Int32?, bytes: [Int32]?) {
        self.scores = scores
        self.unknown = unknown
        self.bytes = bytes
        var trie = ByteTrie()
        for id in scores.indices where !scores[id].isNaN && !table.bytes(at: id).isEmpty {
            table.withBytes(at: id) { trie.insert($0, id: Int32(id)) }
        }
        self.trie = trie
        unknownScore = scores.reduce(Double.infinity) { $1 < $0 ? $1 : $0 } - Self.penalty
    }

    /// Where the best row of symbols up to some byte comes from.
    private struct Step {
        var score = 0.0
        var start: Int32 = -1
        var id: Int32 = -1
    }

    /// Appends the ids of a piece of valid UTF-8.
    func encode(_ piece: UnsafeBufferPointer<UInt8>, into ids: inout [Int32]) {
        withUnsafeTemporaryAllocation(of: Step.self, capacity: piece.count + 1) { steps in
            steps.initialize(repeating: Step())
            var start = 0
            while start < piece.count {
                let length = Self.length(ofScalar: piece[start])
                let before = steps[start].score
                var hasScalar = false
                trie.forEachPrefix(of: piece, from: start) { id, end in
                    let score = scores[Int(id)] + before
                    if steps[end].start < 0 || score > steps[end].score {
                        steps[end] = Step(score: score, start: Int32(start), id: id)
                    }
                    if end == start + length { hasScalar = true }
                }
                if !hasScalar {
                    let score = unknownScore + before
                    if steps[start + length].start < 0 || score > steps[start + length].score {
                        steps[start + length] = Step(score: score, start: Int32(start), id: unknown ?? -1)
                    }
                }
                start += length
            }
            append(UnsafeMutableBufferPointer(rebasing: steps[...]), of: piece, to: &ids)
        }
    }

    /// Appends the symbols of the best row, several unknown characters in a row as one.
    private func append(
        _ steps: UnsafeMutableBufferPointer<Step>, of piece: UnsafeBufferPointer<UInt8>, to ids: inout [Int32]
    ) {
        let first = ids.count
        var end = piece.count
        while end > 0 {
            var start = Int(steps[end].start)
            guard steps[end].id == -1 || steps[end].id == unknown else {
                ids.append(steps[end].id)
                end = start
                continue
            }
            while start > 0, steps[start].id == -1 || steps[start].id == unknown { start = Int(steps[start].start) }
            if let id = trie.id(of: UnsafeBufferPointer(rebasing: piece[start..<end])) {
                ids.append(id)
            } else if let bytes {
                ids.append(contentsOf: piece[start..<end].reversed().map { bytes[Int($0)] })
            } else if let unknown {
                ids.append(unknown)
            }
            end = start
        }
        ids[first...].reverse()
    }

    @inline(__always)
    static func length(ofScalar first: UInt8) -> Int { first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4 }
}
