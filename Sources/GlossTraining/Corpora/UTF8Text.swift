import Glibc

/// Makes strings of bytes that must be UTF-8 text.
enum UTF8Text {
    /// The text in `bytes`, ill-formed sequences and NUL treated as `invalid` says.
    ///
    /// Throws, under `.error`, with the place of the first fault: its line (`line`, or where `bytes` are a whole
    /// file, nil, the line found by counting) and its byte in that line, both from 1.
    static func decode(
        _ bytes: ArraySlice<UInt8>, invalid: InvalidUTF8Policy, file: String, line: Int?
    ) throws(CorpusError) -> String {
        let hasNUL = bytes.withUnsafeBytes { bytes in
            bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
        }
        if !hasNUL, let text = String(validating: bytes, as: UTF8.self) { return text }
        if invalid == .replace {
            let text = String(decoding: bytes, as: UTF8.self)
            return hasNUL
                ? String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 })) : text
        }
        let illFormed = firstIllFormed(bytes)
        let nul = bytes.firstIndex(of: 0)
        let index = min(illFormed ?? .max, nul ?? .max)
        let value = String(bytes[index], radix: 16, uppercase: true)
        let before = bytes[..<index]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? bytes.startIndex
        let byte = index - lineStart + 1
        throw CorpusError(
            file: file, line: line ?? before.count { $0 == 0x0A } + 1,
            message: index == nul ? "a NUL byte at byte \(byte)" : "not UTF-8 at byte \(byte) (0x\(value))",
            remedy: "convert the file (iconv -t UTF-8), or pass --invalid-utf8 replace", kind: .badData)
    }

    /// The index of the first byte of the first ill-formed sequence.
    private static func firstIllFormed(_ bytes: ArraySlice<UInt8>) -> Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return bytes.startIndex + error.byteOffsets.lowerBound
        }
    }
}
