import GlossPipeline
import GlossText
import GlossTraining

/// A model that judges whole texts.
enum Judge: Sendable {
    case label(TextClassifier, explains: Bool)
    case number(TextRegressor)

    /// The judge in a model; throws for a model of another task.
    init(_ model: Model, name: String, explains: Bool = false) throws {
        switch model {
        case .classify(let model): self = .label(model, explains: explains)
        case .number(let model):
            guard !explains else { throw Self.noExplanation(name) }
            self = .number(model)
        case .tag, .generate, .tokenize, .pretrain, .vectors:
            throw WrongTask.error(name, model.task, wanted: "classify")
        }
    }

    /// Texts whose answers one thread computes at a time.
    private static let share = 128

    /// The judgements of texts, in order. Throws `TextError` for a text that cannot be tokenized.
    func callAsFunction(_ texts: [String], threads: Int) throws -> [Judgement] {
        let shares = stride(from: 0, to: texts.count, by: Self.share).map {
            Array(texts[$0..<min($0 + Self.share, texts.count)])
        }
        return try Parallel.map(shares, threads: threads) { share in
            Result { try judge(share) }
        }.flatMap { try $0.get() }
    }

    private func judge(_ texts: [String]) throws -> [Judgement] {
        switch self {
        case .label(let model, let explains):
            var judgements = try model(texts).map { answer in
                Judgement(
                    label: answer.label, probability: answer.probability,
                    probabilities: zip(model.labels, answer.probabilities).map { ($0, $1) },
                    isMultiLabel: model.configuration.head.multiLabel)
            }
            if explains {
                for (index, text) in texts.enumerated() {
                    let words = ExplainedWords(try model.explain(text), of: text)
                    judgements[index] = judgements[index].explained(by: words)
                }
            }
            return judgements
        case .number(let model): return try model(texts).map(Judgement.init(value:))
        }
    }

    /// A model of numbers was asked why.
    static func noExplanation(_ name: String) -> CommandError {
        CommandError(
            ExitStatus.usage, "the model \(name) gives numbers, which are not explained; leave --explain out")
    }
}

/// A model was given to a command that cannot use it.
enum WrongTask {
    static func error(_ name: String, _ task: Task, wanted: String) -> CommandError {
        let right =
            switch task {
            case .classify, .number: "gloss classify"
            case .tag: "gloss tag"
            case .generate: "gloss generate"
            case .tokenize: "gloss tokenize"
            case .pretrain: "gloss train, as training.pretrained"
            case .vectors: "gloss train, as training.vectors"
            }
        return CommandError(
            ExitStatus.usage, "the model \(name) is not for gloss \(wanted); give it to \(right), or name another model"
        )
    }
}
