import GlossNN

/// A linear classifier over hashed n-grams of words: a second view on a text beside the network (Wang and Manning 2012).
public struct NGramClassifier: Module {
    /// Weights of each bucket, [buckets, classes]; buckets is a power of two.
    public var table: Parameter
    /// [classes].
    public var bias: Parameter
    /// The longest n-gram.
    public let order: Int

    /// Weights and bias that were trained.
    public init(table: Tensor, bias: Tensor, order: Int) {
        precondition(table.rows.nonzeroBitCount == 1, "\(table.rows) buckets are no power of two")
        self.table = Parameter(table, role: .table)
        self.bias = Parameter(bias, role: .vector)
        self.order = order
    }

    /// Walks table, bias.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try body(join(path, "table"), &table)
        try body(join(path, "bias"), &bias)
    }

    /// Calls `body` with the bucket and the place of each n-gram of 1…order words.
    private static func forEach(_ words: [String], order: Int, buckets: Int, _ body: (UInt32, Range<Int>) -> Void) {
        let hashes = words.map(hash)
        for start in hashes.indices {
            var combined: UInt64 = 0
            for length in 0..<min(order, hashes.count - start) {
                combined = (combined ^ hashes[start + length]) &* 0x9E37_79B9_7F4A_7C15
                combined ^= combined >> 29
                body(
                    UInt32(truncatingIfNeeded: combined >> 11) & UInt32(buckets - 1), start..<start + length + 1)
            }
        }
    }

    /// Where the n-grams of each distinct bucket stand.
    static func spans(_ words: [String], order: Int, buckets: Int) -> [UInt32: [Range<Int>]] {
        var result: [UInt32: [Range<Int>]] = [:]
        forEach(words, order: order, buckets: buckets) { result[$0, default: []].append($1) }
        return result
    }

    /// The distinct buckets of a text's n-grams of 1…order words, ascending.
    public static func features(_ words: [String], order: Int, buckets: Int) -> [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(words.count * order)
        forEach(words, order: order, buckets: buckets) { bucket, _ in result.append(bucket) }
        result.sort()
        var distinct = 0
        for index in result.indices where index == 0 || result[index] != result[distinct - 1] {
            result[distinct] = result[index]
            distinct += 1
        }
        result.removeLast(result.count - distinct)
        return result
    }

    /// FNV-1a, 64 bits (Fowler, Noll and Vo).
    private static func hash(_ word: String) -> UInt64 {
        var word = word
        return word.withUTF8 { bytes in
            bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        }
    }

    /// Logits of the classes for a text's words.
    public func logits(_ words: [String]) -> [Float] {
        let classes = bias.value.count
        var sums = bias.value.scalars
        let features = Self.features(words, order: order, buckets: table.shape[0])
        table.forEachRow(features.map { Int32($0) }) { _, weights in
            for label in 0..<classes { sums[label] += weights[label] }
        }
        return sums
    }
}
