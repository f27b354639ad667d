/// Reads formats in which every line is one example.
package enum LineExamples {
    /// Appends what `parse` makes of each line of `reader` that is not empty; `parse` gets the line and its number.
    ///
    /// A faulty line ends the reading with its error, or is counted in `corpus.skipped` where `options` say so.
    /// Throws as well when the file is empty or no line of it gave an example.
    static func read<Example>(
        _ reader: inout LineReader, options: CorpusOptions, into corpus: inout Corpus<Example>,
        parse: (String, Int) throws(CorpusError) -> Example
    ) throws(CorpusError) {
        let before = corpus.examples.count
        var firstFault: CorpusError?
        while true {
            do throws(CorpusError) {
                guard let line = try reader.next() else { break }
                if !line.isEmpty { corpus.examples.append(try parse(line, reader.lineNumber)) }
            } catch {
                guard options.skipsBadLines, error.concernsOneLine else { throw error }
                corpus.skipped += 1
                firstFault = firstFault ?? error
            }
        }
        if corpus.examples.count == before { throw noExamples(reader.name, lines: reader.lineNumber, firstFault) }
    }

    /// The error for a file in which no example was found, `firstFault` being the first of its skipped lines.
    package static func noExamples(_ file: String, lines: Int, _ firstFault: CorpusError?) -> CorpusError {
        if let firstFault {
            return CorpusError(
                file: file, line: firstFault.line,
                message: "no example in \(lines) lines, the first fault: \(firstFault.message)",
                remedy: firstFault.remedy, kind: .badData)
        }
        return CorpusError(
            file: file, message: lines == 0 ? "the file is empty" : "no example in \(lines) lines",
            remedy: "give a file with examples", kind: .badData)
    }
}
