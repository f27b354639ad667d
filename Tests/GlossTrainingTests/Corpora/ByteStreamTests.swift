import GlossTraining
import Testing

@Suite struct ByteStreamTests {
    private func lines(_ bytes: [UInt8]) throws -> [String] {
        let file = try TemporaryFile(bytes)
        var reader = try LineReader(path: file.path)
        var result: [String] = []
        while let line = try reader.next() { result.append(line) }
        return result
    }

    private func failure(_ bytes: [UInt8]) -> CorpusError? {
        #expect(throws: CorpusError.self) { try lines(bytes) }
    }

    @Test(arguments: [CompressedSamples.gzip, CompressedSamples.xz])
    func compressedFilesAreKnownByTheirFirstBytes(bytes: [UInt8]) throws {
        #expect(try lines(bytes) == ["one", "two"])
    }

    @Test(arguments: [CompressedSamples.gzip, CompressedSamples.xz])
    func oneFileMayHoldSeveralStreams(bytes: [UInt8]) throws {
        #expect(try lines(bytes + bytes + bytes) == ["one", "two", "one", "two", "one", "two"])
    }

    @Test func zerosMayFollowTheLastStream() throws {
        #expect(try lines(CompressedSamples.gzip + Array(repeating: 0, count: 300_000)) == ["one", "two"])
        #expect(try lines(CompressedSamples.xz + Array(repeating: 0, count: 400)) == ["one", "two"])
    }

    @Test func morePiecesThanOne() throws {
        // 1.2 MB of gzip members: their edges fall anywhere in the pieces read.
        let members = Array(repeatElement(CompressedSamples.gzip, count: 40_000).joined())
        let fromGzip = try lines(members)
        #expect(fromGzip.count == 80_000)
        #expect(Set(fromGzip) == ["one", "two"])
        let fromXZ = try lines(CompressedSamples.longXZ)
        #expect(fromXZ.count == 200_000)
        #expect(Set(fromXZ) == ["line"])
    }

    @Test(arguments: 7..<CompressedSamples.gzip.count)
    func gzipCutOffAnywhereIsAnError(length: Int) {
        let error = failure(Array(CompressedSamples.gzip.prefix(length)))
        #expect(error?.message == "the gzip data is cut off")
        #expect(error?.kind == .badData)
        #expect(error?.line == nil)
        // Also behind a complete member.
        #expect(failure(CompressedSamples.gzip + CompressedSamples.gzip.prefix(length))?.kind == .badData)
    }

    @Test(arguments: 7..<CompressedSamples.xz.count)
    func xzCutOffAnywhereIsAnError(length: Int) {
        let error = failure(Array(CompressedSamples.xz.prefix(length)))
        #expect(error?.message == "the xz data is cut off")
        #expect(error?.kind == .badData)
    }

    @Test(arguments: [CompressedSamples.gzip, CompressedSamples.xz])
    func damageIsAnError(bytes: [UInt8]) {
        for index in bytes.indices.suffix(12) {
            var damaged = bytes
            damaged[index] ^= 0x55
            #expect(failure(damaged)?.kind == .badData, "byte \(index)")
        }
        #expect(failure(bytes + Array("something else".utf8))?.message.contains("damaged") == true)
    }

    @Test func otherCompressionsAreNamed() {
        #expect(failure([0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0])?.message == "is compressed with zstd")
        #expect(failure([0x50, 0x4B, 0x03, 0x04, 0, 0, 0])?.message == "is compressed with zip")
    }

    @Test func bytesAreLeftAsTheyAreOnRequest() throws {
        let file = try TemporaryFile(CompressedSamples.gzip)
        var stream = try ByteStream(path: file.path, decompresses: false)
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = try stream.read(into: &buffer, from: 3)
        #expect(Array(buffer[3..<3 + count]) == CompressedSamples.gzip)
    }
}
