import GlossPipeline
import GlossText

/// What each word of a text did for its class, ready to be printed.
struct ExplainedWords: Sendable {
    /// A word, its place in Unicode scalars, and what it adds to the logit of the class.
    struct Word: Sendable {
        let text: String
        let start: Int
        let end: Int
        let attribution: Float
    }

    let words: [Word]
    let base: Float
    let logit: Float

    /// An explanation by a model of this process.
    init(_ explanation: Explanation, of text: String) {
        let offsets = OffsetConverter(text)
        words = explanation.words.map { word in
            let place = offsets.range(ofBytes: word.token.range, in: .scalars)
            return Word(
                text: text.slice(word.token.range), start: place.lowerBound, end: place.upperBound,
                attribution: word.attribution)
        }
        base = explanation.base
        logit = explanation.logit
    }

    /// An explanation by a daemon; nil when it is none.
    init?(_ answer: JSONValue?) {
        guard let answer, let elements = answer["words"]?.elements, let base = answer["base"]?.float,
            let logit = answer["logit"]?.float
        else { return nil }
        let words = elements.compactMap { element -> Word? in
            guard let text = element["text"]?.string, let start = element["start"]?.int, let end = element["end"]?.int,
                let attribution = element["attribution"]?.float
            else { return nil }
            return Word(text: text, start: start, end: end, attribution: attribution)
        }
        guard words.count == elements.count else { return nil }
        self.words = words
        self.base = base
        self.logit = logit
    }

    /// As JSON.
    var json: String {
        let objects = words.map { word in
            JSONText.object([
                ("text", JSONText.string(word.text)), ("start", String(word.start)), ("end", String(word.end)),
                ("attribution", JSONText.number(Double(word.attribution))),
            ])
        }
        return JSONText.object([
            ("words", JSONText.array(objects)), ("base", JSONText.number(Double(base))),
            ("logit", JSONText.number(Double(logit))),
        ])
    }

    /// A column of a table: each word with its number.
    var column: String {
        words.map { word in
            let text = word.text.chunks.joined(separator: "_")
            return "\(text)=\(JSONText.number(Double((word.attribution * 1000).rounded() / 1000)))"
        }.joined(separator: " ")
    }

    /// The text for a terminal: green words speak for the class, red ones against it, strong ones in bold.
    func coloured(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        let greatest = words.map { abs($0.attribution) }.max() ?? 0
        guard greatest > 0 else { return text }
        var result = String.UnicodeScalarView(), at = 0
        for word in words where word.start >= at && word.end <= scalars.count {
            result.append(contentsOf: scalars[at..<word.start])
            let strength = abs(word.attribution) / greatest
            let colour = word.attribution > 0 ? "32" : "31"
            if strength >= 0.1 {
                result.append(contentsOf: "\u{1B}[\(strength >= 0.5 ? "1;" : "")\(colour)m".unicodeScalars)
            }
            result.append(contentsOf: scalars[word.start..<word.end])
            if strength >= 0.1 { result.append(contentsOf: "\u{1B}[0m".unicodeScalars) }
            at = word.end
        }
        result.append(contentsOf: scalars[at...])
        return String(result)
    }
}
