import GlossPipeline
import GlossText
import Synchronization

/// `POST /v1/tag`: a text is cut into sentences by one piece of work, and its sentences are tagged by others.
struct TagEndpoint: TextEndpoint {
    static let defaultModel = "tagger"

    private let live: LiveModel
    private let tagger: Tagger
    private let unit: OffsetUnit
    private let limits: Limits

    init(_ model: LiveModel, _ options: TextOptions, _ limits: Limits) throws {
        guard case .tag(let tagger) = model.model else { throw Refusal.wrongTask(model, "/v1/tag") }
        guard tagger.configuration.encoder.columns.isEmpty else {
            throw Refusal.invalid(
                "the model \(model.reference) reads further columns beside the words, which only gloss tag --local can give",
                parameter: "model")
        }
        live = model
        self.tagger = tagger
        unit = options.offsets
        self.limits = limits
    }

    var fields: [(key: String, value: String)] { [("columns", Self.columns(tagger))] }

    /// The columns of a tagger, in its order.
    static func columns(_ tagger: Tagger) -> String {
        JSONText.array(
            tagger.network.head.tagSets.map {
                JSONText.object([("name", JSONText.string($0.name)), ("spans", String($0.holdsSpans))])
            })
    }

    func begin(
        _ record: TextRecord, _ control: RequestControl, _ queue: WorkQueue,
        done: @escaping @Sendable (Result<TextAnswer, any Error>) -> Void
    ) throws {
        switch record {
        case .tokens(let tokens):
            guard !tokens.isEmpty, tokens.allSatisfy({ !$0.isEmpty }) else {
                throw Refusal.invalid("a list of tokens is empty or has an empty one", parameter: "input")
            }
            try tag(Self.sentence(tokens), tokens.joined(separator: " "), control, queue, done)
        case .text(let text):
            let tagger = tagger
            queue.add([
                Work(
                    control: control, cost: record.cost / 8 + 1, key: nil,
                    run: { _ in
                        do {
                            try tag(tagger.sentences(in: text), text, control, queue, done)
                        } catch {
                            done(.failure(error))
                        }
                    }, payload: (), drop: { done(.failure($0)) })
            ])
        }
    }

    /// Tokens that are known, as they stand in their text with a space between.
    private static func sentence(_ tokens: [String]) -> [Sentence] {
        var start = 0
        let placed = tokens.map { token in
            defer { start += token.utf8.count + 1 }
            return Token(text: token, range: start..<start + token.utf8.count)
        }
        return [Sentence(range: 0..<start - 1, tokens: placed)]
    }

    private func tag(
        _ sentences: [Sentence], _ text: String, _ control: RequestControl, _ queue: WorkQueue,
        _ done: @escaping @Sendable (Result<TextAnswer, any Error>) -> Void
    ) throws {
        let tokens = sentences.reduce(0) { $0 + $1.tokens.count }
        guard tokens <= limits.textTokens else { throw Refusal.tooManyTokens(tokens, limits) }
        let unit = unit, live = live, tagger = tagger
        let gathered = GatheredTags(count: sentences.count) { tags in
            done(
                tags.map {
                    TextAnswer(fields: SentenceJSON(text, unit).fields(sentences, $0), tokens: tokens)
                })
        }
        guard !sentences.isEmpty else {
            return done(.success(TextAnswer(fields: [("sentences", "[]"), ("spans", "[]")], tokens: 0)))
        }
        queue.add(
            sentences.enumerated().map { index, sentence in
                BatchItem<[String], [ColumnTags]>.work(
                    sentence.tokens.map(\.text), key: live, cost: sentence.tokens.count + 1, control,
                    compute: { tagger.tag($0) }, done: { gathered.set(index, $0) })
            })
    }
}

/// The tags of a text's sentences, gathered from several pieces of work.
private final class GatheredTags: Sendable {
    private struct State {
        var tags: [[ColumnTags]?]
        var missing: Int
        var isDone = false
    }

    private let state: Mutex<State>
    private let done: @Sendable (Result<[[ColumnTags]], any Error>) -> Void

    init(count: Int, done: @escaping @Sendable (Result<[[ColumnTags]], any Error>) -> Void) {
        state = Mutex(State(tags: Array(repeating: nil, count: count), missing: count))
        self.done = done
    }

    func set(_ index: Int, _ result: Result<[ColumnTags], any Error>) {
        let whole: Result<[[ColumnTags]], any Error>? = state.withLock { state in
            guard !state.isDone else { return nil }
            switch result {
            case .failure(let error):
                state.isDone = true
                return .failure(error)
            case .success(let tags):
                state.tags[index] = tags
                state.missing -= 1
                guard state.missing == 0 else { return nil }
                state.isDone = true
                return .success(state.tags.compactMap { $0 })
            }
        }
        if let whole { done(whole) }
    }
}
