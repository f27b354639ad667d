import GlossNN
import GlossPipeline
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Tags of a document's sentences in sight of each other: scores stand here in the place of a network.
struct DocumentTests {
    private let consistency: Float = 3

    private func head(crf: Bool, consistency: Float? = nil) throws -> TaggingHead {
        var head = try TinyModels.tagger(crf: crf, consistency: consistency ?? self.consistency).network.head
        var random = RandomSource(seed: 8)
        head.forEachParameter("") { path, parameter in
            guard path.hasPrefix("fields") else { return }
            for index in 0..<parameter.value.count { parameter.value[index] = random.uniform() - 0.5 }
        }
        return head
    }

    /// Scores of one sentence's words: how much each of the five span tags is favoured, where it is, over 0.
    private func scores(_ head: TaggingHead, _ favoured: [[Int: Float]]) -> [Tensor] {
        [
            Tensor(zeros: [favoured.count, head.tagSets[0].tags.count]),
            Tensor([favoured.count, 5], favoured.flatMap { tags in (0..<5).map { tags[$0] ?? 0 } }),
        ]
    }

    private func answer(_ head: TaggingHead, _ favoured: [[Int: Float]]) -> SentenceAnswer {
        head.answers(scores(head, favoured).map { Variable($0) }, SequenceLayout(lengths: [favoured.count]))[0]
    }

    private func tags(_ head: TaggingHead, _ steps: [TagAnswer]) -> [String] {
        steps.map { head.tagSets[1].tags[Int($0.tag)] }
    }

    /// O, B-PER, I-PER, B-LOC, I-LOC
    private let sure: [[Int: Float]] = [[0: 9], [3: 9], [4: 9], [0: 9]]
    private let missed: [[Int: Float]] = [[0: 2, 3: 1], [0: 2, 4: 1]]
    private let words = [["in", "New", "York", "."], ["NEW", "YORK"]]

    @Test(arguments: [false, true]) func wordsAreWhatTheyAreElsewhere(crf: Bool) throws {
        let head = try head(crf: crf)
        let document = [answer(head, sure), answer(head, missed)]
        #expect(tags(head, document[1].columns[1]) == ["O", "O"])
        let settled = head.settled(document, words: words)
        #expect(tags(head, settled[1][1]) == ["B-LOC", "I-LOC"])
        #expect(settled[0] == document[0].columns && settled[1][0] == document[1].columns[0])
        // By the definition: the tags of the scores to which the votes were added.
        let vote = consistency * log1p(document[0].columns[1][1].span)
        let raised = answer(head, [[0: 2, 3: 1 + vote], [0: 2, 4: 1 + vote]])
        #expect(settled[1][1].map(\.tag) == raised.columns[1].map(\.tag))
        for (found, wanted) in zip(settled[1][1], raised.columns[1]) {
            #expect(abs(found.probability - wanted.probability) < 1e-5 && abs(found.span - wanted.span) < 1e-5)
        }
    }

    @Test(arguments: [false, true]) func theMostLikelyTypeOfADocumentWins(crf: Bool) throws {
        let head = try head(crf: crf)
        let other = answer(head, [[1: 2, 3: 1]])
        let document = [answer(head, [[3: 9]]), other, answer(head, [[3: 9]])]
        #expect(tags(head, other.columns[1]) == ["B-PER"])
        let settled = head.settled(document, words: [["Miramar"], ["Miramar"], ["Miramar"]])
        #expect(settled.map { tags(head, $0[1]) } == [["B-LOC"], ["B-LOC"], ["B-LOC"]])
    }

    @Test func farSentencesOtherWordsAndASentenceItselfHaveNoSay() throws {
        let head = try head(crf: true)
        #expect(head.reach == 20)
        func last(_ count: Int, _ words: [String]) -> [TagAnswer] {
            let filler = answer(head, [[0: 9]])
            let document = [answer(head, sure)] + Array(repeating: filler, count: count) + [answer(head, missed)]
            let all = [["in", "New", "York", "."]] + Array(repeating: ["well"], count: count) + [words]
            return head.settled(document, words: all)[count + 1][1]
        }
        let alone = answer(head, missed).columns[1]
        #expect(tags(head, last(19, ["New", "York"])) == ["B-LOC", "I-LOC"])
        #expect(last(20, ["New", "York"]) == alone)
        #expect(last(3, ["new", "york"]) == alone)
        #expect(last(3, ["New", "Yorker"]) == alone)
        let twice = answer(head, sure + missed)
        #expect(
            head.settled([twice, answer(head, [[0: 9]])], words: [words[0] + words[1], ["Hm"]])[0] == twice.columns)
    }

    @Test func aSentenceIsDecidedByItselfUnlessToldOtherwise() throws {
        let head = try head(crf: true, consistency: 0)
        let document = [answer(head, sure), answer(head, missed)]
        #expect(head.reach == 0)
        #expect(head.settled(document, words: words) == document.map(\.columns))
    }

    /// A long document that is read in parts, each with what its sentences depend on, has the tags of the whole.
    @Test(arguments: [false, true]) func partsHaveTheTagsOfTheWhole(crf: Bool) throws {
        let head = try head(crf: crf)
        var random = RandomSource(seed: 2)
        let words = (0..<90).map { [["Ada", "Bo", "Cleo", "Dora", "Emil"][$0 * $0 % 11 % 5], "slept"] }
        let document = words.map { _ in
            answer(head, [[0: 4 * random.uniform(), 1: 5 * random.uniform(), 3: 5 * random.uniform()], [0: 9]])
        }
        let whole = head.settled(document, words: words)
        #expect(zip(whole, document).count { tags(head, $0[1]) != tags(head, $1.columns[1]) } > 9)
        for start in stride(from: 0, to: document.count, by: 30) {
            let seen = (start - head.reach..<start + 30 + head.reach).clamped(to: document.indices)
            let part = head.settled(Array(document[seen]), words: Array(words[seen]))
            #expect(part[start - seen.lowerBound..<start - seen.lowerBound + 30] == whole[start..<start + 30])
        }
    }
}
