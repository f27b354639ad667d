/// Reads formats in which a sentence is a run of lines that ends with a blank one.
enum SentenceExamples {
    /// Appends the sentences of `reader`: `add` gets every line and its number, `finish` ends a sentence (nil: there
    /// was none), `discard` drops the one begun.
    ///
    /// A fault ends the reading with its error; where `options` say so its sentence is left out and counted once
    /// instead. Throws as well when the file is empty or no sentence was found.
    static func read(
        _ reader: inout LineReader, options: CorpusOptions, into corpus: inout Corpus<TaggedSentence>,
        add: (String, Int) throws(CorpusError) -> Void,
        finish: () throws(CorpusError) -> TaggedSentence?,
        discard: () -> Void
    ) throws(CorpusError) {
        let before = corpus.examples.count
        var firstFault: CorpusError?
        var isSkipping = false
        var hasMore = true
        while hasMore {
            do throws(CorpusError) {
                let line = try reader.next()
                hasMore = line != nil
                if let line, !isBlank(line) {
                    if !isSkipping { try add(line, reader.lineNumber) }
                } else if isSkipping {
                    isSkipping = false
                } else if var sentence = try finish() {
                    if corpus.examples.count == before { sentence.startsDocument = true }
                    sentence.startsParagraph = sentence.startsParagraph || sentence.startsDocument
                    sentence.file = reader.name
                    corpus.examples.append(sentence)
                }
            } catch {
                guard options.skipsBadLines, error.concernsOneLine else { throw error }
                discard()
                if !isSkipping { corpus.skipped += 1 }
                isSkipping = error.line == reader.lineNumber
                firstFault = firstFault ?? error
            }
        }
        if corpus.examples.count == before {
            throw LineExamples.noExamples(reader.name, lines: reader.lineNumber, firstFault)
        }
    }

    /// Whether a line holds nothing but spaces and tabs.
    private static func isBlank(_ line: String) -> Bool {
        line.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
}
