import GlossPipeline
import GlossText

/// `POST /v1/classify`.
struct ClassifyEndpoint: TextEndpoint {
    static let defaultModel = "sentiment"

    private let model: LiveModel
    private let explains: Bool
    private let limits: Limits

    init(_ model: LiveModel, _ options: TextOptions, _ limits: Limits) throws {
        guard model.task == .classify || model.task == .number else {
            throw Refusal.wrongTask(model, "/v1/classify")
        }
        guard !options.explains || model.task == .classify else {
            throw Refusal.invalid("a model of numbers does not explain itself", parameter: "explain")
        }
        self.model = model
        explains = options.explains
        self.limits = limits
    }

    var fields: [(key: String, value: String)] { [] }

    func work(
        _ record: TextRecord, _ control: RequestControl, _ queue: WorkQueue,
        done: @escaping @Sendable (Result<TextAnswer, any Error>) -> Void
    ) throws -> [Work] {
        let text = try record.text(for: "classify", limits)
        let live = model, explains = explains
        return [
            BatchItem<ClassifyInput, TextAnswer>.work(
                ClassifyInput(text: text, explains: explains), key: live, cost: record.cost, control,
                compute: { inputs in
                    let texts = inputs.map(\.text)
                    switch live.model {
                    case .classify(let model):
                        let words = try texts.map { try model.words($0) }
                        let answers = model.classify(words: words, threads: queue.spareThreads)
                        return try zip(inputs, zip(words, answers)).map { input, answer in
                            var fields = Self.fields(answer.1, model)
                            if input.explains {
                                fields.append(("explanation", try Self.explanation(input.text, model)))
                            }
                            return TextAnswer(fields: fields, tokens: answer.0.count)
                        }
                    case .number(let model):
                        return try zip(texts, model(texts)).map {
                            TextAnswer(fields: [("value", "\($1)")], tokens: $0.utf8.count / 5)
                        }
                    default: return []
                    }
                }, done: done)
        ]
    }

    private static func fields(_ answer: Classification, _ model: TextClassifier) -> [(key: String, value: String)] {
        var fields = [
            (key: "label", value: JSONText.string(answer.label)),
            (key: "probability", value: "\(answer.probability)"),
        ]
        if model.configuration.head.multiLabel {
            let held = zip(model.labels, answer.probabilities).filter { $0.1 >= 0.5 }.map { JSONText.string($0.0) }
            fields.append(("labels", JSONText.array(held)))
        }
        let probabilities = zip(model.labels, answer.probabilities).map { (key: $0, value: "\($1)") }
        fields.append(("probabilities", JSONText.object(probabilities)))
        return fields
    }

    private static func explanation(_ text: String, _ model: TextClassifier) throws -> String {
        let explanation = try model.explain(text)
        let offsets = OffsetConverter(text)
        let words = explanation.words.map { word in
            let place = offsets.range(ofBytes: word.token.range, in: .scalars)
            return JSONText.object([
                ("text", JSONText.string(text.slice(word.token.range))), ("start", String(place.lowerBound)),
                ("end", String(place.upperBound)), ("attribution", "\(word.attribution)"),
            ])
        }
        return JSONText.object([
            ("words", JSONText.array(words)), ("base", "\(explanation.base)"), ("logit", "\(explanation.logit)"),
        ])
    }
}

/// A text of a batch: its neighbours may come from requests that ask for something else.
private struct ClassifyInput: Sendable {
    let text: String
    let explains: Bool
}
