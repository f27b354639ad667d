import CDigest

/// What identifies a training file: SHA-256 and size of its bytes as they lie on disk, still compressed.
public struct DataFingerprint: Sendable, Hashable, Codable {
    /// The SHA-256 digest in lower-case hexadecimal, 64 digits.
    public let sha256: String
    /// The size in bytes.
    public let byteCount: Int

    /// Reads the file once, in constant memory. Throws when it is missing or cannot be read.
    public init(path: String) throws(CorpusError) {
        var source = try ByteStream(path: path, decompresses: false)
        let digest = try Digest(file: source.name)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var byteCount = 0
        while true {
            let count = try source.read(into: &buffer, from: 0)
            if count == 0 { break }
            byteCount += count
            try digest.add(buffer[..<count])
        }
        self.byteCount = byteCount
        sha256 = try digest.finish()
    }

    /// OpenSSL's running SHA-256, freed with this value.
    private final class Digest {
        private let context: OpaquePointer
        private let file: String

        init(file: String) throws(CorpusError) {
            guard let context = EVP_MD_CTX_new() else { throw Self.failure(file) }
            self.context = context
            self.file = file
            guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { throw Self.failure(file) }
        }

        deinit { EVP_MD_CTX_free(context) }

        func add(_ bytes: ArraySlice<UInt8>) throws(CorpusError) {
            let status = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
            guard status == 1 else { throw Self.failure(file) }
        }

        func finish() throws(CorpusError) -> String {
            var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
            var length: UInt32 = 0
            guard EVP_DigestFinal_ex(context, &digest, &length) == 1 else { throw Self.failure(file) }
            let digits = Array("0123456789abcdef")
            return digest.prefix(Int(length)).reduce(into: "") { text, byte in
                text.append(digits[Int(byte >> 4)])
                text.append(digits[Int(byte & 15)])
            }
        }

        private static func failure(_ file: String) -> CorpusError {
            CorpusError(
                file: file, message: "OpenSSL could not compute SHA-256",
                remedy: "check the OpenSSL set-up (fips mode?)",
                kind: .io)
        }
    }
}
