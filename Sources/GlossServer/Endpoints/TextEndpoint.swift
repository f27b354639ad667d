import GlossPipeline
import GlossText

/// The answer to one text, as the fields of its object, and the tokens that were read.
struct TextAnswer: Sendable {
    var fields: [(key: String, value: String)]
    var tokens: Int
}

/// An endpoint that answers texts one by one: classify, tag, tokenize.
protocol TextEndpoint: Sendable {
    /// The model that answers where none is named.
    static var defaultModel: String { get }
    /// Checks the model and what the whole answer says of it. Throws `Refusal` for a model of another task.
    init(_ model: LiveModel, _ options: TextOptions, _ limits: Limits) throws
    /// Fields of the whole answer beside `model`, `results` and `usage`.
    var fields: [(key: String, value: String)] { get }
    /// The first pieces of work for a text, which are not in the queue yet; what follows from them, they add to it
    /// themselves. `done` is called once, on a worker. Throws `Refusal` for what it cannot read.
    func work(
        _ record: TextRecord, _ control: RequestControl, _ queue: WorkQueue,
        done: @escaping @Sendable (Result<TextAnswer, any Error>) -> Void
    ) throws -> [Work]
}

extension Refusal {
    static func wrongTask(_ model: LiveModel, _ path: String) -> Refusal {
        let right =
            switch model.task {
            case .classify, .number: "/v1/classify"
            case .tag: "/v1/tag"
            case .generate: "/v1/completions"
            case .tokenize: "/v1/tokenize"
            case .pretrain, .vectors: "gloss train"
            }
        return .invalid("the model \(model.reference) is not for \(path); give it to \(right)", parameter: "model")
    }

    static func tooManyTokens(_ count: Int, _ limits: Limits, parameter: String = "input") -> Refusal {
        .tooMuch(
            "a text has about \(count) tokens, the limit is \(limits.textTokens); send it in parts",
            parameter: parameter,
            limit: "textTokens")
    }
}

/// Work that is computed in batches: what a piece takes and gives.
struct BatchItem<Input: Sendable, Output: Sendable>: Sendable {
    let input: Input
    let done: @Sendable (Result<Output, any Error>) -> Void

    /// A piece of work of a model; all pieces with its key are given to `compute` together.
    static func work(
        _ input: Input, key: AnyObject, cost: Int, _ control: RequestControl,
        compute: @escaping @Sendable ([Input]) throws -> [Output],
        done: @escaping @Sendable (Result<Output, any Error>) -> Void
    ) -> Work {
        Work(
            control: control, cost: cost, key: ObjectIdentifier(key),
            run: { pieces in
                let items = pieces.compactMap { $0.payload as? BatchItem }
                do {
                    let outputs = try compute(items.map(\.input))
                    for (item, output) in zip(items, outputs) { item.done(.success(output)) }
                } catch {
                    guard items.count > 1 else { return items.forEach { $0.done(.failure(error)) } }
                    // One text that cannot be answered is no reason to refuse the others.
                    for item in items { item.done(Result { try compute([item.input])[0] }) }
                }
            }, payload: BatchItem(input: input, done: done), drop: { done(.failure($0)) })
    }
}
