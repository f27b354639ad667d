import CCompression

/// Decodes gzip data (RFC 1952) with zlib: one or several members, zero bytes allowed after the last.
final class GzipDecoder: Decompressor {
    // zlib keeps a pointer to its z_stream, which therefore must not move: it is allocated once and held until deinit.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isBetweenMembers = true
    private var hasDecodedMember = false

    init() throws(DecompressionFailure) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 = the largest window, + 16 = gzip framing only (zlib.h, inflateInit2).
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            throw DecompressionFailure(message: "zlib could not start (status \(status))", remedy: "free some memory")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, inputIsComplete: Bool
    ) throws(DecompressionFailure) -> DecompressionStep {
        if isBetweenMembers, hasDecodedMember, let step = skipPadding(input, inputIsComplete: inputIsComplete) {
            return step
        }
        let bytes = input.bindMemory(to: UInt8.self)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        let status = inflate(stream, Z_NO_FLUSH)
        let consumed = input.count - Int(stream.pointee.avail_in)
        let produced = output.count - Int(stream.pointee.avail_out)
        if consumed > 0 { isBetweenMembers = false }
        switch status {
        case Z_STREAM_END:
            inflateReset(stream)
            isBetweenMembers = true
            hasDecodedMember = true
        case Z_OK, Z_BUF_ERROR:
            if inputIsComplete, consumed == input.count, produced < output.count {
                throw DecompressionFailure(message: "the gzip data is cut off")
            }
        default:
            let reason = stream.pointee.msg.map { String(cString: $0) } ?? "status \(status)"
            throw DecompressionFailure(message: "the gzip data is damaged (\(reason))")
        }
        return DecompressionStep(
            consumed: consumed, produced: produced,
            isAtEnd: isBetweenMembers && inputIsComplete && consumed == input.count)
    }

    /// Steps over the zero bytes that tapes and block devices leave after a member; nil when a member starts instead.
    private func skipPadding(_ input: UnsafeRawBufferPointer, inputIsComplete: Bool) -> DecompressionStep? {
        let zeros = input.prefix { $0 == 0 }.count
        guard zeros > 0 || input.isEmpty else { return nil }
        return DecompressionStep(consumed: zeros, produced: 0, isAtEnd: inputIsComplete && zeros == input.count)
    }
}
