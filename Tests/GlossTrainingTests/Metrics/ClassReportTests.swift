import GlossPipeline
import GlossTraining
import Testing

@Suite struct ClassReportTests {
    @Test func classesAndWhatTheyAreTakenFor() {
        let report = ClassReport(
            column: "upos", gold: ["N", "N", "N", "V", "V", "A"], predicted: ["N", "V", "V", "V", "N", "X"])
        #expect(report.column == "upos")
        #expect(report.rows.map(\.name) == ["N", "V", "A", "X"])
        #expect(report.rows[0].matches == MatchCounts(correct: 1, gold: 3, predicted: 2))
        #expect(report.rows[1].matches == MatchCounts(correct: 1, gold: 2, predicted: 3))
        #expect(report.rows[2].matches == MatchCounts(correct: 0, gold: 1, predicted: 0))
        #expect(report.rows[3].matches == MatchCounts(correct: 0, gold: 0, predicted: 1))
        #expect(report.confusions.map { "\($0.gold) \($0.predicted) \($0.count)" } == ["N V 2", "A X 1", "V N 1"])
    }

    @Test func nothingMeasured() {
        let report = ClassReport(column: "label", gold: [], predicted: [])
        #expect(report.rows.isEmpty && report.confusions.isEmpty)
    }

    /// A column may hold a tag a word: every pair of them would be more than memory has.
    @Test func manyClassesTakeTheRoomOfWhatOccurs() {
        let names = (0..<50_000).map(String.init)
        let report = ClassReport(column: "lemma", gold: names, predicted: names.dropFirst() + ["0"])
        #expect(report.rows.count == 50_000 && report.confusions.count == 50_000)
        #expect(report.rows.allSatisfy { $0.matches == MatchCounts(correct: 0, gold: 1, predicted: 1) })
    }

    @Test func spansByType() {
        let set = TagSet(name: "ner", tags: ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"])
        let gold = TaggedSentence(
            tokens: ["a", "b", "c"], tags: ["ner": ["B-PER", "I-PER", "B-LOC"], "upos": ["X", "X", "X"]], line: 1)
        let predicted = [(set: set, tags: ["B-PER", "O", "B-LOC"])]
        let reports = TaggerTraining.classes([gold], [predicted])
        #expect(reports.map(\.column) == ["ner"])
        #expect(reports[0].rows.map(\.name) == ["LOC", "PER"])
        #expect(reports[0].rows[0].matches == MatchCounts(correct: 1, gold: 1, predicted: 1))
        #expect(reports[0].rows[1].matches == MatchCounts(correct: 0, gold: 1, predicted: 1))
        #expect(reports[0].confusions.isEmpty)
    }

    @Test func severalLabelsOfATextAreCountedEach() {
        let report = ClassificationMetrics.classes(
            logits: [[1, -1, 1], [-1, -1, -1]], targets: [[0], [2]], names: ["a", "b", "c"], multiLabel: true)
        #expect(report.rows.map(\.name) == ["a", "c"])
        #expect(report.rows[0].matches == MatchCounts(correct: 1, gold: 1, predicted: 1))
        #expect(report.rows[1].matches == MatchCounts(correct: 0, gold: 1, predicted: 1))
    }
}
