/// The 256 bytes as printable characters, by which files of byte-level vocabularies spell their symbols.
///
/// GPT-2's table: what is printable in Latin-1 stands for itself, the other bytes follow from U+0100 on in order.
enum ByteAlphabet {
    /// The character of each byte.
    static let characters: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (UInt32(0)...255).map { byte in
            let isPrintable = (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
            if !isPrintable { next += 1 }
            return Unicode.Scalar(isPrintable ? byte : next - 1) ?? " "
        }
    }()

    private static let bytes: [UInt32: UInt8] = Dictionary(
        uniqueKeysWithValues: characters.enumerated().map { ($1.value, UInt8($0)) })

    /// The bytes that a symbol of a file spells; nil if one of its characters is in no place of the table.
    static func decode(_ symbol: String) -> [UInt8]? {
        var result: [UInt8] = []
        for scalar in symbol.unicodeScalars {
            guard let byte = bytes[scalar.value] else { return nil }
            result.append(byte)
        }
        return result
    }

    /// The symbol that spells bytes in a file.
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        String(String.UnicodeScalarView(bytes.map { characters[Int($0)] }))
    }
}
