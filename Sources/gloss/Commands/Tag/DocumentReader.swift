import GlossText
import GlossTraining

/// A text that is not cut into sentences yet.
struct TextDocument: Sendable {
    /// The file it is from; nil for standard input and for a line.
    let name: String?
    let text: String
}

/// Reads documents: whole files, or each line as one.
struct DocumentReader {
    /// The files, "-" being standard input.
    let paths: [String]
    /// What to do with ill-formed UTF-8.
    let invalidUTF8: InvalidUTF8Policy
    /// Whether each line is a document.
    let lines: Bool

    /// The longest document, in bytes: its tokens are in memory together.
    static let maximumBytes = 128 << 20

    /// Lines handed on at once.
    private static let chunk = 512

    /// The same with work that goes on beside the reading: `settle` ends it, also where a document cannot be read, so that those
    /// before it are answered.
    func forEach(settle: () throws -> Void, _ body: ([TextDocument]) throws -> Void) throws {
        do {
            try forEach(body)
        } catch let error as CorpusError {
            try settle()
            throw error
        }
        try settle()
    }

    /// Calls `body` with the documents in order, several short ones at a time.
    func forEach(_ body: ([TextDocument]) throws -> Void) throws {
        if lines {
            let chunks = LineChunks(
                paths: paths, invalidUTF8: invalidUTF8, maximumLineBytes: Self.maximumBytes, lines: Self.chunk)
            try chunks.forEach { lines in try body(lines.map { TextDocument(name: nil, text: $0.text) }) }
        } else {
            for path in paths {
                let text = try PlainText.whole(
                    path: path, invalidUTF8: invalidUTF8, maximumBytes: Self.maximumBytes)
                try body([TextDocument(name: path == "-" ? nil : path, text: text)])
            }
        }
    }
}
