import GlossTraining
import Testing

@Suite struct CorpusErrorTests {
    @Test func theDescriptionIsOneLine() {
        let error = CorpusError(
            file: "a\nb", line: 3, message: "found \"x\u{1B}[31m\u{2028}\"", remedy: "mend it", kind: .badData)
        #expect(error.description == "a\\nb:3: found \"x\\u{1B}[31m\\u{2028}\"; mend it")
        #expect(CorpusError(file: "f", message: "m", remedy: "r", kind: .io).description == "f: m; r")
    }

    @Test func longValuesAreCut() {
        #expect(CorpusError.quoted("short") == "\"short\"")
        #expect(CorpusError.quoted("0123456789", limit: 4) == "\"0123…\"")
    }

    @Test func onlyBadDataWithALineConcernsOneLine() {
        #expect(CorpusError(file: "f", line: 1, message: "", remedy: "", kind: .badData).concernsOneLine)
        #expect(!CorpusError(file: "f", message: "", remedy: "", kind: .badData).concernsOneLine)
        #expect(!CorpusError(file: "f", line: 1, message: "", remedy: "", kind: .io).concernsOneLine)
    }
}
