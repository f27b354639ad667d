import GlossTraining
import Testing

@Suite struct PlainTextTests {
    private func lines(_ paths: [String], options: CorpusOptions = CorpusOptions()) throws -> (
        lines: [String], skipped: Int
    ) {
        var result: [String] = []
        let skipped = try PlainText.forEachLine(paths: paths, options: options) { (line) throws(CorpusError) in
            result.append(line)
        }
        return (result, skipped)
    }

    @Test func linesOfSeveralFiles() throws {
        let (first, second) = (try TemporaryFile("a\n\nb"), try TemporaryFile(CompressedSamples.gzip))
        let (found, skipped) = try lines([first.path, second.path])
        #expect(found == ["a", "", "b", "one", "two"])
        #expect(skipped == 0)
    }

    @Test func badLinesAreErrorsOrSkipped() throws {
        let file = try TemporaryFile([0x61, 0x0A, 0xFF, 0x0A, 0x00, 0x0A, 0x62])
        let error = #expect(throws: CorpusError.self) { try lines([file.path]) }
        #expect(error?.line == 2)
        let (found, skipped) = try lines([file.path], options: CorpusOptions(skipsBadLines: true))
        #expect(found == ["a", "b"])
        #expect(skipped == 2)
    }

    @Test func anEmptyFileIsAnError() throws {
        let file = try TemporaryFile("")
        #expect(throws: CorpusError.self) { try lines([file.path]) }
        let error = #expect(throws: CorpusError.self) { try PlainText.nonEmpty(path: file.path, invalidUTF8: .error) }
        #expect(error?.description.hasPrefix("\(file.path): the file is empty; ") == true)
    }

    @Test(arguments: ["", "a\r\nb\n", "\n\n a", "é漢🙂\u{2028}"])
    func theWholeTextIsKeptToTheByte(text: String) throws {
        let file = try TemporaryFile("\u{FEFF}" + text)
        #expect(Array(try PlainText.whole(path: file.path).utf8) == Array(text.utf8))
    }

    @Test func aLongTextIsReadWholeAndTheLimitIsNamed() throws {
        let text = String(repeating: "0123456789", count: 300_000)
        let file = try TemporaryFile(text)
        #expect(try PlainText.whole(path: file.path) == text)
        #expect(try PlainText.whole(path: file.path, maximumBytes: 3_000_000) == text)
        let error = #expect(throws: CorpusError.self) { try PlainText.whole(path: file.path, maximumBytes: 2_999_999) }
        #expect(error?.message == "the text is longer than the limit of 2999999 bytes")
    }

    @Test func illFormedUTF8IsNamedByLineAndByteOrReplaced() throws {
        let file = try TemporaryFile([0x61, 0x0A, 0x62, 0xFF, 0x63])
        let error = #expect(throws: CorpusError.self) { try PlainText.whole(path: file.path) }
        #expect(error?.line == 2)
        #expect(error?.message == "not UTF-8 at byte 2 (0xFF)")
        #expect(try PlainText.whole(path: file.path, invalidUTF8: .replace) == "a\nb\u{FFFD}c")
    }

    @Test func anotherFileBeginsOnALineOfItsOwn() {
        #expect(PlainText.joined(["the cat sat", "dog ran\n", "", "off"]) == "the cat sat\ndog ran\noff")
        #expect(PlainText.joined(["a\r\n", "b"]) == "a\r\nb")
    }
}
