import CCompression
import Glibc

/// The bytes of a file or of standard input, decompressed when their first bytes say gzip or xz.
package struct ByteStream: ~Copyable {
    /// How errors name the source: the path as given, or "standard input".
    package let name: String
    private let descriptor: Int32
    private let decompressor: (any Decompressor)?
    /// Bytes read from the descriptor and not yet handed on: the first piece of a plain file, or compressed input.
    private var pending: [UInt8]
    private var pendingStart = 0
    private var sourceIsExhausted = false
    private var isAtEnd = false

    /// Bytes asked of the system at once.
    private static let pieceSize = 256 << 10

    /// Opens `path`, "-" being standard input; the bytes are left as they are where `decompresses` is false.
    ///
    /// Throws when there is no such file, it is a directory, may not be read, or is compressed in a way not read here.
    package init(path: String, decompresses: Bool = true) throws(CorpusError) {
        let name = Self.name(of: path)
        let descriptor = path == "-" ? STDIN_FILENO : try Self.open(path)
        let pending: [UInt8]
        let decompressor: (any Decompressor)?
        do {
            pending = try Self.firstPiece(descriptor, name: name)
            decompressor = decompresses ? try Self.decompressor(for: pending, name: name) : nil
        } catch {
            if descriptor != STDIN_FILENO { close(descriptor) }
            throw error
        }
        self.name = name
        self.descriptor = descriptor
        self.pending = pending
        self.decompressor = decompressor
    }

    /// How errors name `path`, "-" being standard input.
    package static func name(of path: String) -> String { path == "-" ? "standard input" : path }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    /// Reads the next bytes into `buffer` from index `start` on and returns how many; 0 = the end.
    ///
    /// Returns what is there (a pipe's or terminal's line) without waiting to fill the buffer. `start` <
    /// `buffer.count`.
    package mutating func read(into buffer: inout [UInt8], from start: Int) throws(CorpusError) -> Int {
        precondition(start < buffer.count, "no room: start \(start), buffer \(buffer.count) bytes")
        guard let decompressor else { return try readPlain(into: &buffer, from: start) }
        while !isAtEnd {
            if pendingStart == pending.count, !sourceIsExhausted {
                if pending.count < Self.pieceSize { pending = Array(repeating: 0, count: Self.pieceSize) }
                let count = try Self.readSource(descriptor, into: &pending, from: 0, name: name)
                pending.removeLast(pending.count - count)
                pendingStart = 0
                sourceIsExhausted = count == 0
            }
            let step = try decode(decompressor, into: &buffer, from: start)
            pendingStart += step.consumed
            isAtEnd = step.isAtEnd
            if step.produced > 0 { return step.produced }
        }
        return 0
    }

    private mutating func readPlain(into buffer: inout [UInt8], from start: Int) throws(CorpusError) -> Int {
        guard pendingStart < pending.count else {
            return try Self.readSource(descriptor, into: &buffer, from: start, name: name)
        }
        let count = min(pending.count - pendingStart, buffer.count - start)
        buffer.replaceSubrange(start..<start + count, with: pending[pendingStart..<pendingStart + count])
        pendingStart += count
        if pendingStart == pending.count {
            pending = []
            pendingStart = 0
        }
        return count
    }

    private func decode(
        _ decompressor: any Decompressor, into buffer: inout [UInt8], from start: Int
    ) throws(CorpusError) -> DecompressionStep {
        let result = pending.withUnsafeBytes { input in
            buffer.withUnsafeMutableBytes { output in
                Result { () throws(DecompressionFailure) in
                    try decompressor.decode(
                        UnsafeRawBufferPointer(rebasing: input[pendingStart...]),
                        into: UnsafeMutableRawBufferPointer(rebasing: output[start...]),
                        inputIsComplete: sourceIsExhausted)
                }
            }
        }
        switch result {
        case .success(let step): return step
        case .failure(let failure):
            throw CorpusError(file: name, message: failure.message, remedy: failure.remedy, kind: .badData)
        }
    }
}

extension ByteStream {
    private static func open(_ path: String) throws(CorpusError) -> Int32 {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CorpusError(
                file: path, message: "cannot be opened (\(String(cString: strerror(errno))))",
                remedy: "check the path and its permissions", kind: .noInput)
        }
        return descriptor
    }

    /// The first bytes of the source, at least six unless it is shorter: enough for every magic number.
    private static func firstPiece(_ descriptor: Int32, name: String) throws(CorpusError) -> [UInt8] {
        var piece = [UInt8](repeating: 0, count: pieceSize)
        var count = 0
        while count < 6 {
            let added = try readSource(descriptor, into: &piece, from: count, name: name)
            if added == 0 || piece[count..<count + added].contains(UInt8(ascii: "\n")) {
                count += added
                break
            }
            count += added
        }
        piece.removeLast(piece.count - count)
        return piece
    }

    private static func readSource(
        _ descriptor: Int32, into buffer: inout [UInt8], from start: Int, name: String
    ) throws(CorpusError) -> Int {
        while true {
            let count = buffer.withUnsafeMutableBytes { bytes in
                Glibc.read(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
            }
            if count >= 0 { return count }
            switch errno {
            case EINTR: continue
            case EISDIR:
                throw CorpusError(
                    file: name, message: "is a directory", remedy: "name the files inside it", kind: .noInput)
            default:
                throw CorpusError(
                    file: name, message: "could not be read (\(String(cString: strerror(errno))))",
                    remedy: "check the disk and try again", kind: .io)
            }
        }
    }

    /// The decoder that the first bytes call for; nil for plain data.
    private static func decompressor(for start: [UInt8], name: String) throws(CorpusError) -> (any Decompressor)? {
        do throws(DecompressionFailure) {
            if start.starts(with: [0x1F, 0x8B]) { return try GzipDecoder() }
            if start.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return try XZDecoder() }
        } catch {
            throw CorpusError(file: name, message: error.message, remedy: error.remedy, kind: .io)
        }
        let others: [(name: String, magic: [UInt8])] = [
            ("zstd", [0x28, 0xB5, 0x2F, 0xFD]), ("zip", [0x50, 0x4B, 0x03, 0x04]),
        ]
        if let other = others.first(where: { start.starts(with: $0.magic) }) {
            throw CorpusError(
                file: name, message: "is compressed with \(other.name)", remedy: "unpack it, or use .gz or .xz",
                kind: .badData)
        }
        return nil
    }
}
