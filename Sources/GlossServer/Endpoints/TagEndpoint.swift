import GlossPipeline
import GlossText

/// `POST /v1/tag`: a text is cut into sentences by one piece of work, and its sentences are tagged by others.
struct TagEndpoint: TextEndpoint {
    static let defaultModel = "tagger"

    /// Tokens of a sentence: the network's states of a sentence are in memory together, about 22 KB a token.
    static let maximumTokens = 10_000

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

    func work(
        _ record: TextRecord, _ control: RequestControl, _ queue: WorkQueue,
        done: @escaping @Sendable (Result<TextAnswer, any Error>) -> Void
    ) throws -> [Work] {
        switch record {
        case .sentences(let sentences):
            guard sentences.allSatisfy({ !$0.isEmpty && !$0.contains("") }) else {
                throw Refusal.invalid("a list of tokens is empty or has an empty one", parameter: "input")
            }
            let text = sentences.map { $0.joined(separator: " ") }.joined(separator: " ")
            return try tag(Self.placed(sentences), text, control, queue, done)
        case .text(let text):
            let tagger = tagger
            return [
                Work(
                    control: control, cost: record.cost / 8 + 1, key: nil,
                    run: { _ in
                        do {
                            queue.add(try tag(tagger.sentences(in: text), text, control, queue, done))
                        } catch {
                            done(.failure(error))
                        }
                    }, payload: (), drop: { done(.failure($0)) })
            ]
        }
    }

    /// Tokens that are known, as they stand in their text with a space between.
    private static func placed(_ sentences: [[String]]) -> [Sentence] {
        var start = 0
        return sentences.map { tokens in
            let first = start
            let placed = tokens.map { token in
                defer { start += token.utf8.count + 1 }
                return Token(text: token, range: start..<start + token.utf8.count)
            }
            return Sentence(range: first..<start - 1, tokens: placed)
        }
    }

    private func tag(
        _ sentences: [Sentence], _ text: String, _ control: RequestControl, _ queue: WorkQueue,
        _ done: @escaping @Sendable (Result<TextAnswer, any Error>) -> Void
    ) throws -> [Work] {
        let tokens = sentences.reduce(0) { $0 + $1.tokens.count }
        guard tokens <= limits.textTokens else { throw Refusal.tooManyTokens(tokens, limits) }
        if let long = sentences.first(where: { $0.tokens.count > Self.maximumTokens }) {
            throw Refusal(
                status: .contentTooLarge, code: "too_large",
                message: "the sentence at byte \(long.range.lowerBound) has \(long.tokens.count) tokens, the limit is "
                    + "\(Self.maximumTokens); end sentences with full stops or empty lines",
                parameter: "input")
        }
        let unit = unit, live = live, tagger = tagger
        guard !sentences.isEmpty else {
            done(.success(TextAnswer(fields: [("sentences", "[]"), ("spans", "[]")], tokens: 0)))
            return []
        }
        let words = sentences.map { $0.tokens.map(\.text) }
        let answers = Gathered<SentenceAnswer>(count: sentences.count) { answers in
            done(
                answers.map {
                    TextAnswer(
                        fields: SentenceJSON(text, unit).fields(sentences, tagger.tags(words, $0)), tokens: tokens)
                })
        }
        return words.enumerated().map { index, words in
            BatchItem<[String], SentenceAnswer>.work(
                words, key: live, cost: words.count + 1, control,
                compute: { tagger.answers($0, threads: queue.spareThreads) }, done: { answers.set(index, $0) })
        }
    }
}
