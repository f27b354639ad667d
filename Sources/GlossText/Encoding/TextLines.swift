/// Lines and blank texts by bytes and Unicode scalars: a CR with its LF is one `Character`, and so is a space with the combining mark
/// behind it.
extension StringProtocol {
    /// What stands between line feeds, the CR of a CRLF at its end; behind a last line feed stands an empty line.
    package var lines: [Substring] {
        Substring(self).utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// A line without the CR at its end.
    package var withoutReturn: Substring {
        let line = Substring(self)
        return line.utf8.last == 0x0D ? Substring(line.utf8.dropLast()) : line
    }

    /// Whether there is nothing but white space.
    package var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }

    /// The runs without white space.
    package var chunks: [Substring] {
        Substring(self).unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { Substring($0) }
    }
}
