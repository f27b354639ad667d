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
        let live = model
        if explains, case .classify(let model) = live.model {
            return [explanation(of: text, by: model, cost: record.cost, control, queue, done: done)]
        }
        return [
            BatchItem<String, TextAnswer>.work(
                text, key: live, cost: record.cost, control,
                compute: { texts in
                    switch live.model {
                    case .classify(let model):
                        let words = try texts.map { try model.words($0) }
                        let answers = model.classify(words: words, threads: queue.spareThreads)
                        return zip(words, answers).map {
                            TextAnswer(fields: Self.fields($1, model), tokens: $0.count)
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

    /// A piece of its own: it takes as long as some hundred texts, and ends between two passes where nobody waits for it any more.
    private func explanation(
        of text: String, by model: TextClassifier, cost: Int, _ control: RequestControl, _ queue: WorkQueue,
        done: @escaping @Sendable (Result<TextAnswer, any Error>) -> Void
    ) -> Work {
        let seconds = limits.requestSeconds
        return Work(
            control: control, cost: Self.explanationCost * cost, key: nil,
            run: { _ in
                // In a stream, whose requests have no end, each text has its time.
                let end = ContinuousClock.now + .seconds(seconds)
                done(
                    Result {
                        let words = try model.words(text)
                        let answer = model.classify(words: [words], threads: queue.spareThreads)[0]
                        let explanation = try model.explain(text) {
                            if let reason = control.end { throw reason }
                            if ContinuousClock.now >= end { throw WorkError.late }
                        }
                        let fields =
                            Self.fields(answer, model) + [("explanation", Self.json(explanation, of: text))]
                        return TextAnswer(fields: fields, tokens: words.count)
                    })
            }, payload: (), drop: { done(.failure($0)) })
    }

    /// Texts whose work an explanation is, about: forward and back again, at least 16 times.
    private static let explanationCost = 64

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

    private static func json(_ explanation: Explanation, of text: String) -> String {
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
