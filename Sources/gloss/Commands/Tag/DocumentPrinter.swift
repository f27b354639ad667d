import ArgumentParser
import GlossPipeline
import GlossText
import GlossTraining

/// How documents with sentences and tokens are printed.
enum DocumentFormat: String, ExpressibleByArgument, CaseIterable {
    case conllu, tsv, jsonl
}

/// Prints documents, with or without tags.
struct DocumentPrinter {
    private let format: DocumentFormat
    private var writer = CoNLLUWriter()
    private var count = 0

    /// A printer whose first document has the number 0.
    init(_ format: DocumentFormat) { self.format = format }

    /// Prints a document. `tags` gives the columns of the sentences of a range, none for a document without tags.
    mutating func print(_ document: Document, tags: (Range<Int>) throws -> [[ColumnTags]]) throws {
        defer { count += 1 }
        let offsets = OffsetConverter(document.text)
        var json = DocumentJSON(offsets)
        for range in document.parts {
            let columns = try tags(range)
            var output = ""
            for (index, sentenceTags) in zip(range, columns) {
                switch format {
                case .conllu: output += conllu(document, index, sentenceTags, offsets)
                case .tsv: output += Self.tsv(document, index, sentenceTags)
                case .jsonl: json.add(document, document.sentences[index], sentenceTags)
                }
            }
            Output.write(output)
        }
        if format == .jsonl { Output.write(json.object(id: count) + "\n") }
    }

    private static func tsv(_ document: Document, _ index: Int, _ columns: [ColumnTags]) -> String {
        var output = ""
        for (number, token) in document.sentences[index].tokens.enumerated() {
            let form = document.form(token).chunks.joined(separator: " ")
            output += ([form] + columns.map { $0.tags[number] }).joined(separator: "\t") + "\n"
        }
        return output + "\n"
    }

    private mutating func conllu(
        _ document: Document, _ index: Int, _ columns: [ColumnTags], _ offsets: OffsetConverter
    ) -> String {
        let sentence = document.sentences[index]
        let start: CoNLLUWriter.Start
        var before = ""
        if index == 0 {
            start = .document(id: document.name)
            before = document.slice(0..<sentence.range.lowerBound)
        } else {
            let gap = document.slice(document.sentences[index - 1].range.upperBound..<sentence.range.lowerBound)
            start = gap.unicodeScalars.filter { $0 == "\n" }.count > 1 ? .paragraph : .sentence
        }
        let next =
            index + 1 < document.sentences.count
            ? document.sentences[index + 1].range.lowerBound : document.text.utf8.count
        let tokens = sentence.tokens.enumerated().map { number, token in
            let following = sentence.tokens[(number + 1)...]
            let words = token.surface.map { surface in 1 + following.prefix { $0.surface == surface }.count } ?? 1
            let end = following.dropFirst(words - 1).first.map { ($0.surface ?? $0.range).lowerBound } ?? next
            let first = number == 0 ? before : ""
            let place = token.surface == nil ? offsets.range(ofBytes: token.range, in: .scalars) : nil
            var written = CoNLLUToken(form: document.form(token), range: place)
            if let surface = token.surface {
                if number == 0 || sentence.tokens[number - 1].surface != surface {
                    written.multiword = CoNLLUToken.Multiword(
                        form: document.slice(surface), words: words,
                        range: offsets.range(ofBytes: surface, in: .scalars), spacesBefore: first,
                        spacesAfter: document.slice(surface.upperBound..<end))
                }
            } else {
                written.spacesBefore = first
                written.spacesAfter = document.slice(token.range.upperBound..<end)
            }
            Self.fill(&written, columns, number)
            return written
        }
        return writer.sentence(tokens, start: start)
    }

    /// Puts the tags of token `number` where CoNLL-U has a column for them, else into MISC.
    private static func fill(_ token: inout CoNLLUToken, _ columns: [ColumnTags], _ number: Int) {
        let hasXPOS = columns.contains { $0.name == "xpos" }
        let spans = columns.filter(\.holdsSpans).count
        for column in columns {
            let tag = column.tags[number]
            switch column.name {
            case "upos": token.upos = tag
            case "xpos": token.xpos = tag
            case "feats": token.feats = tag
            case "tag" where !column.holdsSpans && !hasXPOS: token.xpos = tag
            default:
                let name = column.name == "tag" && column.holdsSpans ? "NER" : column.name.uppercased()
                token.attributes.append(.init(name: name, value: tag))
                if column.holdsSpans {
                    token.attributes.append(
                        .init(
                            name: spans > 1 ? name + "P" : "P", value: rounded(Double(column.probabilities[number]), 2))
                    )
                }
            }
        }
    }
}
