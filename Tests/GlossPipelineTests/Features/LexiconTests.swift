import Foundation
import GlossPipeline
import GlossText
import Testing

@Suite struct LexiconTests {
    private func lexicon(_ symbols: [String], foldsWords: Bool, language: String) throws -> Lexicon {
        var builder = VocabularyBuilder()
        for symbol in symbols { builder.add(symbol) }
        return Lexicon(
            words: try builder.build(), characters: nil, foldsWords: foldsWords, language: language)
    }

    @Test(arguments: [
        (true, "en", "Ilık İzmir", "ilık i̇zmir"), (true, "tr", "Ilık İzmir", "ılık izmir"),
        (true, "az-Latn", "Ilık", "ılık"), (false, "tr", "Ilık İzmir", "Ilık İzmir"),
    ])
    func wordsAreFoldedAsTheirLanguageDoes(folds: Bool, language: String, word: String, key: String) throws {
        let lexicon = try lexicon([key], foldsWords: folds, language: language)
        #expect(lexicon.key(word) == key)
        #expect(lexicon.sequence([word]).ids == [lexicon.words.id(of: key)])
        let read = try JSONDecoder().decode(Lexicon.self, from: JSONEncoder().encode(lexicon))
        #expect(read == lexicon && read.key(word) == key)
    }

    @Test func aLexiconWithoutALanguageFoldsAsInEnglish() throws {
        let lexicon = try lexicon(["ilık"], foldsWords: true, language: "tr")
        var fields = try #require(
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(lexicon)) as? [String: Any])
        #expect(fields.removeValue(forKey: "language") as? String == "tr")
        let read = try JSONDecoder().decode(Lexicon.self, from: JSONSerialization.data(withJSONObject: fields))
        #expect(read.language == "en" && read.key("Ilık") == "ilık")
    }
}
