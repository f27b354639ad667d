/// Finds the end of an address of a page or of a mailbox that starts with a word.
struct AddressScanner {
    private let text: TextBytes

    /// A scanner of a text.
    init(_ text: TextBytes) {
        self.text = text
    }

    /// Where the address that starts with a compound ends, if one does.
    ///
    /// `compound` has no marks at its end. Pages: `http://…`, `www.…`, `name.com/…`; mailboxes: `name@host`.
    func end(ofAddressAt compound: Range<Int>) -> Int? {
        switch text.byte(at: compound.upperBound) {
        case UInt8(ascii: ":"):
            if text.byte(at: compound.upperBound + 1) == UInt8(ascii: "/"),
                text.byte(at: compound.upperBound + 2) == UInt8(ascii: "/")
            {
                return endOfPath(from: compound.upperBound + 3)
            }
            if compound.count == 6, text.key(compound) == "mailto" { return endOfPath(from: compound.upperBound + 1) }
            let port = compound.upperBound + 1
            let slash = text.bytes[port...].prefix(6).firstIndex { !TextBytes.isDigit($0) } ?? port
            guard slash > port, text[slash] == UInt8(ascii: "/"), isHost(compound) else { return nil }
            return endOfPath(from: slash)
        case UInt8(ascii: "/"):
            return isHost(compound) ? endOfPath(from: compound.upperBound) : nil
        case UInt8(ascii: "@"):
            return endOfMailbox(at: compound.upperBound)
        default:
            guard compound.count > 4, text[compound.lowerBound + 3] == UInt8(ascii: "."),
                text.key(compound.lowerBound..<compound.lowerBound + 4) == "www."
            else { return nil }
            return endOfPath(from: compound.lowerBound + 4)
        }
    }

    /// Where a mailbox's name ends whose @ is at an index, if a host follows.
    func endOfMailbox(at index: Int) -> Int? {
        var end = index + 1
        var last = end
        while end < text.count, TextBytes.isLetter(text[end]) || Self.isHostByte(text[end]) {
            end += 1
            if text[end - 1] != UInt8(ascii: ".") && text[end - 1] != UInt8(ascii: "-") { last = end }
        }
        return last > index + 1 && TextBytes.isLetter(text[index + 1]) && text[index + 1] < 0x80 ? last : nil
    }

    /// Whether a compound ends like the name of a host: “gloss.org”.
    private func isHost(_ compound: Range<Int>) -> Bool {
        guard let dot = text[compound].lastIndex(of: UInt8(ascii: ".")), compound.upperBound - dot <= 6 else {
            return false
        }
        return Names.endings.contains(text.key(dot + 1..<compound.upperBound))
    }

    /// Where a path ends: before white space, quotation marks, brackets of other kinds and marks of the sentence.
    private func endOfPath(from start: Int) -> Int? {
        var index = start
        var end = start
        while index < text.count {
            let byte = text[index]
            if byte <= 0x20 || byte == 0x7F || Self.outside.contains(byte) { break }
            if byte < 0x80 {
                index += 1
                if !Self.notLast.contains(byte) { end = index }
                continue
            }
            let scalar = text.scalar(at: index)
            if scalar.properties.isWhitespace || Self.quotes.contains(scalar)
                || scalar.properties.generalCategory == .control
            {
                break
            }
            index += UTF8.width(scalar)
            if scalar != "\u{2019}" && scalar != "\u{2026}" { end = index }
        }
        return end > start ? end : nil
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        TextBytes.isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static let outside = Array("<>\"{}|\\^`".utf8)
    private static let notLast = Array(".,;:!?'()[]*".utf8)
    private static let quotes: Set<Unicode.Scalar> = ["\u{201C}", "\u{201D}", "\u{AB}", "\u{BB}", "\u{2018}"]
}
