/// Plain text, for language models and for documents to be read.
public enum PlainText {
    /// The default limit on a document read whole: 1 GiB.
    public static let defaultMaximumBytes = 1 << 30

    /// Calls `body` with every line of the files in order, without its line end, and returns how many bad lines were
    /// skipped.
    ///
    /// Throws when a file cannot be read or is empty, and for a bad line (ill-formed UTF-8, a NUL byte, too long)
    /// unless `options` skip it.
    public static func forEachLine(
        paths: [String], options: CorpusOptions = CorpusOptions(), _ body: (String) throws(CorpusError) -> Void
    ) throws(CorpusError) -> Int {
        var skipped = 0
        for path in paths {
            var reader = try LineReader(path: path, options: options)
            while true {
                let line: String?
                do throws(CorpusError) {
                    line = try reader.next()
                } catch {
                    guard options.skipsBadLines, error.concernsOneLine else { throw error }
                    skipped += 1
                    continue
                }
                guard let line else { break }
                try body(line)
            }
            if reader.lineNumber == 0 { throw LineExamples.noExamples(reader.name, lines: 0, nil) }
        }
        return skipped
    }

    /// The texts of several files as one, each beginning on a line of its own.
    public static func joined(_ texts: [String]) -> String {
        texts.reduce(into: "") { whole, text in
            if let last = whole.utf8.last, last != 0x0A { whole += "\n" }
            whole += text
        }
    }

    /// The whole text of a file that holds some, for a language model. Throws as `whole(path:)`, and when the file is empty.
    public static func nonEmpty(path: String, invalidUTF8: InvalidUTF8Policy) throws(CorpusError) -> String {
        let text = try whole(path: path, invalidUTF8: invalidUTF8)
        guard text.isEmpty else { return text }
        throw LineExamples.noExamples(ByteStream.name(of: path), lines: 0, nil)
    }

    /// The whole text of `path` ("-" = standard input), line ends as they are, a byte order mark dropped; an empty
    /// file gives "".
    ///
    /// Throws when it cannot be read, is longer than `maximumBytes`, or is not UTF-8 or holds NUL (unless replaced).
    public static func whole(
        path: String, invalidUTF8: InvalidUTF8Policy = .error, maximumBytes: Int = PlainText.defaultMaximumBytes
    ) throws(CorpusError) -> String {
        var source = try ByteStream(path: path)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var end = 0
        while true {
            if end == buffer.count { buffer.append(contentsOf: repeatElement(0, count: buffer.count)) }
            let count = try source.read(into: &buffer, from: end)
            if count == 0 { break }
            end += count
            if end > maximumBytes {
                throw CorpusError(
                    file: source.name, message: "the text is longer than the limit of \(maximumBytes) bytes",
                    remedy: "split the file, or read it line by line", kind: .badData)
            }
        }
        let start = buffer[..<end].starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return try UTF8Text.decode(buffer[start..<end], invalid: invalidUTF8, file: source.name, line: nil)
    }
}
