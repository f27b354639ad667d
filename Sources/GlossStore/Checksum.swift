import CDigest
import Foundation

/// A SHA-256 in the making (FIPS 180-4), by OpenSSL.
struct Checksum: ~Copyable {
    /// The length of a SHA-256, in bytes.
    static let byteCount = 32

    private let context: OpaquePointer

    /// Whether OpenSSL is there. It is not taken down as the process ends: a thread that still reads a model would find it gone.
    private static let isReady = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1

    /// Begins the checksum of nothing.
    init() {
        guard Self.isReady, let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            preconditionFailure("OpenSSL offers no SHA-256")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes at the end.
    mutating func update(_ data: Data) {
        let done = data.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        precondition(done == 1, "OpenSSL refused \(data.count) bytes")
    }

    /// The 32 bytes of the SHA-256 of everything added.
    consuming func finish() -> Data {
        var digest = Data(count: Checksum.byteCount)
        let done = digest.withUnsafeMutableBytes { EVP_DigestFinal_ex(context, $0.baseAddress, nil) }
        precondition(done == 1, "OpenSSL did not finish a SHA-256")
        return digest
    }

    /// The SHA-256 of a whole value.
    static func of(_ data: Data) -> Data {
        var checksum = Checksum()
        checksum.update(data)
        return checksum.finish()
    }
}
