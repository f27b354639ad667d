/// Writes sentences as CoNLL-U (universaldependencies.org/format.html), numbering them through `# sent_id`.
///
/// White space that one space does not stand for is kept in MISC, so that the forms and MISC give the text back to
/// the byte: `SpaceAfter=No`, and UDPipe's `SpacesAfter`, `SpacesBefore`, `SpacesInToken` with `\s \t \r \n \p \\`
/// for space, tab, CR, LF, `|` and backslash (UDPipe 1 manual, "Preserving original spaces").
public struct CoNLLUWriter: Sendable {
    /// What begins with a sentence besides itself.
    public enum Start: Sendable, Hashable {
        /// Nothing: it goes on with the paragraph.
        case sentence
        /// A paragraph.
        case paragraph
        /// A document, and with it a paragraph; `id` is its name, of which control characters become spaces.
        case document(id: String?)
    }

    private var sentenceCount = 0

    /// A writer whose first sentence has the number 1.
    public init() {}

    /// The comments, the ten-column lines and the empty line of the next sentence.
    public mutating func sentence(_ tokens: [CoNLLUToken], start: Start = .sentence) -> String {
        sentenceCount += 1
        var result = ""
        switch start {
        case .sentence: break
        case .paragraph: result += "# newpar\n"
        case .document(let id): result += "# newdoc" + (id.map { " id = " + Self.onOneLine($0) } ?? "") + "\n# newpar\n"
        }
        result += "# sent_id = \(sentenceCount)\n# text = \(Self.text(of: tokens))\n"
        for (index, token) in tokens.enumerated() {
            if let multiword = token.multiword { result += Self.line(multiword, first: index + 1) }
            let form = Self.onOneLine(token.form)
            // Appended piece by piece: an array of columns would take longer than all the rest.
            result += String(index + 1)
            result += "\t"
            result += form
            result += "\t_\t"
            result += Self.column(token.upos)
            result += "\t"
            result += Self.column(token.xpos)
            result += "\t"
            result += Self.column(token.feats)
            result += "\t_\t_\t_\t"
            Self.add(miscOf: token, form: form, to: &result)
            result += "\n"
        }
        result += "\n"
        return result
    }

    /// The line of a written token above those of its words; it has the white space, its words have none.
    private static func line(_ multiword: CoNLLUToken.Multiword, first: Int) -> String {
        let form = onOneLine(multiword.form)
        let written = CoNLLUToken(
            form: multiword.form, range: multiword.range, spacesBefore: multiword.spacesBefore,
            spacesAfter: multiword.spacesAfter)
        var result = "\(first)-\(first + multiword.words - 1)\t\(form)\t_\t_\t_\t_\t_\t_\t_\t"
        add(miscOf: written, form: form, to: &result)
        return result + "\n"
    }

    /// The sentence as `# text` shows it: one space wherever white space follows a token, none after the last.
    private static func text(of tokens: [CoNLLUToken]) -> String {
        var result = ""
        var index = 0
        while index < tokens.count {
            let token = tokens[index], multiword = token.multiword
            result += onOneLine(multiword?.form ?? token.form)
            index += multiword?.words ?? 1
            if index < tokens.count, !(multiword?.spacesAfter ?? token.spacesAfter).isEmpty { result += " " }
        }
        return result
    }

    private static func add(miscOf token: CoNLLUToken, form: String, to result: inout String) {
        var isFirst = true
        func add(_ name: String, _ value: String) {
            if !isFirst { result += "|" }
            isFirst = false
            result += name
            result += value
        }
        if !token.spacesBefore.isEmpty { add("SpacesBefore=", escape(token.spacesBefore)) }
        switch token.spacesAfter {
        case "": add("SpaceAfter=", "No")
        case " ": break
        default: add("SpacesAfter=", escape(token.spacesAfter))
        }
        if !form.utf8.elementsEqual(token.form.utf8) { add("SpacesInToken=", escape(token.form)) }
        for attribute in token.attributes {
            add(attribute.name, "=")
            result += escape(attribute.value)
        }
        if let range = token.range {
            add("TokenRange=", String(range.lowerBound))
            result += ":"
            result += String(range.upperBound)
        }
        if isFirst { result += "_" }
    }

    private static func column(_ value: String?) -> String {
        guard let value, !value.isEmpty else { return "_" }
        return onOneLine(value)
    }

    /// `text` with a space in the place of every tab, CR and LF, which a column or a comment cannot hold.
    private static func onOneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return text }
        return String(decoding: text.utf8.map { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
    }

    /// `value` as MISC can hold it.
    private static func escape(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case " ": result += #"\s"#
            case "\t": result += #"\t"#
            case "\r": result += #"\r"#
            case "\n": result += #"\n"#
            case "|": result += #"\p"#
            case "\\": result += #"\\"#
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
