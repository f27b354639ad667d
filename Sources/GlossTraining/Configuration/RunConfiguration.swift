import Foundation
import GlossNN
import GlossPipeline
import TOMLKit

/// A whole training run: what the model is made of, and how it is trained. Read from and written as TOML.
public struct RunConfiguration: Codable, Sendable, Equatable {
    /// What the model is made of.
    public var model: ModelConfiguration
    /// How it is trained.
    public var training: TrainingConfiguration

    /// The defaults of a task.
    public init(_ task: Task) {
        model = ModelConfiguration(task)
        training = TrainingConfiguration()
        if task == .generate {
            training.smoothing = 0
            training.optimizer.averageDecay = 0
        }
        if task == .tokenize {
            training.epochs = 24
            training.smoothing = 0.05
            training.patience = 0
            training.optimizer.rate = 5e-3
            training.optimizer.averageDecay = 0.998
        }
        if task == .pretrain {
            training.epochs = 3
            training.batchTokens = 4000
            training.patience = 0
            training.smoothing = 0
            training.stream.steps = 100
            training.stream.samples = 2000
            training.optimizer.averageDecay = 0.999
        }
        if task == .vectors {
            training.epochs = 4
            training.optimizer.rate = 0.05
        }
    }

    /// The defaults of a task, overlaid with a TOML text and with settings such as "model.encoder.stack.hidden=128".
    ///
    /// - Throws: `ConfigurationError` for a key that does not exist or a value of another type, with its place.
    public init(_ task: Task, toml: String?, file: String, settings: [String]) throws {
        var tree = try ConfigurationTree(RunConfiguration(task))
        if let toml { try tree.overlay(ConfigurationTree(toml: toml, file: file), file: file) }
        self = try Self.decoded(&tree, settings)
    }

    /// The same run with settings such as "model.encoder.stack.hidden=128" changed. Throws as the reading of a file.
    public func changed(_ settings: [String]) throws -> RunConfiguration {
        var tree = try ConfigurationTree(self)
        return try Self.decoded(&tree, settings)
    }

    private static func decoded(_ tree: inout ConfigurationTree, _ settings: [String]) throws -> RunConfiguration {
        for setting in settings {
            guard let equals = setting.firstIndex(of: "=") else {
                throw ConfigurationError(place: "--set \(setting)", message: "is no key=value")
            }
            try tree.set(String(setting[..<equals]), String(setting[setting.index(after: equals)...]))
        }
        let run: RunConfiguration = try tree.decoded(choices: WordChoices.ofRun)
        try run.check()
        return run
    }

    /// Every key with its value, as TOML.
    public func toml() throws -> String { try ConfigurationTree(self).toml() }

    /// What must not change between a run and its resumption, as TOML.
    ///
    /// Rate and clipping may be changed on the way: that is how a run that diverged is saved. A key that did not exist in
    /// the first release is named where it is not at its default alone, so that a checkpoint from before it is resumed.
    public func identity() throws -> String {
        var kept = self
        kept.training.optimizer.rate = OptimizerConfiguration().rate
        kept.training.optimizer.clip = OptimizerConfiguration().clip
        var tree = try ConfigurationTree(kept)
        if training.precision == TrainingConfiguration().precision { tree.remove(["training", "precision"]) }
        let adversarial = AdversarialConfiguration()
        if training.adversarial == adversarial { tree.remove(["training", "adversarial"]) }
        if training.adversarial.unlabelled == adversarial.unlabelled {
            tree.remove(["training", "adversarial", "unlabelled"])
        }
        if training.optimizer.unfreezing.isEmpty { tree.remove(["training", "optimizer", "unfreezing"]) }
        if training.pretrained.isEmpty { tree.remove(["training", "pretrained"]) }
        if training.pretrainedWidth == 0 { tree.remove(["training", "pretrainedWidth"]) }
        if !training.continues { tree.remove(["training", "continues"]) }
        if model.head.groups.isEmpty { tree.remove(["model", "head", "groups"]) }
        if model.head.consistency == 0 { tree.remove(["model", "head", "consistency"]) }
        if model.encoder.base.layers == 0 { tree.remove(["model", "encoder", "base"]) }
        return try tree.toml()
    }

    /// Checks what would otherwise fail far away.
    private func check() throws {
        func require(_ holds: Bool, _ key: String, _ value: some Any, _ remedy: String) throws {
            if !holds { throw TrainingError.configuration(key: key, value: "\(value)", remedy: remedy) }
        }
        for (path, number) in try ConfigurationTree(self).numbers {
            let key = path.joined(separator: "."), table = path.dropLast().joined(separator: ".")
            guard let bounds = NumberBounds.ofRun[key] ?? NumberBounds.ofRun[table + ".*"] else { continue }
            try require(bounds.contains(number.doubleValue), key, number, bounds.remedy)
        }
        try require(
            !model.head.pooling.isEmpty, "model.head.pooling", "[]", "name at least one of last, mean, max, attention")
        let groups = model.head.groups, answers = model.head.answers
        try require(
            groups.isEmpty || answers.count > 1 && answers.allSatisfy { groups[$0] == nil }, "model.head.groups",
            answers.joined(separator: ", "), "give two answers or more, none with the name of a class")
        try require(
            groups.isEmpty || !model.head.multiLabel && !training.balancesClasses, "model.head.groups",
            answers.joined(separator: ", "), "leave out multiLabel and balancesClasses")
        try require(
            training.precision != .int8, "training.precision", training.precision.rawValue,
            "8-bit integers are for serving; set it to float32 or bfloat16")
        try require(
            training.ngrams.characters == 0 || training.ngrams.characters > 2, "training.ngrams.characters",
            training.ngrams.characters, "give 0 or a number from 3 to 16")
        try require(!training.ngrams.costs.isEmpty, "training.ngrams.costs", "[]", "give at least one")
        try require(
            !training.ngrams.interpolations.isEmpty, "training.ngrams.interpolations", "[]", "give at least one")
        try require(
            training.vectors.isEmpty || model.vocabulary.kind == .words, "training.vectors", training.vectors,
            "vectors are of words, not of byte pairs")
        try require(
            training.pretrained.isEmpty || training.vectors.isEmpty, "training.pretrained", training.pretrained,
            "a pretrained model brings its own vectors; set training.vectors to \"\"")
        try require(
            !training.continues || !training.pretrained.isEmpty, "training.continues", true,
            "name the model that is trained further with training.pretrained")
        try require(
            training.pretrainedWidth == 0 || !training.pretrained.isEmpty && !training.continues,
            "training.pretrainedWidth", training.pretrainedWidth,
            "give it with training.pretrained and without training.continues, or 0")
        try require(
            training.skipGram.longest >= training.skipGram.shortest, "training.skipGram.shortest",
            training.skipGram.shortest, "give a length of at most longest, \(training.skipGram.longest)")
    }
}

/// What is wrong with a configuration, and where.
public struct ConfigurationError: Error, CustomStringConvertible, Sendable, Equatable {
    /// A file with line and column, or an option.
    public let place: String
    /// What is wrong, with the value and the remedy.
    public let message: String

    /// What is wrong at a place.
    public init(place: String, message: String) {
        self.place = place
        self.message = message
    }

    /// One line.
    public var description: String { "\(place): \(message)" }
}
