/// Puts a sentence together from the lines of CoNLL-U, checking each.
struct CoNLLUSentenceBuilder {
    private let file: String
    private var tokens: [String] = []
    private var upos: [String] = []
    private var xpos: [String] = []
    private var feats: [String] = []
    private var spaceAfter: [Bool] = []
    private var multiwordTokens: [TaggedSentence.MultiwordToken] = []
    private var multiwordSpaceAfter: [Bool] = []
    private var text: String?
    private var startsDocument = false
    private var startsParagraph = false
    private var firstLine: Int?

    /// Starts before the first sentence of `file`.
    init(file: String) {
        self.file = file
    }

    /// Takes a comment, a word, a multiword token or an empty node. Throws when the line is none of these.
    mutating func add(_ line: String, line number: Int) throws(CorpusError) {
        if line.utf8.first == UInt8(ascii: "#") { return addComment(line) }
        let columns = Fields.split(line, at: "\t")
        guard columns.count == CoNLLU.columns.count else {
            throw fault(
                number, "\(columns.count) tab-separated columns where CoNLL-U has 10",
                "separate the columns by one tab each and write _ for what is not known")
        }
        if let empty = columns.firstIndex(where: \.isEmpty) {
            throw fault(
                number, "column \(empty + 1) (\(CoNLLU.columns[empty])) is empty", "write _ for what is not known")
        }
        let id = columns[0]
        firstLine = firstLine ?? number
        if let word = Int(id) {
            try addWord(word, columns, line: number)
        } else if let hyphen = id.firstIndex(of: "-"), let first = Int(id[..<hyphen]),
            let last = Int(id[id.index(after: hyphen)...])
        {
            try addMultiwordToken(first, last, columns, line: number)
        } else if !isEmptyNode(id) {
            throw fault(
                number, "the ID \(CorpusError.quoted(id)) is no number, range or empty node", "write 1, 2-3 or 4.1")
        }
    }

    /// Ends the sentence; nil when it has no words. Throws when a multiword token reaches past its last word.
    mutating func finish() throws(CorpusError) -> TaggedSentence? {
        guard let line = firstLine else {
            text = nil
            return nil
        }
        if let last = multiwordTokens.last, last.words.upperBound > tokens.count {
            let range = "\(last.words.lowerBound + 1)-\(last.words.upperBound)"
            throw fault(line, "the multiword token \(range) reaches past word \(tokens.count)", "correct its range")
        }
        let sentence =
            tokens.isEmpty
            ? nil
            : TaggedSentence(
                tokens: tokens, tags: tags, spaceAfter: spaceAfterWords(),
                text: text, startsDocument: startsDocument, startsParagraph: startsParagraph, line: line,
                multiwordTokens: multiwordTokens)
        discard()
        if sentence != nil { (startsDocument, startsParagraph) = (false, false) }
        return sentence
    }

    /// The columns of tags. Where no word has a part of speech, “_” says that none is known; of features it says that there are none.
    private var tags: [String: [String]] {
        let parts = ["upos": upos, "xpos": xpos].filter { $0.value.contains { $0 != "_" } }
        return parts.merging(["feats": feats]) { first, _ in first }
    }

    /// Drops the sentence begun; that a document or paragraph starts passes on to the next one.
    mutating func discard() {
        (tokens, upos, xpos, feats) = ([], [], [], [])
        (spaceAfter, multiwordTokens, multiwordSpaceAfter) = ([], [], [])
        (text, firstLine) = (nil, nil)
    }

    private mutating func addComment(_ line: String) {
        let body = line.dropFirst().drop { $0 == " " }
        if body.hasPrefix("text = ") {
            text = String(body.dropFirst("text = ".count))
        } else if body == "newdoc" || body.hasPrefix("newdoc ") {
            startsDocument = true
        } else if body == "newpar" || body.hasPrefix("newpar ") {
            startsParagraph = true
        }
    }

    private mutating func addWord(_ word: Int, _ columns: [Substring], line: Int) throws(CorpusError) {
        guard word == tokens.count + 1 else {
            throw fault(
                line, "the word ID \(word) stands where \(tokens.count + 1) is due",
                "number the words of a sentence from 1 and put an empty line after it")
        }
        tokens.append(String(columns[1]))
        upos.append(String(columns[3]))
        xpos.append(String(columns[4]))
        feats.append(String(columns[5]))
        spaceAfter.append(!saysNoSpace(columns[9]))
    }

    private mutating func addMultiwordToken(
        _ first: Int, _ last: Int, _ columns: [Substring], line: Int
    ) throws(CorpusError) {
        let reached = max(tokens.count, multiwordTokens.last?.words.upperBound ?? 0)
        guard first == tokens.count + 1, first > reached, last > first else {
            throw fault(
                line, "the multiword token \(columns[0]) stands where word \(reached + 1) is due",
                "put it before its first word and let it span at least two")
        }
        multiwordTokens.append(.init(words: first - 1..<last, form: String(columns[1])))
        multiwordSpaceAfter.append(!saysNoSpace(columns[9]))
    }

    /// The spaces after the words, no space being inside a multiword token.
    private func spaceAfterWords() -> [Bool] {
        var result = spaceAfter
        for (token, space) in zip(multiwordTokens, multiwordSpaceAfter) {
            for word in token.words { result[word] = false }
            result[token.words.upperBound - 1] = space
        }
        return result
    }

    private func saysNoSpace(_ misc: Substring) -> Bool {
        misc != "_" && Fields.split(misc, at: "|").contains("SpaceAfter=No")
    }

    private func isEmptyNode(_ id: Substring) -> Bool {
        let parts = id.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { Int($0) != nil }
    }

    private func fault(_ line: Int, _ message: String, _ remedy: String) -> CorpusError {
        CorpusError(file: file, line: line, message: message, remedy: remedy, kind: .badData)
    }
}
