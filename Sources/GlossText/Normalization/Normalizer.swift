private import CICU

/// Normalizes and case-folds text, and knows which bytes of the input stand behind the output.
public struct Normalizer: Hashable, Sendable {
    /// The normalization form.
    public let form: Normalization
    /// Whether letters are case-folded (full folding of the Unicode standard, section 3.13).
    public let foldsCase: Bool
    /// Whether İ folds to i and I to ı, as in Turkish and Azerbaijani.
    private let isTurkic: Bool

    /// A normalizer to a form, with the case folding of a language (BCP 47 or ICU) if wanted.
    public init(_ form: Normalization, foldsCase: Bool = false, language: String = "en") {
        self.form = form
        self.foldsCase = foldsCase
        isTurkic = cicu_is_language(language, "tr") || cicu_is_language(language, "az")
    }

    /// The normalizer that a tokenizer of this configuration reads through.
    public init(_ configuration: TokenizerConfiguration) {
        self.init(
            configuration.normalization, foldsCase: configuration.foldsCase, language: configuration.language)
    }

    private var folding: cicu_fold {
        foldsCase ? isTurkic ? CICU_FOLD_TURKIC : CICU_FOLD_PLAIN : CICU_FOLD_NONE
    }

    /// The normalized text.
    public func callAsFunction(_ text: String) -> String {
        var source = text
        return source.withUTF8 { bytes in
            changesNothing(in: bytes) ? nil : normalize(bytes, keepsOffsets: false).text
        } ?? text
    }

    /// The normalized text, with the input bytes behind its bytes.
    public func normalizeWithOffsets(_ text: String) -> (String, OffsetMap) {
        var source = text
        return source.withUTF8 { bytes in
            let (text, map) = normalize(bytes, keepsOffsets: true)
            return (text, map)
        }
    }

    /// The normalized text of valid UTF-8 bytes.
    package func normalized(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        changesNothing(in: bytes) ? String(decoding: bytes, as: UTF8.self) : normalize(bytes, keepsOffsets: false).text
    }

    private func changesNothing(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if form == .none && !foldsCase { return true }
        for byte in bytes {
            if byte >= 0x80 { return false }
            if foldsCase && byte &- UInt8(ascii: "A") < 26 { return false }
        }
        return true
    }

    private func normalize(
        _ bytes: UnsafeBufferPointer<UInt8>, keepsOffsets: Bool
    ) -> (text: String, map: OffsetMap) {
        guard let base = bytes.baseAddress, form != .none || foldsCase else {
            return (String(decoding: bytes, as: UTF8.self), OffsetMap())
        }
        let length = Int64(bytes.count)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 8)
        var map = OffsetMap()
        var piece = [UInt8](repeating: 0, count: 256)
        var position: Int64 = 0
        while position < length {
            let changed = start(ofChangeIn: base, from: position, to: length)
            output.append(contentsOf: bytes[Int(position)..<Int(changed)])
            position = changed
            guard position < length else { break }
            let next = segment(base, position, length, into: &piece)
            let range = Int(position)..<Int(next.end)
            let before = output.count
            if next.count == range.count && piece[..<next.count].elementsEqual(bytes[range]) {
                output.append(contentsOf: bytes[range])
            } else {
                output.append(contentsOf: piece[..<next.count])
                if keepsOffsets { map.append(input: range, output: before..<output.count) }
            }
            position = next.end
        }
        return (String(decoding: output, as: UTF8.self), map)
    }

    private func start(ofChangeIn base: UnsafePointer<UInt8>, from position: Int64, to length: Int64) -> Int64 {
        guard form != .none else { return position }
        return cicu_skip_normal(form == .nfkc ? CICU_NFKC : CICU_NFC, folding, base, position, length)
    }

    /// Writes the normalized segment at `position` to the front of `piece`.
    ///
    /// ICU fails here only when memory runs out, which Swift's own allocations answer with a trap as well.
    private func segment(
        _ base: UnsafePointer<UInt8>, _ position: Int64, _ length: Int64, into piece: inout [UInt8]
    ) -> (end: Int64, count: Int) {
        while true {
            var end: Int64 = 0
            var code: Int32 = 0
            let room = Int64(piece.count)
            let count = piece.withUnsafeMutableBufferPointer { out in
                form == .none
                    ? cicu_fold_scalar(folding, base, position, length, &end, out.baseAddress, room, &code)
                    : cicu_normalize_segment(
                        form == .nfkc ? CICU_NFKC : CICU_NFC, folding, base, position, length, &end, out.baseAddress,
                        room, &code)
            }
            precondition(count >= 0, "normalizing failed: \(String(cString: cicu_error_name(code)))")
            if count <= room { return (end, Int(count)) }
            piece = [UInt8](repeating: 0, count: Int(count))
        }
    }
}
