import GlossNN
import GlossPipeline
import GlossText

/// From tagged sentences to a tagger.
public struct TaggerTraining: Sendable {
    /// What the model is made of.
    public let model: ModelConfiguration
    /// How it is trained.
    public let training: TrainingConfiguration
    let threads: Int
    let start: StartingPoint
    /// The tagger that is trained further.
    private let known: Tagger?
    let tagSets: [TagSet]
    let sentences, held: [TaggedSentence]
    let lexicon: Lexicon
    let normalizer: Normalizer

    /// Prepares training on `examples`, judged on `held`; every column of the data that is no input is learned.
    ///
    /// A tagger that is trained further keeps its sizes, tags and words, and has those of the examples behind them.
    ///
    /// Throws `TrainingError` where no column has two tags, one has a tag that the tagger which is trained further lacks, or a sentence
    /// lacks a column that is read or all that is learned, `TextError` for a vocabulary without words.
    public init(
        _ model: ModelConfiguration, _ training: TrainingConfiguration, examples: [TaggedSentence],
        held: [TaggedSentence], start: StartingPoint = .none, threads: Int
    ) throws {
        known = try start.whole { if case .tag(let tagger) = $0 { tagger } else { nil } }
        let model = try known?.configuration.further(as: model) ?? start.adapted(model, width: training.pretrainedWidth)
        self.model = model
        self.training = training
        self.threads = threads
        self.start = start
        sentences = examples
        self.held = held
        var counts: [String: [String: Int]] = [:]
        for sentence in examples {
            for (column, tags) in sentence.tags where !model.encoder.columns.contains(column) {
                for tag in tags { counts[column, default: [:]][tag, default: 0] += 1 }
            }
        }
        for (column, tags) in counts.sorted(by: { $0.key < $1.key }) {
            guard let slip = Self.slip(in: tags),
                let sentence = examples.first(where: { $0.tags[column]?.contains(slip) ?? false })
            else { continue }
            throw TrainingError.data(
                "\(sentence.place): the column “\(column)” has spans (B-…, I-…, O), and in this sentence the tag "
                    + "“\(slip)”; correct it")
        }
        try known?.network.head.tagSets.check(counts, of: examples)
        tagSets =
            known?.network.head.tagSets
            ?? ["upos", "xpos", "feats"].filter { counts[$0] != nil }
            .appending(counts.keys.sorted())
            .compactMap { column in
                let tags = (counts[column] ?? [:])
                    .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
                return tags.count > 1 ? TagSet(name: column, tags: tags.map(\.key)) : nil
            }
        guard !tagSets.isEmpty else {
            throw TrainingError.data("the training data has no column with two different tags; a tagger needs one")
        }
        try tagSets.requireColumns(held)
        for column in model.encoder.columns {
            for (data, sentences) in [("training", examples), ("held-out", held)] {
                guard let sentence = sentences.first(where: { $0.tags[column] == nil }) else { continue }
                throw TrainingError.data(
                    "\(sentence.place): the \(data) data has no column “\(column)”, which encoder.columns names")
            }
        }
        let normalizer = Normalizer(model.tokenizer)
        self.normalizer = normalizer
        let words = examples.map { $0.tokens.map { normalizer($0) } }
        let columns = examples.map { sentence in model.encoder.columns.map { sentence.tags[$0] ?? [] } }
        lexicon = try Lexicon(
            model, further: known?.network.lexicon, words: words, columns: columns, start: start,
            vectorWords: training.vectorWords)
    }

    /// A fresh model, with what it starts from. Throws `CorpusError`, `TextError`.
    public func freshModel() throws -> Tagger {
        var random = RandomSource(seed: training.seed)
        var fresh = try Tagger(model, lexicon: lexicon, tagSets: tagSets, using: &random)
        try fresh.network.begin(further: known?.network, start: start, length: training.vectorLength)
        fresh.segmenter = known?.segmenter
        return fresh
    }

    /// The network's task.
    public func task() -> SequenceTask<TaggingHead> {
        let tagSets = tagSets, threads = threads, held = held
        let sequences = held.map { sequence($0) }, places = places
        return SequenceTask(
            sequences: sentences.map { sequence($0) }, targets: sentences.map { targets($0, places) },
            options: LossOptions(smoothing: training.smoothing, adversarial: training.adversarial),
            batchTokens: training.batchTokens
        ) { network in
            let answers = network.answers(sequences, threads: threads)
            let settled = held.documents.flatMap { document in
                network.head.settled(Array(answers[document.indices]), words: document.map(\.tokens))
            }
            return Self.evaluation(
                held,
                settled.map { columns in
                    zip(tagSets, columns).map { set, steps in
                        let tags = steps.map { set.tags[Int($0.tag)] }
                        return (set, set.holdsSpans ? SpanTags.repaired(tags) : tags)
                    }
                })
        }
    }

    private func sequence(_ sentence: TaggedSentence) -> WordSequence {
        lexicon.sequence(
            sentence.tokens.map { normalizer($0) },
            columns: model.encoder.columns.map { sentence.tags[$0] ?? [] })
    }

    /// A tag that makes a column of spans one of plain tags: fewer than one in a hundred words have such tags, all others tags of
    /// spans. Nil where there is none.
    private static func slip(in tags: [String: Int]) -> String? {
        let spans = tags.filter { SpanTags.describes(["B-", $0.key]) }, others = tags.filter { spans[$0.key] == nil }
        guard !others.isEmpty, SpanTags.describes(Array(spans.keys)),
            others.values.reduce(0, +) * 100 < spans.values.reduce(0, +)
        else { return nil }
        return others.keys.min()
    }

    /// The tags' numbers by column.
    private var places: [[String: Int32]] {
        tagSets.map { set in Dictionary(uniqueKeysWithValues: set.tags.enumerated().map { ($1, Int32($0)) }) }
    }

    private func targets(_ sentence: TaggedSentence, _ places: [[String: Int32]]) -> [[Int32]] {
        zip(tagSets, places).map { set, indices in
            (sentence.tags[set.name] ?? Array(repeating: "", count: sentence.tokens.count)).map {
                indices[$0] ?? -1
            }
        }
    }

    /// The accuracy of each column, and span F1, precision and recall where a column holds spans, under the column's name where several
    /// do; `predicted` by sentence and column.
    public static func evaluation(_ gold: [TaggedSentence], _ predicted: [[(set: TagSet, tags: [String])]])
        -> Evaluation
    {
        var accuracy = TagAccuracy()
        var spans: [String: SpanScore] = [:]
        for (sentence, columns) in zip(gold, predicted) {
            let known = columns.filter { sentence.tags[$0.set.name] != nil }
            accuracy.add(
                gold: sentence.tags.filter { name, _ in known.contains { $0.set.name == name } },
                predicted: Dictionary(uniqueKeysWithValues: known.map { ($0.set.name, $0.tags) }))
            for column in known where column.set.holdsSpans {
                spans[column.set.name, default: SpanScore()].add(
                    gold: sentence.tags[column.set.name] ?? [], predicted: column.tags)
            }
        }
        var metrics: [String: Double] = [:]
        var scores: [Double] = []
        var shown: [String] = []
        let hasSeveral = spans.count > 1
        for column in accuracy.columns {
            let value = accuracy.accuracy(of: column) ?? 0
            metrics[column] = value
            if let spans = spans[column] {
                let prefix = hasSeveral ? column + "_" : ""
                metrics[prefix + "span_f1"] = spans.overall.f1
                metrics[prefix + "precision"] = spans.overall.precision
                metrics[prefix + "recall"] = spans.overall.recall
                scores.append(spans.overall.f1)
                shown.append("\(hasSeveral ? column + " " : "")span F1 \(rounded(spans.overall.f1, 4))")
            } else {
                scores.append(value)
                shown.append("\(column) \(rounded(value, 4))")
            }
        }
        return Evaluation(
            score: scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count), metrics: metrics,
            shown: shown.joined(separator: ", "))
    }

    /// What was found of each tag of a column, or of each type where it holds spans; `predicted` as above.
    package static func classes(
        _ gold: [TaggedSentence], _ predicted: [[(set: TagSet, tags: [String])]]
    ) -> [ClassReport] {
        let sets = predicted.first?.map(\.set) ?? []
        return zip(sets.indices, sets).compactMap { column, set in
            let known = zip(gold, predicted).compactMap { sentence, columns in
                sentence.tags[set.name].map { (gold: $0, predicted: columns[column].tags) }
            }
            guard !known.isEmpty else { return nil }
            guard set.holdsSpans else {
                return ClassReport(
                    column: set.name, gold: known.flatMap(\.gold), predicted: known.flatMap(\.predicted))
            }
            var score = SpanScore()
            for sentence in known { score.add(gold: sentence.gold, predicted: sentence.predicted) }
            return ClassReport(column: set.name, score.types)
        }
    }
}

extension [TagSet] {
    /// Throws `TrainingError.data` where no sentence has the column of any of these sets: nothing would be measured.
    func requireColumns(_ sentences: [TaggedSentence]) throws(TrainingError) {
        guard let first = sentences.first,
            !sentences.contains(where: { sentence in contains { sentence.tags[$0.name] != nil } })
        else { return }
        let found = first.tags.keys.sorted().joined(separator: ", ")
        throw .data(
            "\(first.file): the data to judge by has no column "
                + "\(map { "“\($0.name)”" }.joined(separator: " or ")), but "
                + "\(found.isEmpty ? "none" : found); give labelled data, and name its columns with --column NAME=NUMBER"
        )
    }

    /// Throws `TrainingError` where sentences to learn from have a tag, counted by column, that none of these sets has.
    fileprivate func check(
        _ counts: [String: [String: Int]], of sentences: [TaggedSentence]
    ) throws(TrainingError) {
        func place(_ holds: (TaggedSentence) -> Bool) -> String { sentences.first(where: holds)?.place ?? "" }
        for (column, tags) in counts.sorted(by: { $0.key < $1.key }) {
            guard let set = first(where: { $0.name == column }) else {
                throw .data(
                    "\(place { $0.tags[column] != nil }): the training data has the column “\(column)”; the tagger that is "
                        + "trained further has "
                        + map(\.name).joined(separator: ", ")
                        + ": give data with these alone, or set training.continues to false")
            }
            if let new = tags.keys.sorted().first(where: { !set.tags.contains($0) }) {
                throw .data(
                    "\(place { $0.tags[column]?.contains(new) ?? false }): the training data has the tag “\(new)” in the "
                        + "column “\(column)”, which the tagger that is trained further "
                        + "does not know; correct it, or set training.continues to false")
            }
        }
    }
}

extension [String] {
    fileprivate func appending(_ more: [String]) -> [String] { self + more.filter { !contains($0) } }
}
