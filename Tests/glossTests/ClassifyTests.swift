import Foundation
import Testing

/// `gloss classify`, from bytes to lines.
@Suite struct ClassifyTests {
    let store: String

    init() throws { store = try Trained.models.get().store }

    private func classify(_ input: String, _ arguments: String...) throws -> Command.Result {
        try Command.run(["classify"] + arguments, input: input, store: store)
    }

    @Test func answersLineForLine() throws {
        let result = try classify("A fine film.\n\nTerrible\tand cold.\r\nlast\n")
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
        let lines = result.lines
        #expect(lines.count == 4)
        #expect(lines[1].isEmpty)
        for (line, text) in zip([lines[0], lines[2], lines[3]], ["A fine film.", "Terrible\tand cold.", "last"]) {
            let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            #expect(fields.count == 3)
            #expect(["positive", "negative"].contains(fields[0]))
            #expect((0.5...1).contains(try #require(Double(fields[1]))))
            #expect(fields[2] == text)
        }
        #expect(try classify("A fine film.\n\nTerrible\tand cold.\r\nlast").output == result.output)
    }

    @Test func sayWhatEachWordDid() throws {
        let text = "Fine, naïve 🙂 but cold."
        let json = try classify(text, "--explain", "--format", "jsonl")
        try #require(json.status == 0, "\(json.errors)")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let explanation = try #require(object["explanation"] as? [String: Any])
        let words = try #require(explanation["words"] as? [[String: Any]])
        let scalars = Array(text.unicodeScalars)
        for word in words {
            let (start, end) = (try #require(word["start"] as? Int), try #require(word["end"] as? Int))
            var slice = String.UnicodeScalarView()
            slice.append(contentsOf: scalars[start..<end])
            #expect(String(slice) == word["text"] as? String)
        }
        let sum = words.reduce(0) { $0 + ($1["attribution"] as? Double ?? .nan) }
        let (base, logit) = (explanation["base"] as? Double ?? .nan, explanation["logit"] as? Double ?? .nan)
        #expect(abs(base + sum - logit) <= 0.011 * abs(logit - base) + 1e-4)
        let fields = try classify(text, "--explain").output.split(separator: "\t")
        #expect(fields.count == 4 && fields[3].hasPrefix("Fine="))
        let numbers = try classify(text, "--explain", "--model", "stars")
        #expect(numbers.status == 64 && numbers.errors.contains("--explain"))
    }

    @Test func readsAndWritesJSONL() throws {
        let input = """
            {"id":"a\\"b","text":"A fine\\nfilm \\u0001"}

            {"text":"cold"}
            {"id":{"k":[1,true]},"text":"x"}

            """
        let result = try classify(input, "--format", "jsonl")
        #expect(result.status == 0)
        #expect(result.lines.count == 4)
        #expect(result.lines[1].isEmpty)
        let objects = try [0, 2, 3].map { index in
            try #require(try JSONSerialization.jsonObject(with: Data(result.lines[index].utf8)) as? [String: Any])
        }
        #expect(objects[0]["id"] as? String == "a\"b")
        #expect(objects[0]["text"] as? String == "A fine\nfilm \u{1}")
        #expect(objects[1]["id"] as? Int == 2)
        #expect((objects[2]["id"] as? [String: [Int]])?["k"]?.first == 1)
        for object in objects {
            let probabilities = try #require(object["probabilities"] as? [String: Double])
            #expect(Set(probabilities.keys) == ["positive", "negative"])
            #expect(abs(probabilities.values.reduce(0, +) - 1) < 1e-5)
            let label = try #require(object["label"] as? String)
            #expect(probabilities[label] == object["probability"] as? Double)
            #expect(probabilities[label] == probabilities.values.max())
        }
        let table = try classify(input)
        #expect(table.lines.count == 4, "a line end inside a text must not break the table")
    }

    @Test func aBadLineOfJSONLKeepsWhatCameBefore() throws {
        let result = try classify("{\"text\":\"good\"}\n{\"text\":3}\n")
        #expect(result.status == 65)
        #expect(result.lines.count == 1)
        #expect(result.errors.contains("standard input:2"))
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(try classify("{\"text\":\"good\"}\n{oh\n", "--input", "text").status == 0)
    }

    @Test func aModelOfNumbersGivesValues() throws {
        let result = try classify("Good.\nBad.\n", "--model", "stars")
        let fields = result.lines.map { $0.split(separator: "\t").map(String.init) }
        #expect(fields.map(\.last) == ["Good.", "Bad."])
        #expect(fields.allSatisfy { $0.count == 2 && (0...6).contains(Double($0[0]) ?? -1) })
        #expect(try classify("Good.\n", "--model", "stars", "--format", "jsonl").output.hasPrefix(#"{"id":0,"value":"#))
    }

    @Test func wholeFilesAreOneTextEach() throws {
        let folder = try TemporaryFolder()
        let first = try folder.write("a.txt", "A fine film.\nI loved it.\n")
        let second = try folder.write("b.txt", "Dull.")
        let result = try Command.run(["classify", "--whole", first, second], store: store)
        #expect(result.lines.map { $0.split(separator: "\t").last.map(String.init) } == [first, second])
    }

    @Test func threadsChangeNoBit() throws {
        let file = Command.file("corpora/sentiment/train.tsv")
        let one = try Command.run(["classify", "--format", "jsonl", "--threads", "1", file], store: store)
        let two = try Command.run(["classify", "--format", "jsonl", "--threads", "2", file], store: store)
        #expect(one.lines.count == 363)
        #expect(one.outputBytes == two.outputBytes)
        let alone = try Command.run(
            ["classify", "--format", "jsonl", "--line-buffered", file], store: store)
        #expect(alone.outputBytes == one.outputBytes, "a text alone has the answer that it has among others")
    }

    @Test func noInputGivesNoOutput() throws {
        let result = try classify("")
        #expect(result.status == 0)
        #expect(result.output.isEmpty)
    }

    @Test(arguments: [Data([0x67, 0x0A, 0x62, 0xFF, 0x0A, 0x63]), Data([0x67, 0x0A, 0x62, 0x00, 0x0A, 0x63])])
    func bytesThatAreNoTextAreRefusedOrReplaced(bytes: Data) throws {
        let refused = try Command.run(["classify"], bytes: bytes, store: store)
        #expect(refused.status == 65)
        #expect(refused.lines.count == 1, "the answer before the bad line is kept")
        #expect(refused.errors.contains("standard input:2"))
        #expect(refused.errors.contains("--invalid-utf8 replace"))
        let replaced = try Command.run(["classify", "--invalid-utf8", "replace"], bytes: bytes, store: store)
        #expect(replaced.status == 0)
        #expect(replaced.lines.count == 3)
        #expect(replaced.lines[1].hasSuffix("b\u{FFFD}"))
    }

    @Test func aLineBeyondTheLimitIsNamed() throws {
        var bytes = Data("good\n".utf8)
        bytes.append(Data(repeating: UInt8(ascii: "a"), count: 50 << 20))
        let result = try Command.run(["classify"], bytes: bytes, store: store)
        #expect(result.status == 65)
        #expect(result.lines.count == 1)
        #expect(result.errors.contains("standard input:2: the line is longer than the limit of 1048576 bytes"))
    }

    @Test func whatCannotBeWrittenIsAnError() throws {
        let result = try Command.run(["classify"], bytes: Data("good\n".utf8), store: store, output: "/dev/full")
        #expect(result.status == 74)
        #expect(result.errors.contains("No space left"))
    }

    @Test func aMarkBehindASpaceIsAText() throws {
        let result = try classify(" \u{301}\n \t\n")
        #expect(result.lines.count == 2 && result.lines[0].hasSuffix("\t \u{301}") && result.lines[1].isEmpty)
    }

    @Test func anIdMayBeNull() throws {
        let result = try classify("{\"text\":\"a\"}\n{\"id\":null,\"text\":\"b\"}\n", "--format", "jsonl")
        #expect(result.lines.map { $0.prefix(10) } == ["{\"id\":0,\"l", "{\"id\":null"])
    }

    @Test func aTabInAFilesNameIsNoColumn() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("a\tb.txt", "Dull.")
        let result = try Command.run(["classify", "--whole", file], store: store)
        #expect(result.lines.map { $0.split(separator: "\t").count } == [3])
        #expect(result.lines[0].hasSuffix("/a b.txt"))
    }

    @Test(arguments: [["--input", "jsonl"], ["--line-buffered"]]) func wholeFilesHaveNoLines(option: [String]) throws {
        let result = try Command.run(["classify", "--whole"] + option, store: store)
        #expect(result.status == 64 && result.errors.contains("--whole"), "\(result.errors)")
    }
}
