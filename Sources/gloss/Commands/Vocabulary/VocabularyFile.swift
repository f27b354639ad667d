import Foundation
import GlossPipeline
import GlossText
import GlossTraining

/// A vocabulary as a file keeps it.
enum VocabularyFile {
    /// Words or characters, as a table.
    case table(Vocabulary)
    /// Byte pairs, as JSON.
    case pairs(BytePairVocabulary)
    /// Subwords of any kind, as a tokenizer.json.
    case subwords(SubwordVocabulary)

    /// Reads a file of any form, "-" being standard input; throws with the file and the line at fault.
    init(path: String) throws {
        let text = try PlainText.whole(path: path)
        let name = ByteStream.name(of: path)
        do {
            if Self.isJSON(text) {
                let tree = try JSONValue(vocabulary: text)
                self =
                    tree["merges"] == nil
                    ? .subwords(try SubwordVocabulary(tokenizerJSON: tree))
                    : .pairs(try JSONDecoder().decode(BytePairVocabulary.self, from: Data(text.utf8)))
            } else {
                self = .table(try Self.notEmpty(Vocabulary.read(text)))
            }
        } catch let error as TextError {
            throw CommandError(ExitStatus.data, "\(name): \(error)")
        } catch is DecodingError {
            throw CommandError(ExitStatus.data, "\(name): this JSON is no vocabulary of byte pairs; build it again")
        }
    }

    /// Whether a file's text is JSON and no list, whose first symbol may begin with a brace, too.
    static func isJSON(_ text: String) -> Bool {
        let start = text.utf8.lazy.filter { $0 > 0x20 }.prefix(2)
        guard start.first == UInt8(ascii: "{") else { return false }
        return start.dropFirst().allSatisfy { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "}") }
    }

    static let noVocabulary = CommandError(
        ExitStatus.usage, "a model of segmentation has no vocabulary, only hashes; name another model")

    /// The vocabulary that a model reads.
    ///
    /// Throws `CommandError` for a segmentation, whose features are hashes.
    init(_ model: Model) throws(CommandError) {
        switch model {
        case .classify(let model): self = .table(model.network.lexicon.words)
        case .number(let model): self = .table(model.network.lexicon.words)
        case .tag(let model): self = .table(model.network.lexicon.words)
        case .generate(let model):
            switch model.codec {
            case .words(let vocabulary): self = .table(vocabulary)
            case .bytePairs(let vocabulary): self = .pairs(vocabulary)
            }
        case .tokenize:
            throw Self.noVocabulary
        case .pretrain(let model): self = .table(model.lexicon.words)
        case .vectors(let model): self = .table(model.words)
        }
    }

    /// The file's text.
    func text() throws -> String {
        switch self {
        case .table(let vocabulary): return vocabulary.write()
        case .pairs(let vocabulary):
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(vocabulary), as: UTF8.self) + "\n"
        case .subwords(let vocabulary): return try vocabulary.tokenizerJSON()
        }
    }

    /// The subwords of a file; throws for words and characters, which a tokenizer must find first.
    static func subwords(path: String) throws -> SubwordVocabulary {
        switch try VocabularyFile(path: path) {
        case .pairs(let vocabulary): return try SubwordVocabulary(vocabulary)
        case .subwords(let vocabulary): return vocabulary
        case .table:
            throw CommandError(
                ExitStatus.data,
                "\(ByteStream.name(of: path)): this is a vocabulary of words or characters; name one of subwords, as "
                    + "--kind bpe makes")
        }
    }

    /// `vocabulary`; throws for one without a single symbol that is not special.
    static func notEmpty(_ vocabulary: Vocabulary) throws(TextError) -> Vocabulary {
        guard vocabulary.count > vocabulary.specialCount else {
            throw TextError(
                .emptyVocabulary, "the vocabulary has no symbol besides \(vocabulary.specialCount) special ones",
                remedy: "give a file with at least one")
        }
        return vocabulary
    }
}
