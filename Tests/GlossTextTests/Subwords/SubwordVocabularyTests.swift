import Foundation
import GlossText
import Testing

struct SubwordVocabularyTests {
    @Test(arguments: PinnedVocabularies.all.indices) func idsAreThoseOfTheLibrary(index: Int) throws {
        let pinned = PinnedVocabularies.all[index]
        let vocabulary = try SubwordVocabulary(tokenizerJSON: pinned.json)
        var encoder = SubwordEncoder(vocabulary)
        for _ in 0..<2 {
            for (line, ids) in zip(PinnedVocabularies.lines, pinned.ids) {
                #expect(encoder.encode(line) == ids, "\(pinned.name): \(line.debugDescription)")
            }
        }
    }

    @Test(arguments: PinnedVocabularies.all.indices) func whatIsWrittenIsTheSameVocabulary(index: Int) throws {
        let pinned = PinnedVocabularies.all[index]
        let vocabulary = try SubwordVocabulary(tokenizerJSON: pinned.json)
        let text = try vocabulary.tokenizerJSON()
        let again = try JSONDecoder().decode(SubwordVocabulary.self, from: JSONEncoder().encode(vocabulary))
        #expect(try again.tokenizerJSON() == text)
        #expect(again.specials.prefix(3) == ["<unk>", "<s>", "</s>"])
        #expect(again.id(ofSpecial: "<mask>") == vocabulary.id(ofSpecial: "<mask>"))
        #expect(zip(PinnedVocabularies.lines, pinned.ids).allSatisfy { again.encode($0) == $1 })
    }

    @Test(arguments: [0, 2]) func bytesAndBytesOfCharactersAreDecodedWithoutLoss(index: Int) throws {
        let vocabulary = try SubwordVocabulary(tokenizerJSON: PinnedVocabularies.all[index].json)
        for line in PinnedVocabularies.lines where !line.contains("<") && !line.contains("\u{2581}") {
            // A vocabulary that adds a space only where none is cannot tell " a" from "a".
            guard index == 0 || !line.hasPrefix(" ") else { continue }
            #expect(vocabulary.decode(vocabulary.encode(line)) == Array(line.utf8), "\(line.debugDescription)")
        }
    }

    @Test func aVocabularyOfOursIsTheSameInTheOtherForm() throws {
        var builder = BytePairBuilder()
        builder.add("the cat's hat, the cats' hats and that hat: 12345 caf\u{E9}s")
        let pairs = try builder.build(size: 290)
        let subwords = try SubwordVocabulary(tokenizerJSON: SubwordVocabulary(pairs).tokenizerJSON())
        #expect(subwords.kind == .bytePairs)
        #expect(subwords.count == pairs.count)
        var encoder = SubwordEncoder(subwords, readsSpecials: false)
        for line in PinnedVocabularies.lines { #expect(encoder.encode(line) == pairs.encode(line)) }
        #expect(subwords.encode("a<unk>") == [pairs.encode("a")[0], 1])
    }

    @Test func thePatternOfTheFirstVocabulariesCannotBeWritten() throws {
        let pairs = try BytePairVocabulary(specials: [], merges: [], pattern: .gloss1)
        let subwords = try SubwordVocabulary(pairs)
        #expect(subwords.encode("a'b") == [97, 39, 98])
        #expect(throws: TextError.self) { try subwords.tokenizerJSON() }
    }

    /// A piece longer than 64 KiB is encoded in parts, in linear time.
    @Test func aVeryLongPieceIsEncoded() throws {
        for index in [0, 2, 4] {
            let vocabulary = try SubwordVocabulary(tokenizerJSON: PinnedVocabularies.all[index].json)
            let ids = vocabulary.encode(String(repeating: "cat\u{E9}", count: 60_000))
            #expect(ids.count > 60_000)
        }
    }

    @Test(arguments: [
        ("{}", "model"), (#"{"model":{"type":"WordPiece","vocab":{}}}"#, "WordPiece"),
        (#"{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}"#, "“b”"),
        (#"{"model":{"type":"BPE","vocab":{"a":0,"b":2},"merges":[]}}"#, "beyond 2"),
        (#"{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"dropout":0.1}}"#, "dropout"),
        (#"{"model":{"type":"BPE","vocab":{"a":0},"merges":["ab"]}}"#, "pair"),
        (#"{"model":{"type":"Unigram","vocab":[["a",0],["a",1]]}}"#, "two ids"),
        (#"{"model":{"type":"Unigram","unk_id":3,"vocab":[["a",0]]}}"#, "unk_id 3"),
        (#"{"model":{"type":"Unigram","vocab":[]}}"#, "no symbol"),
        (#"{"normalizer":{"type":"NFD"},"model":{"type":"Unigram","vocab":[["a",0]]}}"#, "NFD"),
        (#"{"normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"},"model":{"type":"BPE"}}"#, "damaged"),
        // Half of a character as a text.
        (
            #"{"normalizer":{"type":"Precompiled","precompiled_charsmap":"BAAAAAAAAADDAA=="},"model":{"type":"BPE"}}"#,
            "damaged"
        ),
        (
            #"{"pre_tokenizer":{"type":"Split","pattern":{"Regex":"x"},"behavior":"Isolated"},"model":{"type":"BPE"}}"#,
            "Split"
        ),
        (#"{"added_tokens":[{"content":"x"}],"model":{"type":"BPE"}}"#, "added token"),
    ])
    func whatIsNotKnownIsNamed(text: String, name: String) {
        let error = #expect(throws: TextError.self) { try SubwordVocabulary(tokenizerJSON: text) }
        #expect(error?.description.contains(name) == true, "\(String(describing: error))")
    }
}
