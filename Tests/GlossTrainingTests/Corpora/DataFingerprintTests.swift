import GlossTraining
import Testing

@Suite struct DataFingerprintTests {
    @Test(arguments: [
        // sha256sum (GNU coreutils 9.1) of the same bytes.
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func knownDigests(text: String, digest: String) throws {
        let file = try TemporaryFile(text)
        let fingerprint = try DataFingerprint(path: file.path)
        #expect(fingerprint.sha256 == digest)
        #expect(fingerprint.byteCount == text.utf8.count)
    }

    @Test func aFileLongerThanTheBuffer() throws {
        // head -c 3000000 /dev/zero | tr '\0' a | sha256sum
        let file = try TemporaryFile(repeatElement(UInt8(ascii: "a"), count: 3_000_000))
        let fingerprint = try DataFingerprint(path: file.path)
        #expect(fingerprint.sha256 == "2a152c894398719c0570f83fac34ac03a0f6e8e474b995c2403aa5434f7b9dd4")
        #expect(fingerprint.byteCount == 3_000_000)
    }

    @Test func compressedFilesAreTakenAsTheyLie() throws {
        // printf '\037\213abc' | sha256sum: the first bytes say gzip, the rest is none.
        let file = try TemporaryFile([0x1F, 0x8B, 0x61, 0x62, 0x63])
        #expect(
            try DataFingerprint(path: file.path).sha256
                == "49d07e32b9cecb2ae7f8c77f8d75b400d00a9d671f74e13455c0a8cbb9d627a6")
    }

    @Test func aMissingFileIsNoInput() {
        let error = #expect(throws: CorpusError.self) { try DataFingerprint(path: "/nonexistent/file") }
        #expect(error?.kind == .noInput)
    }
}
