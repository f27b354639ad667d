import Testing

import GlossText

/// Tokens and what stands between them are the text, whatever the text.
struct LosslessTests {
    struct Splitter: Sendable, CustomTestStringConvertible {
        let kind: TokenizerConfiguration.Kind
        let language: String
        var testDescription: String { "\(kind) \(language)" }
    }

    static let splitters = [
        Splitter(kind: .words, language: "en"), Splitter(kind: .words, language: "th"),
        Splitter(kind: .icu, language: "en"), Splitter(kind: .icu, language: "ja"),
        Splitter(kind: .whitespace, language: "en"), Splitter(kind: .characters, language: "en"),
    ]

    @Test(arguments: splitters)
    func generatedTextsAreRebuilt(_ splitter: Splitter) throws {
        let tokenizer = try Tokenizer(TokenizerConfiguration(kind: splitter.kind, language: splitter.language))
        var texts = GeneratedTexts(seed: 7)
        var faults: [String] = []
        for _ in 0..<GeneratedTexts.count / Self.splitters.count {
            let text = String(decoding: texts.next(), as: UTF8.self)
            if let fault = Self.fault(try tokenizer.sentences(in: text), text) {
                faults.append("\(fault) in \(text.debugDescription)")
            }
        }
        #expect(faults == [])
    }

    /// What is wrong with the sentences of a text; nil if nothing is.
    static func fault(_ sentences: [Sentence], _ text: String) -> String? {
        let bytes = Array(text.utf8), units = Array(text.utf16), scalars = Array(text.unicodeScalars)
        let offsets = OffsetConverter(text)
        var end = 0
        func isBlank(_ range: Range<Int>) -> Bool {
            bytes[range].withUnsafeBufferPointer { Blanks.skip($0, 0..<$0.count) == $0.count }
        }
        for sentence in sentences {
            guard let first = sentence.tokens.first, let last = sentence.tokens.last else { return "an empty sentence" }
            guard sentence.range == first.range.lowerBound..<last.range.upperBound else { return "a sentence's range" }
            for token in sentence.tokens {
                let range = token.range
                guard range.lowerBound >= end, range.upperBound <= bytes.count, !range.isEmpty else { return "a range" }
                guard isBlank(end..<range.lowerBound) else { return "lost text before byte \(range.lowerBound)" }
                guard let form = String(validating: bytes[range], as: UTF8.self) else { return "a cut character" }
                let wide = offsets.range(ofBytes: range, in: .utf16)
                guard String(decoding: units[wide], as: UTF16.self).utf8.elementsEqual(form.utf8) else {
                    return "UTF-16 \(wide)"
                }
                let places = offsets.range(ofBytes: range, in: .scalars)
                guard scalars[places].elementsEqual(form.unicodeScalars) else { return "scalars \(places)" }
                end = range.upperBound
            }
        }
        return isBlank(end..<bytes.count) ? nil : "lost text at the end"
    }

    @Test func normalizedTextKnowsItsBytes() throws {
        var texts = GeneratedTexts(seed: 13)
        for normalizer in [Normalizer(.nfc), Normalizer(.nfkc, foldsCase: true), Normalizer(.none, foldsCase: true)] {
            for _ in 0..<2000 {
                let text = String(decoding: texts.next(), as: UTF8.self)
                let (output, map) = normalizer.normalizeWithOffsets(text)
                #expect(output.utf8.elementsEqual(normalizer(text).utf8))
                // Between the changes both texts are the same, byte for byte, and nothing is left over.
                let before = Array(text.utf8), after = Array(output.utf8)
                var place = (input: 0, output: 0)
                for change in map.changes {
                    #expect(
                        before[place.input..<change.input.lowerBound]
                            == after[place.output..<change.output.lowerBound])
                    place = (change.input.upperBound, change.output.upperBound)
                }
                #expect(before[place.input...] == after[place.output...])
            }
        }
    }
}
