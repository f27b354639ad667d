import Foundation
import Testing

/// `gloss vocabulary`.
@Suite struct VocabularyTests {
    private let prose = Command.file("corpora/prose/train.txt")

    @Test func wordsAreCounted() throws {
        let text = "b a b\nc, b a\n"
        let result = try Command.run(["vocabulary", "build"], input: text)
        #expect(
            result.output == "symbol\tcount\n<pad>\t0\tspecial\n<unk>\t0\tspecial\nb\t3\na\t2\n,\t1\nc\t1\n")
        let cut = try Command.run(["vocabulary", "build", "--min-count", "2", "--size", "3"], input: text)
        #expect(cut.lines.last == "b\t3")
        #expect(cut.lines.count == 4)
        let characters = try Command.run(["vocabulary", "build", "--kind", "character"], input: "ab\u{301}\n")
        #expect(
            Array(characters.output.utf8).suffix(13).elementsEqual("b\t1\n\u{301}\t1\n".utf8)
                || characters.lines.count == 6)
        let whole = try Command.run(
            ["vocabulary", "build", "--tokenizer", "whitespace", "--fold-case"], input: "A, a,\n")
        #expect(whole.lines.last == "a,\t2")
    }

    @Test func bytePairsAreLearned() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("pairs.json")
        let result = try Command.run(["vocabulary", "build", "--kind", "bpe", "--size", "300", "-o", file, prose])
        #expect(result.status == 0)
        #expect(result.output.isEmpty)
        let shown = try Command.run(["vocabulary", "show", "--limit", "1", file])
        #expect(shown.lines.first == "300 byte pairs, 2 of them special: <pad> <unk>")
        let export = try Command.run(["vocabulary", "export", file])
        #expect(export.status == 65)
        #expect(try Command.run(["vocabulary", "build", "--kind", "bpe"], input: "x").status == 64)
        #expect(try Command.run(["vocabulary", "build", "--kind", "bpe", "--size", "20"], input: "x").status == 65)
    }

    @Test func whatIsExportedIsImported() throws {
        let folder = try TemporaryFolder()
        let table = try Command.run(["vocabulary", "build", "--min-count", "3", prose])
        let file = try folder.write("words.tsv", table.output)
        let list = try Command.run(["vocabulary", "export", file])
        #expect(list.lines.prefix(2) == ["<pad>", "<unk>"])
        #expect(list.lines.count == table.lines.count - 1)
        let back = try Command.run(["vocabulary", "import"], input: list.output)
        #expect(back.errors.isEmpty)
        let symbols = { (lines: [String]) in lines.map { $0.split(separator: "\t").first.map(String.init) } }
        #expect(symbols(back.lines) == symbols(table.lines))
        let foreign = try Command.run(["vocabulary", "import"], input: "[PAD]\n[UNK]\n[CLS]\nthe\n[x]\n")
        #expect(
            foreign.lines.dropFirst() == [
                "<pad>\t0\tspecial", "<unk>\t0\tspecial", "[CLS]\t0\tspecial", "the\t0", "[x]\t0",
            ])
    }

    @Test func aModelsOwnVocabularyIsShown() throws {
        let store = try Trained.models.get().store
        let result = try Command.run(["vocabulary", "show", "--model", "tagger"], store: store)
        #expect(result.status == 0)
        #expect(result.output.contains("\"the\""))
        #expect(
            try Command.run(["vocabulary", "show", "--model", "generator"], store: store).output.contains("byte pairs"))
    }

    @Test(arguments: [
        ("build", ""), ("build", " \n"), ("import", ""), ("import", "a\n\nb\n"), ("import", "a\na\n"),
        ("import", "<unk>\n"),
        ("show", ""), ("show", "a b c\n"), ("show", "{\"x\":1}"), ("show", "a\t1\na\t1\n"),
    ])
    func aVocabularyOfNothingOrNonsenseIsRefused(command: String, input: String) throws {
        let result = try Command.run(["vocabulary", command], input: input)
        #expect(result.status == 65)
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.output.isEmpty)
    }
}
