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
        let other = try folder.write("tokenizer.json", export.output)
        let text = "It was late, and the wind rose.\n\n  two  caf\u{E9}s\n"
        let ids = try Command.run(["vocabulary", "encode", file], input: text)
        #expect(ids.lines.count == 3 && ids.lines[1].isEmpty)
        #expect(try Command.run(["vocabulary", "encode", other], input: text).output == ids.output)
        #expect(try Command.run(["vocabulary", "decode", other], input: ids.output).output == text)
        #expect(try Command.run(["vocabulary", "build", "--kind", "bpe"], input: "x").status == 64)
        #expect(try Command.run(["vocabulary", "build", "--kind", "bpe", "--size", "20"], input: "x").status == 64)
    }

    @Test(arguments: ["bpe-characters", "unigram"]) func subwordsOfCharactersAreLearned(kind: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.file("tokenizer.json")
        let build = ["vocabulary", "build", "--kind", kind, "--size", "500"]
        #expect(try Command.run(build + ["-o", file, prose]).status == 0)
        #expect(
            try Command.run(build + ["--threads", "1", prose]).output == String(contentsOfFile: file, encoding: .utf8))
        let text = "It was late, and the wind rose.\n  two  caf\u{E9}s \u{65E5}\n"
        let ids = try Command.run(["vocabulary", "encode", file], input: text)
        #expect(try Command.run(["vocabulary", "decode", file], input: ids.output).output == text)
        let symbols = try Command.run(["vocabulary", "encode", "--symbols", file], input: "It was late\n")
        #expect(symbols.lines.first?.hasPrefix("▁It ▁was ") == true)
        #expect(
            try Command.run(["vocabulary", "show", file]).lines.first?.hasSuffix("2 of them special: <pad> <unk>")
                == true)
        let same = try Command.run(["vocabulary", "import", file])
        #expect(same.output == (try String(contentsOfFile: file, encoding: .utf8)))
        #expect(try Command.run(["vocabulary", "decode", file], input: "1 500\n").status == 65)
        #expect(try Command.run(["vocabulary", "build", "--kind", kind], input: "x").status == 64)
    }

    @Test func aVocabularyIsMeasured() throws {
        let folder = try TemporaryFolder()
        let file = folder.file("pairs.json")
        #expect(
            try Command.run(["vocabulary", "build", "--kind", "bpe", "--size", "300", "-o", file, prose]).status == 0)
        let figures = try Command.run(["vocabulary", "measure", "--passes", "2", file, prose])
        #expect(
            figures.lines.map { $0.split(separator: "\t").first } == [
                "bytes", "bytes_per_symbol", "lines", "megabytes_per_second", "seconds", "symbols",
            ])
        #expect(try Command.run(["vocabulary", "measure", "--json", file, prose]).output.hasPrefix("{\"bytes\":"))
        let words = try folder.write("words.tsv", "a\t1\n")
        #expect(try Command.run(["vocabulary", "measure", words, prose]).status == 65)
    }

    @Test func vectorsAreExported() throws {
        let store = try Trained.models.get().store
        let result = try Command.run(["vocabulary", "export", "--vectors", "--model", "tagger"], store: store)
        #expect(result.status == 0)
        let size = result.lines.first?.split(separator: " ").compactMap { Int($0) } ?? []
        #expect(size.count == 2 && result.lines.count == size[0] + 1)
        #expect(result.lines.dropFirst().allSatisfy { $0.split(separator: " ").count == size[1] + 1 })
        #expect(try Command.run(["vocabulary", "export", "--vectors", "x.tsv"]).status == 64)
    }

    /// Bytes that are not UTF-8, one huge line, a word without an end: an error or an answer, and soon.
    @Test func badTextIsAnErrorOrAnswered() throws {
        let folder = try TemporaryFolder()
        for kind in ["bpe", "bpe-characters", "unigram"] {
            let build = ["vocabulary", "build", "--kind", kind, "--size", "300"]
            let broken = try Command.run(build, bytes: Data([0x61, 0xFF, 0x62, 0x0A]))
            #expect(broken.status == 65)
            #expect(broken.errors.contains("standard input:1: not UTF-8 at byte 2"))
            #expect(
                try Command.run(build + ["--invalid-utf8", "replace"], bytes: Data([0x61, 0xFF, 0x62, 0x0A])).status
                    == 0)
            #expect(try Command.run(build, input: "").status == 65)
            #expect(try Command.run(build, input: "\n").status == (kind == "bpe" ? 0 : 65))
            let file = folder.file(kind)
            #expect(try Command.run(build + ["-o", file], input: String(repeating: "abc", count: 700_000)).status == 0)
            let marks = "a" + String(repeating: "\u{301}", count: 500_000) + "\n"
            let ids = try Command.run(["vocabulary", "encode", file], input: marks)
            #expect(
                try Command.run(["vocabulary", "decode", file], input: ids.output).output.utf8.elementsEqual(marks.utf8)
            )
        }
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
        ("show", ""), ("show", "a b c\n"), ("show", "{\"x\":1}"), ("show", "{\"merges\":1}"),
        ("import", "{\"x\":1}"), ("import", "{"), ("show", "a\t1\na\t1\n"),
    ])
    func aVocabularyOfNothingOrNonsenseIsRefused(command: String, input: String) throws {
        let result = try Command.run(["vocabulary", command], input: input)
        #expect(result.status == 65)
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.output.isEmpty)
    }

    /// A file is replaced whole; a link keeps its name, a file its mode, and a pipe has its reader.
    @Test func whatIsWrittenToStaysWhatItIs() throws {
        let folder = try TemporaryFolder()
        let text = try folder.write("text", "the cat sat on the mat\n"), file = try folder.write("file", "before")
        let link = folder.file("link"), pipe = folder.file("pipe")
        #expect(chmod(file, 0o600) == 0 && symlink(file, link) == 0 && mkfifo(pipe, 0o600) == 0)
        func build(_ path: String) throws -> Command.Run {
            try Command.start(["vocabulary", "build", text, "-o", path])
        }
        #expect(try build(link).result().status == 0)
        var status = stat()
        #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(lstat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
        let written = try String(contentsOfFile: file, encoding: .utf8)
        #expect(written.contains("mat"))
        let run = try build(pipe)
        let descriptor = open(pipe, O_RDONLY)
        defer { close(descriptor) }
        #expect(run.result().status == 0)
        var bytes = [UInt8](repeating: 0, count: 4096)
        #expect(read(descriptor, &bytes, bytes.count) == written.utf8.count)
        #expect(lstat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
        let full = try build("/dev/full").result()
        #expect(full.status == 74 && full.errors.contains("/dev/full cannot be written"), "\(full.errors)")
        #expect(lstat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
        #expect(try build(folder.file("no/where")).result().status == 74)
    }

    @Test(arguments: [
        (["--size", "2"], "raise the maximum size"),
        (["--special", "a", "--special", "a"], "--special a is given twice"),
        (["--special", ""], "--special is empty"), (["--kind", "bpe", "--size", "100"], "raise the size"),
        (["--kind", "character", "--fold-case"], "--fold-case"),
        (["--kind", "character", "--language", "en"], "--language"),
        (["--kind", "unigram", "--size", "400", "--tokenizer", "icu"], "--tokenizer"),
    ]) func whatCannotBeBuiltIsRefused(options: [String], part: String) throws {
        let result = try Command.run(["vocabulary", "build"] + options, input: "a b\n")
        #expect(
            result.status == 64 && result.errors.contains(part) && !result.errors.contains("line"), "\(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test func aBadLineOfIdsKeepsWhatCameBefore() throws {
        let folder = try TemporaryFolder()
        let pairs = folder.file("pairs.json"), words = try folder.write("words.tsv", "a\t1\n")
        try #require(
            Command.run(["vocabulary", "build", "--kind", "bpe", "--size", "300", "-o", pairs, prose]).status == 0)
        let ids = try Command.run(["vocabulary", "encode", pairs], input: "one\ntwo\n").output
        let result = try Command.run(["vocabulary", "decode", pairs], input: ids + "1 300\n" + ids)
        #expect(result.status == 65 && result.output == "one\ntwo\n", "\(result.output)")
        #expect(result.errors.contains("standard input:3: "))
        for command in ["encode", "decode", "measure"] {
            let wrong = try Command.run(["vocabulary", command, words, prose])
            #expect(wrong.status == 65 && wrong.errors.contains("\(words): "), "\(wrong.errors)")
        }
    }

    @Test func aListMayBeginWithABrace() throws {
        for list in ["{\na\n", "{a\nb\n", "{{\nb\n"] {
            let result = try Command.run(["vocabulary", "import"], input: list)
            #expect(result.status == 0 && result.lines.count == 3, "\(result.errors)")
        }
        let table = try Command.run(["vocabulary", "show"], input: "{\t2\na\t1\n")
        #expect(table.status == 0 && table.output.contains("\"{\""), "\(table.errors)")
    }
}
