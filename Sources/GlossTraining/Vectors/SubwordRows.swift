import GlossText

/// The rows whose mean is a word's vector: its own, and those of its character n-grams with the word's borders, hashed
/// into buckets (Bojanowski et al. 2017, section 3.2).
struct SubwordRows: Sendable {
    private let starts: [Int]
    private let rows: [Int32]
    /// Rows in all: one a word, then the buckets.
    let count: Int

    /// The rows of every word of a vocabulary, by id.
    init(_ words: Vocabulary, _ configuration: SkipGramConfiguration) {
        let buckets = configuration.bucketBits > 0 ? 1 << configuration.bucketBits : 0
        var starts = [0], rows: [Int32] = []
        for id in 0..<words.count {
            rows.append(Int32(id))
            if buckets > 0, id >= words.specialCount {
                let scalars = Array("<\(words.symbol(Int32(id)))>".unicodeScalars)
                for start in scalars.indices {
                    for length in configuration.shortest...configuration.longest
                    where start + length <= scalars.count && length < scalars.count {
                        let hash = Self.hash(scalars[start..<start + length]) & UInt32(buckets - 1)
                        rows.append(Int32(words.count) + Int32(hash))
                    }
                }
            }
            starts.append(rows.count)
        }
        self.starts = starts
        self.rows = rows
        count = words.count + buckets
    }

    /// The rows of a word.
    subscript(word: Int32) -> ArraySlice<Int32> { rows[starts[Int(word)]..<starts[Int(word) + 1]] }

    /// FNV-1a, 32 bits (Fowler, Noll and Vo), its upper half folded in.
    private static func hash(_ scalars: ArraySlice<Unicode.Scalar>) -> UInt32 {
        let hash = scalars.reduce(UInt32(0x811C_9DC5)) { ($0 ^ $1.value) &* 0x0100_0193 }
        return hash ^ hash >> 15
    }
}
