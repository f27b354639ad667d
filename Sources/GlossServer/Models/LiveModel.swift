import Foundation
import GlossPipeline
import GlossStore
import GlossText
import Synchronization

/// A model that serves: an immutable value with what is known of its use.
final class LiveModel: Sendable {
    /// The exact version.
    let reference: ModelReference
    /// What its store says of it: another store may have another version of the same name and number.
    let summary: ModelSummary
    /// What it is for.
    let task: Task
    /// The model, prepared for serving.
    let model: Model
    /// What cuts its texts, made once: the rules take longer to read than a text.
    let splitter: any TextSplitter
    /// What its numbers take in memory.
    let bytes: Int
    private let used = Atomic(0)
    private let lastUse = Mutex(ContinuousClock.now)

    /// Prepares a version and checks that it answers.
    ///
    /// Throws `StoreError.damaged` when its parts make no model, `ModelRefused` when its answers are no numbers.
    init(_ version: ModelVersion, _ summary: ModelSummary) throws {
        self.summary = summary
        reference = try ModelReference(name: version.name, version: version.version)
        let model = try version.servingModel()
        self.model = model
        task = model.task
        splitter = try model.splitter()
        bytes = model.byteCount
        try Self.check(model)
    }

    /// Has the model answer a few words.
    private static func check(_ model: Model) throws {
        let sample = "This is it, and it was good."
        let isSound: Bool
        switch model {
        case .classify(let model): isSound = try model([sample])[0].probabilities.allSatisfy(\.isFinite)
        case .number(let model): isSound = try model([sample])[0].isFinite
        case .tag(let model):
            // A model of further columns answers where they are unknown values.
            let columns = model.configuration.encoder.columns.map { _ in ["", ""] }
            isSound = model.tag([[["It", "is"]]], columns: columns.isEmpty ? [] : [[columns]])[0][0]
                .allSatisfy { $0.probabilities.allSatisfy(\.isFinite) }
        case .generate(let model):
            var sampling = Sampling()
            sampling.maximumTokens = 1
            var continuation = try Continuation(of: sample, by: model, sampling, seed: 1)
            isSound = continuation.advance().logProbability.isFinite
        case .tokenize(let model): isSound = try !model.sentences(in: sample).isEmpty
        case .pretrain, .vectors: isSound = false
        }
        if !isSound { throw ModelRefused("its answers are no numbers") }
    }

    /// Counts a request.
    func use() {
        used.add(1, ordering: .relaxed)
        lastUse.withLock { $0 = .now }
    }

    /// Requests until now.
    var requests: Int { used.load(ordering: .relaxed) }

    /// How long nobody has asked for it.
    var idle: Duration { lastUse.withLock { .now - $0 } }
}

/// Why a version does not serve.
struct ModelRefused: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// A model was asked for that is there for others to start from.
struct AnswersNothing: Error, CustomStringConvertible {
    let summary: ModelSummary
    var description: String { "\(summary.reference) answers nothing; it is what other models start from" }
}
