import GlossPipeline
import Testing

struct TaggerTests {
    private let document = "Dr. Smith went home. It was late!\n\nNobody called."

    @Test(arguments: [false, true]) func everyTokenHasATagInEveryColumn(crf: Bool) throws {
        let sentences = try TinyModels.tagger(crf: crf)([document])[0]
        #expect(sentences.count == 3)
        for sentence in sentences {
            #expect(sentence.columns.map(\.name) == ["upos", "tag"])
            for column in sentence.columns {
                #expect(column.tags.count == sentence.sentence.tokens.count)
                #expect(column.probabilities.allSatisfy { $0 > 0 && $0 <= 1.0001 })
                #expect(column.spans.count == (column.holdsSpans ? column.tags.count : 0))
                for (tag, sure) in zip(column.tags, column.spans) { #expect((sure > 0) == (tag != "O")) }
            }
        }
    }

    @Test(arguments: [false, true]) func spanTagsAreAlwaysWellFormed(crf: Bool) throws {
        let tagger = try TinyModels.tagger(crf: crf)
        for sentences in try tagger(TinyModels.texts) {
            for sentence in sentences {
                var previous: String?
                for tag in sentence.columns[1].tags {
                    #expect(SpanTags.allows(tag, after: previous), "\(tag) after \(previous ?? "start")")
                    previous = tag
                }
            }
        }
    }

    @Test(arguments: [false, true], [0, 5]) func documentsDoNotTouchEachOther(crf: Bool, consistency: Float) throws {
        let tagger = try TinyModels.tagger(crf: crf, consistency: consistency)
        let documents = TinyModels.texts + [document]
        let together = try tagger(documents, threads: 2)
        #expect(try tagger.prepared()(documents) == together)
        for (document, answer) in zip(documents, together) { #expect(try tagger([document]) == [answer]) }
    }

    @Test func noTextHasNoSentence() throws {
        #expect(try TinyModels.tagger(crf: false)(["", "  \n "]) == [[], []])
    }
}
