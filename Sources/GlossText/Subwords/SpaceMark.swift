/// "▁" (U+2581), which stands for a space in the symbols of SentencePiece's family.
enum SpaceMark {
    static let text = "\u{2581}"
    static let bytes: [UInt8] = [0xE2, 0x96, 0x81]

    /// Whether the mark stands at `index`.
    @inline(__always)
    static func isAt(_ index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes[index] == 0xE2 && index + 2 < bytes.count && bytes[index + 1] == 0x96 && bytes[index + 2] == 0x81
    }

    /// Appends `bytes` with marks in the place of spaces.
    static func append(_ bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
        text.reserveCapacity(text.count + bytes.count + bytes.count / 2)
        for byte in bytes {
            if byte == 0x20 { text.append(contentsOf: Self.bytes) } else { text.append(byte) }
        }
    }
}
