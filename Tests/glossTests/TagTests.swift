import Foundation
import Testing

/// `gloss tag` and `gloss tokenize`: documents in, sentences and tokens out.
@Suite struct TagTests {
    let store: String

    init() throws { store = try Trained.models.get().store }

    static let text =
        "  Dr. Smith met\tAda  in Paris.\r\nIt\u{2019}s 5|6 \\ ok! \u{1F642}\u{1F3FD}\n\n\u{A0}New para: don't. \n"

    /// The document that forms and MISC of CoNLL-U stand for.
    static func rebuilt(_ conllu: String) -> String {
        var text = ""
        var inside = 0
        for line in conllu.split(separator: "\n") where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count == 10 else { return "not ten columns: \(line)" }
            // The words of a multiword token stand in its line.
            if inside > 0 {
                inside -= 1
                continue
            }
            let ends = columns[0].split(separator: "-").compactMap { Int($0) }
            if ends.count == 2 { inside = ends[1] - ends[0] + 1 }
            var fields: [String: String] = [:]
            for field in columns[9].split(separator: "|") {
                let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                fields[parts[0]] = parts.count == 2 ? parts[1] : ""
            }
            text += unescaped(fields["SpacesBefore"] ?? "") + (fields["SpacesInToken"].map(unescaped) ?? columns[1])
            text += fields["SpaceAfter"] == "No" ? "" : fields["SpacesAfter"].map(unescaped) ?? " "
        }
        return text
    }

    private static func unescaped(_ value: String) -> String {
        var result = ""
        var isEscaped = false
        for scalar in value.unicodeScalars {
            guard isEscaped || scalar == "\\" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            if isEscaped {
                let known: [Unicode.Scalar: String] = ["s": " ", "t": "\t", "r": "\r", "n": "\n", "p": "|", "\\": "\\"]
                result += known[scalar] ?? "?"
            }
            isEscaped.toggle()
        }
        return result
    }

    @Test(arguments: [["tag"], ["tag", "--model", "names"], ["tokenize"], ["tokenize", "--model", "tagger"]])
    func conlluGivesTheTextBackToTheByte(command: [String]) throws {
        let texts = [
            Self.text, try String(contentsOfFile: Command.file("corpora/prose/dev.txt"), encoding: .utf8), "x", "x\n",
        ]
        for text in texts {
            let result = try Command.run(command + ["--format", "conllu"], input: text, store: store)
            #expect(result.status == 0)
            #expect(Array(Self.rebuilt(result.output).utf8) == Array(text.utf8))
            #expect(result.output.hasPrefix("# newdoc\n# newpar\n# sent_id = 1\n# text = "))
        }
    }

    @Test func tokenRangesCountScalars() throws {
        let result = try Command.run(["tag"], input: Self.text, store: store)
        let scalars = Array(Self.text.unicodeScalars)
        var count = 0
        for line in result.lines where !line.hasPrefix("#") && !line.isEmpty {
            let columns = line.split(separator: "\t").map(String.init)
            let range = try #require(columns[9].split(separator: "|").first { $0.hasPrefix("TokenRange=") })
            let ends = range.dropFirst("TokenRange=".count).split(separator: ":").compactMap { Int($0) }
            var form = String.UnicodeScalarView()
            form.append(contentsOf: scalars[ends[0]..<ends[1]])
            #expect(String(form) == columns[1])
            count += 1
        }
        #expect(count > 15)
    }

    @Test func tagsStandInTheirColumns() throws {
        let universal: Set = [
            "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
            "SCONJ", "SYM", "VERB", "X",
        ]
        for line in try Command.run(["tag"], input: "The dog slept.", store: store).lines
        where !line.hasPrefix("#") && !line.isEmpty {
            #expect(universal.contains(line.split(separator: "\t").map(String.init)[3]))
        }
        let names = try Command.run(["tag", "--model", "names"], input: "Ada lives in Paris.", store: store)
        let misc = names.lines.filter { !$0.hasPrefix("#") && !$0.isEmpty }.map {
            String($0.split(separator: "\t")[9])
        }
        #expect(misc.count == 5)
        #expect(
            misc.allSatisfy { $0.firstMatch(of: /NER=(O|[BI]-(PER|LOC|ORG))\|P=[01]\.[0-9][0-9]\|TokenRange=/) != nil })
    }

    @Test func jsonlHasSentencesAndSpans() throws {
        let text = "\u{1F642} Ada Lovelace lives in Paris."
        let result = try Command.run(["tag", "--model", "names", "--format", "jsonl"], input: text, store: store)
        #expect(result.lines.count == 1)
        let object = try #require(try JSONSerialization.jsonObject(with: result.outputBytes) as? [String: Any])
        #expect(object["id"] as? Int == 0)
        let sentences = try #require(object["sentences"] as? [[String: Any]])
        let tokens = sentences.flatMap { $0["tokens"] as? [[String: Any]] ?? [] }
        let spans = try #require(object["spans"] as? [[String: Any]])
        let scalars = Array(text.unicodeScalars)
        for part in tokens + spans {
            let start = try #require(part["start"] as? Int), end = try #require(part["end"] as? Int)
            var slice = String.UnicodeScalarView()
            slice.append(contentsOf: scalars[start..<end])
            #expect(part["text"] as? String == String(slice))
        }
        #expect(spans.count == tokens.filter { ($0["tag"] as? String ?? "").hasPrefix("B-") }.count)
    }

    @Test func linesAreDocumentsWhereAskedFor() throws {
        let result = try Command.run(
            ["tag", "--lines", "--format", "jsonl"], input: "One.\n\nTwo. Three.\n", store: store)
        #expect(result.lines.count == 3)
        #expect(result.lines[1] == #"{"id":1,"sentences":[]}"# || result.lines[1].contains(#""sentences":[]"#))
        let conllu = try Command.run(["tag", "--lines"], input: "One.\nTwo.\n", store: store)
        #expect(conllu.lines.filter { $0.hasPrefix("# newdoc") }.count == 2)
        #expect(conllu.lines.filter { $0.hasPrefix("# sent_id") } == ["# sent_id = 1", "# sent_id = 2"])
    }

    @Test func tokensAreKept() throws {
        let result = try Command.run(
            ["tag", "--input", "tokens", "--format", "tsv"], input: "can't-stop now\nU.S. !\n", store: store)
        let words = result.lines.map { $0.split(separator: "\t").first.map(String.init) ?? "" }
        #expect(words == ["can't-stop", "now", "", "U.S.", "!", ""])
        let file = Command.file("corpora/tagging/dev.conllu")
        let tagged = try Command.run(["tag", "--input", "conllu", "--format", "tsv", file], store: store)
        #expect(tagged.lines.filter { !$0.isEmpty }.count == 170)
        #expect(tagged.lines.filter(\.isEmpty).count == 18)
    }

    @Test func furtherColumnsAreRead() throws {
        let file = Command.file("corpora/roles/dev.conll")
        let without = try Command.run(["tag", "--model", "roles"], input: "She slept.", store: store)
        #expect(without.status == 64)
        #expect(without.errors.contains("--column predicate=NUMBER"))
        let missing = try Command.run(["tag", "--model", "roles", "--input", "conllu", file], store: store)
        #expect(missing.status == 65)
        #expect(missing.errors.contains("\"predicate\""))
        let right = try Command.run(
            ["tag", "--model", "roles", "--input", "conllu", "--column", "predicate=2", "--format", "tsv", file],
            store: store)
        #expect(right.status == 0)
        #expect(right.lines.filter { !$0.isEmpty }.count == 147)
    }

    /// A long document is tagged in parts: its sentences have the tags that they have among their neighbours alone.
    @Test func namesAgreeAcrossTheWholeDocument() throws {
        // Only its neighbours, some before and some behind the end of a part, say what Arlen is.
        let sentences = (0..<640).map { index in
            switch index {
            case 505...509: "She lives in Arlen ."
            case 510...514: "Arlen was cold ."
            case 515...519: "Oslo was cold ."
            case 520...524: "They work for Oslo ."
            default: "So it was for me ."
            }
        }
        func tags(_ range: Range<Int>, by more: String...) throws -> [Substring] {
            let result = try Command.run(
                ["tag", "--model", "names", "--input", "tokens", "--format", "tsv"] + more,
                input: sentences[range].map { $0 + "\n" }.joined(), store: store)
            #expect(result.status == 0, "\(result.errors)")
            return result.output.split(separator: "\n\n")
        }
        let whole = try tags(0..<640)
        #expect(whole.count == 640)
        #expect(try tags(485..<545)[20..<40] == whole[505..<525])
        let alone = try tags(0..<640, by: "--lines")
        #expect((505..<525).contains { whole[$0] != alone[$0] }, "each sentence by itself is judged otherwise")
        #expect(whole[513] == whole[510] && whole[513].hasPrefix("Arlen\tB-LOC"))
    }

    @Test func threadsChangeNoBit() throws {
        let file = Command.file("corpora/prose/dev.txt")
        let one = try Command.run(["tag", "--threads", "1", file], store: store)
        let two = try Command.run(["tag", "--threads", "2", file], store: store)
        #expect(one.outputBytes == two.outputBytes)
        #expect(one.output.hasPrefix("# newdoc id = \(file)\n"))
    }

    @Test func tokenizeCutsAsItIsTold() throws {
        let text = "Dr. Smith can't come. She's ill.\n"
        func lines(_ arguments: String...) throws -> [String] {
            try Command.run(["tokenize"] + arguments, input: text, store: store).lines
        }
        #expect(try lines() == ["Dr. Smith ca n't come .", "She 's ill ."])
        #expect(try lines("--no-sentences") == ["Dr. Smith ca n't come . She 's ill ."])
        #expect(try lines("--kind", "whitespace") == ["Dr. Smith can't come. She's ill."])
        #expect(try lines("--kind", "characters", "--no-sentences")[0].hasPrefix("D r . S m"))
        #expect(try Command.run(["tokenize", "--language", "xx-nope"], input: text, store: store).status == 64)
        #expect(try Command.run(["tokenize", "--model", "generator"], input: text, store: store).status == 64)
        #expect(try Command.run(["tokenize", "--model", "tagger", "--kind", "icu"], store: store).status == 64)
    }

    @Test func eachDocumentIsCutAsItsLanguageAsks() throws {
        let folder = try TemporaryFolder(), store = folder.file("models.sqlite")
        func rows(_ label: String, _ file: String) throws -> [String] {
            try String(contentsOfFile: Command.file("corpora/\(file)"), encoding: .utf8).split(separator: "\n")
                .prefix(60).map { label + "\t" + ($0.split(separator: "\t").last ?? "") }
        }
        let examples = try [("tr", "languages/tr.txt"), ("ar", "languages/ar.txt"), ("en", "topics/dev.tsv")]
            .flatMap { try rows($0.0, $0.1) }
        let data = try folder.write("languages.tsv", (["label\ttext"] + examples).joined(separator: "\n") + "\n")
        let arguments = ["tokenize", "--language", "auto", "--lines"]
        #expect(try Command.run(arguments, input: "One.\n", store: store).status == 69)
        let training = try Command.run(
            ["train", "classify", "--model", "language", "--train", data]
                + Trained.small
                + Trained.settings([
                    "model.tokenizer.kind=characters", "training.ngrams.order=0", "training.epochs=12",
                ]), store: store)
        try #require(training.status == 0, "\(training.errors)")
        // The English rule alone takes a contraction apart; a blank line is cut by it too.
        let text = "We can't see the stars tonight.\nDün akşam can't dedi, annem çok güldü.\n\nلا أعرف أين المفتاح.\n"
        let result = try Command.run(arguments, input: text, store: store)
        #expect(
            result.lines.filter { !$0.isEmpty } == [
                "We ca n't see the stars tonight .", "Dün akşam can't dedi , annem çok güldü .",
                "لا أعرف أين المفتاح .",
            ])
        // What the model knows is said by the model itself.
        let labels = try Command.run(["classify", "--model", "language"], input: text, store: store)
        #expect(labels.lines.filter { !$0.isEmpty }.map { $0.prefix(2) } == ["en", "tr", "ar"])
    }

    /// Its words have the places that a model's own segmentation gives them.
    @Test func wordsOfAMultiwordTokenHaveTheirPlaces() throws {
        func row(_ id: String, _ form: String) -> String { "\(id)\t\(form)\t_\t_\t_\t_\t_\t_\t_\t_\n" }
        let conllu =
            row("1-2", "du") + row("1", "de") + row("2", "le") + row("3-4", "can't") + row("3", "ca") + row("4", "n't")
        let result = try Command.run(
            ["tag", "--input", "conllu", "--format", "jsonl"], input: conllu + "\n", store: store)
        let object = try #require(try JSONSerialization.jsonObject(with: result.outputBytes) as? [String: Any])
        let sentences = try #require(object["sentences"] as? [[String: Any]])
        let tokens = sentences.flatMap { $0["tokens"] as? [[String: Any]] ?? [] }
        #expect(tokens.map { $0["start"] as? Int } == [0, 2, 3, 5])
        #expect(tokens.map { $0["end"] as? Int } == [2, 2, 5, 8])
    }

    @Test func aMultiwordTokenOfTheInputIsKept() throws {
        let conllu =
            "1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\t_\t_\t_\t_\t_\t_\t_\t_\n2\tle\t_\t_\t_\t_\t_\t_\t_\t_\n"
            + "3\tchat\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\n"
        let result = try Command.run(["tag", "--input", "conllu"], input: conllu, store: store)
        try #require(result.status == 0, "\(result.errors)")
        #expect(Self.rebuilt(result.output) == "du chat")
        #expect(result.lines.contains("# text = du chat"))
        #expect(
            result.lines.contains { $0.hasPrefix("1-2\tdu\t") } && result.lines.contains { $0.hasPrefix("2\tle\t") })
    }

    @Test func tokensNeedNoTags() throws {
        let folder = try TemporaryFolder()
        for name in ["a.tsv", "a.txt"] {
            let file = try folder.write(name, "The\ndog\n\nslept\n")
            let result = try Command.run(["tag", "--input", "conllu", "--format", "tsv", file], store: store)
            let words = result.lines.map { $0.split(separator: "\t").first.map(String.init) ?? "" }
            #expect(words == ["The", "dog", "", "slept", ""], "\(result.errors)")
            let measured = try Command.run(["evaluate", "--model", "tagger", file], store: store)
            #expect(measured.status == 65 && measured.errors.contains("one column"), "\(measured.errors)")
        }
    }

    @Test func aColumnIsOneOfAColumnsFile() throws {
        func tag(_ column: String, _ input: String) throws -> Command.Result {
            try Command.run(
                ["tag", "--model", "roles", "--input", "conllu", "--column", column], input: input, store: store)
        }
        let wrong = try tag("predicate=2", "# a note\n1\tA\t_\tX\t_\t_\t0\troot\t_\t_\n\n")
        #expect(wrong.status == 65 && wrong.errors.contains("standard input: CoNLL-U has no column"), "\(wrong.errors)")
        let named = try tag("tag=2", "A x\n")
        #expect(
            named.status == 65 && named.errors.contains("standard input:1: the column \"predicate\""), "\(named.errors)"
        )
    }

    @Test func dataWithoutTheModelsColumnsIsNotMeasured() throws {
        for (model, file) in [("names", "corpora/tagging/dev.conllu"), ("tagger", "corpora/spans/dev.conll")] {
            let result = try Command.run(["evaluate", "--model", model, Command.file(file)], store: store)
            #expect(result.status == 65 && result.errors.contains("no column"), "\(result.errors)")
            #expect(result.output.isEmpty)
        }
    }
}
