import GlossPipeline
import GlossText

/// A paragraph as plain text, made from a treebank's sentences, with what the treebank says ends where.
///
/// Tokens and their spaces make the text, as in the raw texts that Universal Dependencies publish.
package struct RawParagraph: Sendable {
    /// The text.
    package private(set) var bytes: [UInt8] = []
    /// Where each token ends, in bytes, and what ends there.
    private var tokens: [(place: Int, end: CandidateEnd)] = []
    private var needsSpace = false

    /// The paragraphs of sentences in order.
    package static func all(_ sentences: [TaggedSentence]) -> [RawParagraph] {
        var result: [RawParagraph] = []
        for sentence in sentences {
            if sentence.startsParagraph || result.isEmpty { result.append(RawParagraph()) }
            result[result.count - 1].add(sentence)
        }
        return result.filter { !$0.bytes.isEmpty }
    }

    /// The plain text of sentences, an empty line between paragraphs.
    package static func text(_ sentences: [TaggedSentence]) -> String {
        all(sentences).map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n\n")
    }

    private mutating func add(_ sentence: TaggedSentence) {
        let surface = sentence.surfaceTokens
        for (index, token) in surface.enumerated() {
            if needsSpace { bytes.append(0x20) }
            bytes += token.form.utf8
            needsSpace = token.spaceAfter
            let isLast = index == surface.count - 1
            tokens.append((bytes.count, CandidateEnd(isLast ? .sentence : .token, isMultiword: token.words.count > 1)))
        }
    }

    /// What ends behind each candidate; a token that ends inside of a candidate is passed over.
    package func ends(_ candidates: [Candidate]) -> [CandidateEnd] {
        var next = tokens[...]
        return candidates.map { candidate in
            var found = CandidateEnd(.none, isMultiword: nil)
            while let token = next.first, token.place <= candidate.end {
                if token.place == candidate.end { found = token.end }
                next = next.dropFirst()
            }
            return found
        }
    }
}
