import GlossTraining

/// A line with its place.
struct InputLine: Sendable {
    /// The line without its end.
    let text: String
    /// The file as errors name it.
    let file: String
    /// Its number in the file, from 1.
    let number: Int
}

/// Reads lines of files and hands them on in chunks, so that any length of input is read in the same memory.
struct LineChunks {
    /// The files, "-" being standard input.
    let paths: [String]
    /// What to do with ill-formed UTF-8.
    let invalidUTF8: InvalidUTF8Policy
    /// The longest line, in bytes.
    let maximumLineBytes: Int
    /// The most lines handed on at once.
    let lines: Int

    /// Bytes after which a chunk is full whatever its lines.
    private static let fullBytes = 1 << 20

    /// Calls `body` with the lines in order. What was read before an error is handed on before it is thrown.
    func forEach(_ body: ([InputLine]) throws -> Void) throws {
        var chunk: [InputLine] = []
        var bytes = 0
        func handOn() throws {
            defer { (chunk, bytes) = ([], 0) }
            if !chunk.isEmpty { try body(chunk) }
        }
        do {
            for path in paths {
                var reader = try LineReader(
                    path: path, invalidUTF8: invalidUTF8, maximumLineBytes: maximumLineBytes)
                while let line = try reader.next() {
                    chunk.append(InputLine(text: line, file: reader.name, number: reader.lineNumber))
                    bytes += line.utf8.count
                    if chunk.count == lines || bytes >= Self.fullBytes { try handOn() }
                }
            }
        } catch let error as CorpusError {
            try handOn()
            throw error
        }
        try handOn()
    }
}
