import Foundation
import GlossTestSupport
import GlossText
import Testing

struct SubwordBuilderTests {
    private static let lines: [String] = {
        let text = try? String(contentsOfFile: PackageFiles.path("corpora/prose/train.txt"), encoding: .utf8)
        return (text ?? "").split(separator: "\n").map(String.init)
    }()

    private static func vocabulary(_ kind: SubwordVocabulary.Kind, size: Int, threads: Int = 1) throws
        -> SubwordVocabulary
    {
        var builder = SubwordBuilder(kind)
        for line in lines { builder.add(line) }
        return try builder.build(size: size, threads: threads)
    }

    @Test(arguments: [SubwordVocabulary.Kind.characterPairs, .unigram]) func textIsShorterAndComesBack(
        kind: SubwordVocabulary.Kind
    ) throws {
        let vocabulary = try Self.vocabulary(kind, size: 700)
        #expect(vocabulary.kind == kind)
        #expect(vocabulary.count <= 700 && vocabulary.count > 600)
        var encoder = SubwordEncoder(vocabulary)
        var symbols = 0
        for line in Self.lines {
            let ids = encoder.encode(line)
            symbols += ids.count
            #expect(vocabulary.decode(ids) == Array(line.utf8))
        }
        let characters = Self.lines.reduce(0) { $0 + $1.count }
        #expect(symbols * 2 < characters, "\(symbols) symbols for \(characters) characters")
        for text in [
            "", " ", "  two  spaces ", "\n\t\u{0}", "\u{65E5}\u{672C}\u{1F469}\u{200D}\u{1F680} e\u{301}", "<pad>",
            "<0x4",
        ] {
            let ids = vocabulary.encode(text)
            if text != "<pad>" { #expect(vocabulary.decode(ids) == Array(text.utf8), "\(text.debugDescription)") }
        }
    }

    @Test(arguments: [2, 3, 9]) func unigramDoesNotDependOnThreads(threads: Int) throws {
        let one = try Self.vocabulary(.unigram, size: 500)
        #expect(try Self.vocabulary(.unigram, size: 500, threads: threads).tokenizerJSON() == one.tokenizerJSON())
    }

    /// The words of a text are worth a symbol, the parts of a word that never stand alone are not.
    @Test func unigramFindsTheWords() throws {
        var builder = SubwordBuilder(.unigram)
        for _ in 0..<50 {
            builder.add("gloss annotates every text that gloss reads and every text that annotates gloss")
        }
        let vocabulary = try builder.build(size: 258 + 40)
        let ids = vocabulary.encode("every text annotates gloss")
        #expect(ids.count == 4)
        #expect(ids.map { vocabulary.fileSpelling(of: $0) } == ["▁every", "▁text", "▁annotates", "▁gloss"])
    }

    @Test func limitsAreNamed() throws {
        var builder = SubwordBuilder(.unigram)
        #expect(throws: TextError.self) { try SubwordBuilder(.unigram).build(size: 1000) }
        builder.add("a few words")
        let error = #expect(throws: TextError.self) { try builder.build(size: 260) }
        #expect(error?.kind == .invalidLimit)
        #expect(throws: TextError.self) { try builder.build(size: 1000, specials: ["<pad>"]) }
        #expect(throws: TextError.self) { try builder.build(size: 1000, specials: ["<unk>", "<0x41>"]) }
        #expect(try builder.build(size: 1000).count < 1000)
    }
}
