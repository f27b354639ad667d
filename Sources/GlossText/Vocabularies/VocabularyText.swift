/// A vocabulary as a table to read and edit: `symbol<TAB>count` a line, with `<TAB>special` behind special symbols,
/// which come first. Tabs, line breaks and backslashes in a symbol are written `\t`, `\n`, `\r`, `\\`.
extension Vocabulary {
    private static let header = "symbol\tcount"

    /// The table, with a header line.
    public func write() -> String {
        var text = Self.header + "\n"
        for (id, symbol) in symbols.enumerated() {
            text += Self.escape(symbol) + "\t\(counts[id])" + (id < specialCount ? "\tspecial\n" : "\n")
        }
        return text
    }

    /// The vocabulary of a table; the header may be missing.
    ///
    /// Throws `TextError.Kind.malformed` with the line for a line of another form, `.duplicateSymbol` for a symbol that
    /// occurs twice.
    public static func read(_ text: String) throws(TextError) -> Vocabulary {
        var specials: [String] = []
        var symbols: [String] = []
        var counts: [Int] = []
        var number = 0
        for var line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            if line.isEmpty || (number == 1 && line.elementsEqual(header.utf8)) { continue }
            let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map(String.init)
            let place = TextError.Place(line: number)
            guard columns.count == 2 || (columns.count == 3 && columns[2] == "special"),
                let symbol = columns[0].flatMap(unescape), let count = columns[1].flatMap({ Int($0) }), count >= 0
            else {
                throw TextError(
                    .malformed, "“\(String(line) ?? "")” is not a line of a vocabulary", at: place,
                    remedy: "write the symbol, a tab and its count, and for special symbols a tab and “special”")
            }
            if columns.count == 3 {
                guard symbols.isEmpty else {
                    throw TextError(
                        .malformed, "the special symbol “\(symbol)” stands behind ordinary ones", at: place,
                        remedy: "move special symbols to the top")
                }
                specials.append(symbol)
            } else {
                symbols.append(symbol)
            }
            counts.append(count)
        }
        return try Vocabulary(specials: specials, symbols: symbols, counts: counts)
    }

    private static func escape(_ symbol: String) -> String {
        var escaped = ""
        for scalar in symbol.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\t": escaped += "\\t"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func unescape(_ text: String) -> String? {
        var symbol = ""
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isEscaped {
                switch scalar {
                case "\\": symbol += "\\"
                case "t": symbol += "\t"
                case "n": symbol += "\n"
                case "r": symbol += "\r"
                default: return nil
                }
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                symbol.unicodeScalars.append(scalar)
            }
        }
        return isEscaped ? nil : symbol
    }
}
