import GlossTraining
import Testing

@Suite struct CoNLLUWriterTests {
    @Test func tenColumnsAndComments() {
        var writer = CoNLLUWriter()
        let first = writer.sentence(
            [
                CoNLLUToken(
                    form: "Anna", upos: "PROPN", xpos: "NNP", feats: "Number=Sing", range: 0..<4,
                    attributes: [.init(name: "NER", value: "B-PER"), .init(name: "P", value: "0.97")]),
                CoNLLUToken(form: "sings", upos: "VERB", feats: "", range: 5..<10, spacesAfter: ""),
                CoNLLUToken(form: ".", spacesAfter: "\n\n"),
            ], start: .document(id: "a\nb"))
        #expect(
            first == """
                # newdoc id = a b
                # newpar
                # sent_id = 1
                # text = Anna sings.
                1\tAnna\t_\tPROPN\tNNP\tNumber=Sing\t_\t_\t_\tNER=B-PER|P=0.97|TokenRange=0:4
                2\tsings\t_\tVERB\t_\t_\t_\t_\t_\tSpaceAfter=No|TokenRange=5:10
                3\t.\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\n\\n


                """)
        let second = writer.sentence([CoNLLUToken(form: "So")], start: .paragraph)
        #expect(second == "# newpar\n# sent_id = 2\n# text = So\n1\tSo\t_\t_\t_\t_\t_\t_\t_\t_\n\n")
        #expect(writer.sentence([CoNLLUToken(form: "on")]).hasPrefix("# sent_id = 3\n"))
    }

    @Test func attributesAreEscaped() {
        var writer = CoNLLUWriter()
        let token = CoNLLUToken(form: "x", attributes: [.init(name: "NER", value: #"B-a|b \c"#)])
        #expect(writer.sentence([token]).contains(#"NER=B-a\pb\s\\c"#))
    }

    /// Cuts `text` into words with the white space around them, writes them, and rebuilds the text from forms and MISC.
    @Test(arguments: [
        "one two", "one", "  lead and trail \t\r\n", "a\tb\u{3000}c\u{A0}\u{A0}d\n", "pipe | and \\ and \\s\n\n\nend",
        "e\u{301} 🙂",
    ])
    func theTextIsRebuiltToTheByte(text: String) throws {
        var tokens: [CoNLLUToken] = []
        var leading = ""
        for character in text.unicodeScalars {
            if character.properties.isWhitespace {
                if tokens.isEmpty { leading.unicodeScalars.append(character) }
                if let last = tokens.indices.last { tokens[last].spacesAfter.unicodeScalars.append(character) }
            } else if let last = tokens.indices.last, tokens[last].spacesAfter.isEmpty {
                tokens[last].form.unicodeScalars.append(character)
            } else {
                tokens.append(CoNLLUToken(form: String(character), spacesBefore: leading, spacesAfter: ""))
                leading = ""
            }
        }
        var writer = CoNLLUWriter()
        #expect(Array(rebuild(writer.sentence(tokens)).utf8) == Array(text.utf8))
    }

    @Test func whiteSpaceInsideAWordIsKept() {
        var writer = CoNLLUWriter()
        let written = writer.sentence([
            CoNLLUToken(form: "a\n b", spacesAfter: ""), CoNLLUToken(form: "_", spacesAfter: ""),
        ])
        #expect(written.contains("# text = a  b_\n1\ta  b\t"))
        #expect(rebuild(written) == "a\n b_")
    }

    @Test func whatIsWrittenIsRead() throws {
        var writer = CoNLLUWriter()
        let tokens = [
            CoNLLUToken(form: "#1", upos: "X", spacesAfter: ""), CoNLLUToken(form: "b c", xpos: "Y", spacesAfter: "\n"),
        ]
        let file = try TemporaryFile(
            writer.sentence(tokens, start: .document(id: nil)) + writer.sentence(tokens), suffix: ".conllu")
        let sentences = try CorpusReader.tagged(paths: [file.path]).examples
        #expect(sentences.map(\.tokens) == [["#1", "b c"], ["#1", "b c"]])
        #expect(sentences.map(\.spaceAfter) == [[false, true], [false, true]])
        #expect(sentences.map(\.startsDocument) == [true, false])
        #expect(sentences[0].text == "#1b c")
        #expect(sentences[0].tags == ["upos": ["X", "_"], "xpos": ["_", "Y"], "feats": ["_", "_"]])
    }

    private func rebuild(_ conllu: String) -> String {
        var result = ""
        for line in conllu.split(separator: "\n") where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            var attributes: [Substring: String] = [:]
            for field in columns[9].split(separator: "|") {
                let parts = field.split(separator: "=", maxSplits: 1)
                if parts.count == 2 { attributes[parts[0]] = unescape(parts[1]) }
            }
            result += attributes["SpacesBefore"] ?? ""
            result += attributes["SpacesInToken"] ?? String(columns[1])
            result += attributes["SpaceAfter"] == "No" ? "" : attributes["SpacesAfter"] ?? " "
        }
        return result
    }

    private func unescape(_ value: Substring) -> String {
        let meanings: [Character: Character] = ["s": " ", "t": "\t", "r": "\r", "n": "\n", "p": "|", "\\": "\\"]
        var result = ""
        var isEscaped = false
        for character in value {
            if isEscaped, let meaning = meanings[character] {
                result.append(meaning)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return result
    }
}
