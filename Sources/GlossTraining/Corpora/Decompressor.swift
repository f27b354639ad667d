/// Turns compressed bytes into the original ones, a piece at a time.
protocol Decompressor {
    /// Decodes from `input` into `output`, as far as either lasts.
    ///
    /// `inputIsComplete` says that nothing follows `input`. Throws when the data is damaged or ends too early.
    func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, inputIsComplete: Bool
    ) throws(DecompressionFailure) -> DecompressionStep
}

/// How far one call to `Decompressor.decode` went, in bytes.
struct DecompressionStep {
    /// Bytes of input used up.
    var consumed: Int
    /// Bytes of output written.
    var produced: Int
    /// Whether the compressed data is at its proper end.
    var isAtEnd: Bool
}

/// Why compressed data could not be decoded; `ByteStream` adds the file to it.
struct DecompressionFailure: Error {
    /// What was found.
    var message: String
    /// What to do about it.
    var remedy = "fetch or compress the file again"
}
