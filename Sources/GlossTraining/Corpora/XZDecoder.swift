import CCompression

/// Decodes xz data with liblzma: one or several streams, with stream padding.
final class XZDecoder: Decompressor {
    // liblzma's state refers to its lzma_stream, which therefore is allocated once and held until deinit.
    private let stream: UnsafeMutablePointer<lzma_stream>

    /// The memory a file may ask of the decoder: `xz -9` needs 65 MiB, a forged header can claim 4 GiB.
    static let memoryLimit = UInt64(512 << 20)

    init() throws(DecompressionFailure) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: lzma_stream())
        let status = lzma_stream_decoder(stream, Self.memoryLimit, compression_lzma_concatenated)
        guard status == LZMA_OK else {
            stream.deallocate()
            throw DecompressionFailure(
                message: "liblzma could not start (status \(status.rawValue))", remedy: "free some memory")
        }
    }

    deinit {
        lzma_end(stream)
        stream.deallocate()
    }

    func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, inputIsComplete: Bool
    ) throws(DecompressionFailure) -> DecompressionStep {
        stream.pointee.next_in = input.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_in = input.count
        stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = output.count
        let status = lzma_code(stream, inputIsComplete ? LZMA_FINISH : LZMA_RUN)
        let step = DecompressionStep(
            consumed: input.count - stream.pointee.avail_in, produced: output.count - stream.pointee.avail_out,
            isAtEnd: status == LZMA_STREAM_END)
        switch status {
        case LZMA_OK, LZMA_STREAM_END:
            return step
        case LZMA_BUF_ERROR where !inputIsComplete:
            return step
        case LZMA_BUF_ERROR:
            throw DecompressionFailure(message: "the xz data is cut off")
        case LZMA_MEMLIMIT_ERROR:
            throw DecompressionFailure(
                message: "the xz data needs more than \(Self.memoryLimit >> 20) MiB to decode",
                remedy: "compress it again with `xz -9` or less")
        default:
            throw DecompressionFailure(message: "the xz data is damaged (liblzma status \(status.rawValue))")
        }
    }
}
