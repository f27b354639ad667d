import GlossNN

/// A linear classifier over hashed n-grams: a second view on a text beside the network (Wang and Manning 2012).
public struct NGramClassifier: Module {
    /// Weights of each bucket, [buckets, classes]; buckets is a power of two.
    public var table: Parameter
    /// [classes].
    public var bias: Parameter
    /// The n-grams that are read.
    public let ngrams: NGrams

    /// Weights and bias that were trained.
    public init(table: Tensor, bias: Tensor, _ ngrams: NGrams) {
        precondition(table.rows.nonzeroBitCount == 1, "\(table.rows) buckets are no power of two")
        self.table = Parameter(table, role: .table)
        self.bias = Parameter(bias, role: .vector)
        self.ngrams = ngrams
    }

    /// Walks table, bias.
    public mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try body(join(path, "table"), &table)
        try body(join(path, "bias"), &bias)
    }

    /// Where the n-grams of each distinct bucket stand in a text's words.
    func spans(_ words: [String]) -> [UInt32: [Range<Int>]] { ngrams.spans(words, buckets: table.shape[0]) }

    /// Logits of the classes for a text's words.
    public func logits(_ words: [String]) -> [Float] {
        let classes = bias.value.count
        var sums = bias.value.scalars
        table.forEachRow(ngrams.features(words, buckets: table.shape[0]).map { Int32($0) }) { _, weights in
            for label in 0..<classes { sums[label] += weights[label] }
        }
        return sums
    }
}
