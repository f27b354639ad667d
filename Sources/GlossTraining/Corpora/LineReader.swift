import Glibc

/// Streams the lines of a file, or of standard input, in constant memory.
///
/// Lines end with LF or CRLF, the last one also with the file; gzip and xz are read as they are, a byte order mark is
/// dropped. After an error that names a line, reading may go on with the next line.
public struct LineReader: ~Copyable {
    /// The number of the line returned last, counted from 1; 0 before the first.
    public private(set) var lineNumber = 0
    /// How errors name the source: the path as given, or "standard input".
    public var name: String { bytes.name }

    private let invalidUTF8: InvalidUTF8Policy
    private let maximumLineBytes: Int
    private var bytes: ByteStream
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    /// `buffer[start..<end]` is read and not yet returned; `buffer[start..<searched]` holds no line end.
    private var start = 0
    private var end = 0
    private var searched = 0
    private var isExhausted = false
    /// Lines read ahead, or what is wrong with them, and their numbers.
    private var peeked: ArraySlice<(line: Result<String, CorpusError>, number: Int)> = []

    /// Opens `path`, "-" being standard input.
    ///
    /// Throws when it cannot be opened or is a directory. A line longer than `maximumLineBytes` is an error when met.
    public init(
        path: String, invalidUTF8: InvalidUTF8Policy = .error,
        maximumLineBytes: Int = CorpusOptions.defaultMaximumLineBytes
    ) throws(CorpusError) {
        precondition(maximumLineBytes > 0, "a line limit of \(maximumLineBytes) bytes allows no line")
        self.invalidUTF8 = invalidUTF8
        self.maximumLineBytes = maximumLineBytes
        bytes = try ByteStream(path: path)
    }

    /// Opens `path` with what `options` say about UTF-8 and the length of lines.
    public init(path: String, options: CorpusOptions) throws(CorpusError) {
        try self.init(path: path, invalidUTF8: options.invalidUTF8, maximumLineBytes: options.maximumLineBytes)
    }

    /// The next line without its line end, or nil at the end.
    ///
    /// Throws for ill-formed UTF-8 (unless replaced), a NUL byte, a line over the limit, damaged compressed data, a
    /// failed read.
    public mutating func next() throws(CorpusError) -> String? {
        if let (line, number) = peeked.popFirst() {
            lineNumber = number
            return try line.get()
        }
        return try read()
    }

    /// The next line of the file.
    private mutating func read() throws(CorpusError) -> String? {
        while true {
            if let lineEnd = findLineEnd() { return try take(upTo: lineEnd, skipping: 1) }
            if isExhausted { return start < end ? try take(upTo: end, skipping: 0) : nil }
            // One byte more than the limit may be the CR of a CRLF.
            if end - start > maximumLineBytes + 1 { try discardLine() }
            try fill()
        }
    }

    /// Calls `body` with each remaining line and its number.
    public mutating func forEach(_ body: (String, Int) throws(CorpusError) -> Void) throws(CorpusError) {
        while let line = try next() { try body(line, lineNumber) }
    }

    /// The most lines read ahead.
    private static let mostPeeked = 1000

    /// The first line that is not blank and, where that begins with "#", those behind it up to one that does not, blank ones
    /// left out: what says the format. `next()` will return them again; blank lines before them are passed over.
    ///
    /// It ends before a line that `next()` will throw an error for.
    package mutating func peek() -> [String] {
        var seen: [String] = []
        while peeked.count < Self.mostPeeked, seen.last.map({ $0.utf8.first == UInt8(ascii: "#") }) ?? true {
            do throws(CorpusError) {
                guard let line = try read() else { break }
                let isBlank = line.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
                if !isBlank { seen.append(line) }
                if !seen.isEmpty { peeked.append((.success(line), lineNumber)) }
            } catch {
                peeked.append((.failure(error), lineNumber))
                break
            }
        }
        return seen
    }

    private mutating func findLineEnd() -> Int? {
        let range = searched..<end
        let found = buffer.withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress, let hit = memchr(base + range.lowerBound, 0x0A, range.count) else {
                return nil
            }
            return UnsafeRawPointer(hit) - base
        }
        searched = found ?? end
        return found
    }

    /// Reads more bytes behind `end`, first making room by moving the unread part to the front or by growing.
    private mutating func fill() throws(CorpusError) {
        if end == buffer.count {
            if start > 0 {
                buffer.withUnsafeMutableBytes { bytes in
                    guard let base = bytes.baseAddress else { return }
                    _ = memmove(base, base + start, end - start)
                }
                (start, end, searched) = (0, end - start, searched - start)
            } else {
                buffer.append(contentsOf: repeatElement(0, count: buffer.count))
            }
        }
        let isFirst = lineNumber == 0 && start == 0
        let count = try bytes.read(into: &buffer, from: end)
        end += count
        isExhausted = count == 0
        if isFirst, end >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF {
            (start, searched) = (3, max(searched, 3))
        }
    }

    private mutating func take(upTo lineEnd: Int, skipping terminator: Int) throws(CorpusError) -> String {
        var contentEnd = lineEnd
        if contentEnd > start, buffer[contentEnd - 1] == 0x0D { contentEnd -= 1 }
        let line = start..<contentEnd
        start = lineEnd + terminator
        searched = start
        lineNumber += 1
        guard line.count <= maximumLineBytes else { throw tooLong() }
        return try UTF8Text.decode(buffer[line], invalid: invalidUTF8, file: name, line: lineNumber)
    }

    /// Drops the rest of a line that is over the limit, without keeping it in memory, then throws.
    private mutating func discardLine() throws(CorpusError) {
        repeat {
            (start, end, searched) = (0, 0, 0)
            end = try bytes.read(into: &buffer, from: 0)
            isExhausted = end == 0
            if let lineEnd = findLineEnd() {
                start = lineEnd + 1
                searched = start
                break
            }
        } while !isExhausted
        lineNumber += 1
        throw tooLong()
    }

    private func tooLong() -> CorpusError {
        CorpusError(
            file: name, line: lineNumber, message: "the line is longer than the limit of \(maximumLineBytes) bytes",
            remedy: "break it up into shorter lines", kind: .badData)
    }
}
