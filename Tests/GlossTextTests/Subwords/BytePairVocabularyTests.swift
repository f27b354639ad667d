import Foundation
import GlossText
import Testing

struct BytePairVocabularyTests {
    @Test func frequentPairsMergeFirst() throws {
        var builder = BytePairBuilder()
        for _ in 0..<5 { builder.add("abab") }
        builder.add("ac")
        let vocabulary = try builder.build(size: 260, specials: ["<pad>", "<unk>"])
        #expect(vocabulary.merges.count == 2)
        #expect(vocabulary.bytes(of: 258) == Array("ab".utf8))
        #expect(vocabulary.bytes(of: 259) == Array("abab".utf8))
        #expect(vocabulary.encode("ababac") == [259, 2 + 97, 2 + 99])
    }

    @Test(arguments: [
        "", "don't\u{0} \u{1F469}\u{200D}\u{1F680}  x\r\n\r\n\t12345 ...\u{3000}\u{65E5}\u{672C}", " ", "\n",
    ])
    func encodingLosesNothing(text: String) throws {
        var builder = BytePairBuilder()
        builder.add("the cat sat on the mat. The cats don't sit 12345 日本 日本")
        let vocabulary = try builder.build(size: 300)
        #expect(vocabulary.decode(vocabulary.encode(text)) == Array(text.utf8))
    }

    /// Counting all pairs anew before each merge: the definition.
    @Test func learningGivesTheDefinedMerges() throws {
        let words = ["aaaaa", "abab", "banana", "bandana", "cabana", "aab", "baab", "nana", "annab", "ba"]
        var pieces = words.enumerated().map { index, word in
            (symbols: word.utf8.map { Int32($0) }, count: index % 3 + 1)
        }
        var builder = BytePairBuilder()
        for (index, word) in words.enumerated() { for _ in 0...index % 3 { builder.add(word) } }
        var spellings = (UInt8.min...UInt8.max).map { [$0] }
        var expected: [BytePairVocabulary.Merge] = []
        while true {
            var counts: [[Int32]: Int] = [:]
            for piece in pieces {
                for pair in zip(piece.symbols, piece.symbols.dropFirst()) {
                    counts[[pair.0, pair.1], default: 0] += piece.count
                }
            }
            let candidates = counts.filter { pair, count in
                count > 1 && !spellings.contains(spellings[Int(pair[0])] + spellings[Int(pair[1])])
            }
            guard let best = candidates.min(by: { ($1.value, $0.key[0], $0.key[1]) < ($0.value, $1.key[0], $1.key[1]) })
            else { break }
            let symbol = Int32(spellings.count)
            spellings.append(spellings[Int(best.key[0])] + spellings[Int(best.key[1])])
            expected.append(.init(left: best.key[0], right: best.key[1]))
            for index in pieces.indices {
                var place = 0
                while place + 1 < pieces[index].symbols.count {
                    if pieces[index].symbols[place...place + 1].elementsEqual(best.key) {
                        pieces[index].symbols.replaceSubrange(place...place + 1, with: [symbol])
                    }
                    place += 1
                }
            }
        }
        #expect(expected.count > 10)
        #expect(try builder.build(size: 1000, specials: []).merges == expected)
    }

    @Test func aVocabularyWithoutAPatternReadsAsTheFirstOnesDid() throws {
        let old = Data(#"{"specials":["<eos>"],"merges":[98,98]}"#.utf8)
        let vocabulary = try JSONDecoder().decode(BytePairVocabulary.self, from: old)
        #expect(vocabulary.pattern == .gloss1)
        #expect(vocabulary.encode("aa'x") == [257, 1 + 39, 1 + 120])
        let again = try JSONDecoder().decode(BytePairVocabulary.self, from: JSONEncoder().encode(vocabulary))
        #expect(again == vocabulary)
    }
}
