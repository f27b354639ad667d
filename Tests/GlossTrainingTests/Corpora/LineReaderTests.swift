import Glibc
import GlossTraining
import Testing

@Suite struct LineReaderTests {
    private func lines(
        _ path: String, invalidUTF8: InvalidUTF8Policy = .error, limit: Int = 1 << 20
    ) throws(CorpusError) -> [String] {
        var reader = try LineReader(path: path, invalidUTF8: invalidUTF8, maximumLineBytes: limit)
        var result: [String] = []
        while let line = try reader.next() {
            result.append(line)
            #expect(reader.lineNumber == result.count)
        }
        return result
    }

    @Test(arguments: [
        ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]),
        ("a\r\nb\r", ["a", "b"]), ("a\rb\n", ["a\rb"]), ("\n\na\n\n", ["", "", "a", ""]),
        ("\u{FEFF}a\nb\n", ["a", "b"]),
        ("\u{FEFF}", []), ("é\n漢字\n🙂", ["é", "漢字", "🙂"]), ("a\u{2028}b\u{85}c\n", ["a\u{2028}b\u{85}c"]),
    ])
    func linesOfText(text: String, expected: [String]) throws {
        let file = try TemporaryFile(text)
        #expect(try lines(file.path) == expected)
    }

    @Test func linesLongerThanTheBufferAndAcrossItsEdges() throws {
        let expected = [70_000, 262_143, 262_144, 262_145, 0, 900_001, 3].map { String(repeating: "x", count: $0) }
        let file = try TemporaryFile(expected.joined(separator: "\n"))
        #expect(try lines(file.path) == expected)
        let windows = try TemporaryFile(expected.joined(separator: "\r\n") + "\r\n")
        #expect(try lines(windows.path) == expected)
    }

    /// Pieces of any size from a pipe give the lines that cutting the whole text gives.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func anyPiecesGiveTheSameLines(seed: UInt64) throws {
        var state = seed
        func random(below limit: Int) -> Int {
            // Knuth's MMIX constants; the high bits are the random ones.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let alphabet: [UInt8] = Array("a\n\r \t".utf8)
        let bytes = (0..<2_000).map { _ in alphabet[random(below: alphabet.count)] }
        var expected: [String] = []
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            expected.append(String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self))
        }
        if bytes.last == 0x0A { expected.removeLast() }
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { close(ends[0]) }
        var found: [String] = []
        var start = min(10, bytes.count)
        #expect(write(ends[1], Array(bytes[..<start]), start) == start)
        var reader = try LineReader(path: "/dev/fd/\(ends[0])")
        while start < bytes.count {
            let count = min(bytes.count - start, 1 + random(below: 40))
            #expect(write(ends[1], Array(bytes[start..<start + count]), count) == count)
            start += count
            // Take a line only while the reader need not wait for one: some line ends are written and not yet read.
            if bytes[..<start].count(where: { $0 == 0x0A }) > found.count, let line = try reader.next() {
                found.append(line)
            }
        }
        close(ends[1])
        while let line = try reader.next() { found.append(line) }
        #expect(found == expected)
    }

    @Test func illFormedUTF8IsNamedByLineAndByte() throws {
        let file = try TemporaryFile(Array("good\nab".utf8) + [0xC3, 0x28, 0x0A, 0x63])
        var reader = try LineReader(path: file.path)
        #expect(try reader.next() == "good")
        let error = #expect(throws: CorpusError.self) { try reader.next() }
        #expect(error?.line == 2)
        #expect(error?.kind == .badData)
        #expect(error?.description.contains("\(file.path):2: not UTF-8 at byte 3 (0xC3); ") == true)
        #expect(try reader.next() == "c")
        #expect(try reader.next() == nil)
    }

    /// What is read ahead comes again with its numbers, and what is wrong with it in its turn.
    @Test func linesReadAheadComeAgain() throws {
        let file = try TemporaryFile(Array("\n \n# a\n\n#b\n".utf8) + [0xFF, 0x0A, 0x63])
        var reader = try LineReader(path: file.path)
        #expect(reader.peek() == ["# a", "#b"])
        for (line, number) in [("# a", 3), ("", 4), ("#b", 5)] {
            #expect(try reader.next() == line)
            #expect(reader.lineNumber == number)
        }
        let error = #expect(throws: CorpusError.self) { try reader.next() }
        #expect(error?.line == 6)
        #expect(try reader.next() == "c")
        #expect(reader.lineNumber == 7)
        #expect(try reader.next() == nil)
    }

    @Test func illFormedUTF8IsReplaced() throws {
        let file = try TemporaryFile([0x61, 0xFF, 0x62, 0x00, 0x0A])
        #expect(try lines(file.path, invalidUTF8: .replace) == ["a\u{FFFD}b\u{FFFD}"])
    }

    @Test func aNULByteIsAnError() throws {
        let file = try TemporaryFile([0x61, 0x00, 0x62, 0x0A])
        let error = #expect(throws: CorpusError.self) { try lines(file.path) }
        #expect(error?.message == "a NUL byte at byte 2")
        #expect(error?.line == 1)
    }

    @Test(arguments: [8, 300_000])
    func aLineOverTheLimitIsAnErrorAndTheNextLineIsRead(limit: Int) throws {
        let fits = String(repeating: "y", count: limit)
        let file = try TemporaryFile(fits + "\r\n" + fits + "y\n" + String(repeating: "y", count: 4 * limit) + "\nz\n")
        var reader = try LineReader(path: file.path, maximumLineBytes: limit)
        #expect(try reader.next() == fits)
        for line in 2...3 {
            let error = #expect(throws: CorpusError.self) { try reader.next() }
            #expect(error?.line == line)
            #expect(error?.message == "the line is longer than the limit of \(limit) bytes")
        }
        #expect(try reader.next() == "z")
        #expect(reader.lineNumber == 4)
    }

    @Test func aMissingFileAndADirectoryAreNoInput() throws {
        for (path, message) in [("/nonexistent/file.txt", "No such file"), ("/tmp", "is a directory")] {
            let error = #expect(throws: CorpusError.self) { try lines(path) }
            #expect(error?.kind == .noInput)
            #expect(error?.line == nil)
            #expect(error?.description.contains(message) == true)
        }
    }

    @Test func aPipeIsReadLineByLineAsItComes() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        var reader: LineReader
        #expect(write(ends[1], "a\nb", 3) == 3)
        reader = try LineReader(path: "/dev/fd/\(ends[0])")
        // The writer is still open: a reader that waited for a full buffer would hang here.
        #expect(try reader.next() == "a")
        #expect(write(ends[1], "c\n", 2) == 2)
        #expect(try reader.next() == "bc")
    }
}
