import GlossPipeline
import GlossText

/// `POST /v1/tokenize`: the sentences and tokens of a model's own tokenizer.
struct TokenizeEndpoint: TextEndpoint {
    static let defaultModel = "tagger"

    private let tokenizer: any TextSplitter
    private let unit: OffsetUnit
    private let limits: Limits

    init(_ model: LiveModel, _ options: TextOptions, _ limits: Limits) throws {
        // Byte pairs are no tokens.
        guard model.model.configuration.vocabulary.kind == .words else {
            throw Refusal.wrongTask(model, "/v1/tokenize")
        }
        tokenizer = model.splitter
        unit = options.offsets
        self.limits = limits
    }

    var fields: [(key: String, value: String)] { [] }

    func work(
        _ record: TextRecord, _ control: RequestControl, _ queue: WorkQueue,
        done: @escaping @Sendable (Result<TextAnswer, any Error>) -> Void
    ) throws -> [Work] {
        let text = try record.text(for: "tokenize", limits)
        let tokenizer = tokenizer, unit = unit
        return [
            Work(
                control: control, cost: record.cost / 8 + 1, key: nil,
                run: { _ in
                    done(
                        Result {
                            let sentences = try tokenizer.sentences(in: text)
                            return TextAnswer(
                                fields: SentenceJSON(text, unit).fields(sentences, []),
                                tokens: sentences.reduce(0) { $0 + $1.tokens.count })
                        })
                }, payload: (), drop: { done(.failure($0)) })
        ]
    }
}
