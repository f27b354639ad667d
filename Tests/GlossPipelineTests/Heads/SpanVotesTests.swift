import GlossPipeline
import Testing

struct SpanVotesTests {
    private func span(_ range: Range<Int>, _ type: String, _ probability: Float = 1) -> FoundSpan {
        FoundSpan(range: range, type: type, probability: probability)
    }

    private func places(_ votes: SpanVotes, _ text: String, _ spans: [FoundSpan] = []) -> [SpanVotes.Place] {
        votes.places(in: keys(text), spans)
    }

    private func keys(_ text: String) -> [String] { text.split(separator: " ").map { SpanVotes.key(String($0)) } }

    @Test func theSameWordsAreFoundInAnyCapitals() {
        var votes = SpanVotes()
        votes.add([span(1..<3, "LOC", 0.75)], of: keys("in New York"))
        let found = [SpanVotes.Place(range: 2..<4, votes: ["LOC": 0.75])]
        #expect(places(votes, "we love New York !") == found)
        #expect(places(votes, "WE LOVE NEW YORK !") == found)
        #expect(places(votes, "a brand new york").isEmpty, "small letters are another word")
        #expect(places(votes, "a New start in York").isEmpty)
        #expect(places(votes, "so New").isEmpty)
    }

    @Test func theProbabilitiesOfATypeAddUp() {
        var votes = SpanVotes()
        votes.add([span(0..<1, "LOC", 0.75), span(2..<3, "PER", 0.875)], of: keys("Paris and Paris"))
        votes.add([span(0..<1, "LOC", 0.625)], of: keys("PARIS"))
        votes.add([span(0..<1, "ORG", 0.5)], of: keys("Paris"))
        #expect(
            places(votes, "Paris") == [SpanVotes.Place(range: 0..<1, votes: ["LOC": 1.375, "PER": 0.875])],
            "a span that is as likely not there has no vote")
    }

    @Test func theLongestWordsCountFromTheLeftAndASpanOnlyAsAWhole() {
        var votes = SpanVotes()
        votes.add([span(0..<2, "LOC"), span(3..<6, "ORG")], of: keys("New York . New York Times"))
        votes.add([span(0..<1, "PER")], of: keys("York"))
        #expect(places(votes, "New York Times and York").map(\.range) == [0..<3, 4..<5])
        #expect(places(votes, "New York and Times").map(\.range) == [0..<2])
        // What is a span already is not taken apart, and nothing runs into it.
        #expect(places(votes, "New York Times", [span(1..<3, "ORG")]).isEmpty)
        #expect(places(votes, "New York Times", [span(0..<2, "PER")]) == [.init(range: 0..<2, votes: ["LOC": 1])])
        #expect(places(votes, "York York", [span(0..<1, "LOC")]).map(\.range) == [0..<1, 1..<2])
    }

    @Test func aLongSpanHasNoVote() {
        var votes = SpanVotes()
        let words = keys((0...SpanVotes.longest).map { "W\($0)" }.joined(separator: " "))
        votes.add([span(0..<words.count, "ORG")], of: words)
        #expect(votes.places(in: words, []).isEmpty)
        votes.add([span(0..<words.count - 1, "ORG")], of: words)
        #expect(votes.places(in: words, []).map(\.range) == [0..<SpanVotes.longest])
    }

    @Test func whatIsTakenOutLeavesNoTrace() {
        var votes = SpanVotes()
        let kept = [span(0..<1, "LOC", 0.7), span(1..<3, "PER", 0.6)], words = keys("Rome Anna Berg")
        votes.add(kept, of: words)
        let before = places(votes, "Rome Anna Berg")
        for _ in 1...1000 {
            let passing = [span(0..<1, "LOC", .random(in: 0.5...1)), span(1..<2, "PER", .random(in: 0.5...1))]
            votes.add(passing, of: keys("Rome Anna"))
            #expect(places(votes, "Rome Anna Berg") != before)
            votes.remove(passing, of: keys("Rome Anna"))
        }
        #expect(places(votes, "Rome Anna Berg") == before)
        votes.remove(kept, of: words)
        #expect(places(votes, "Rome Anna Berg Anna").isEmpty)
    }
}
