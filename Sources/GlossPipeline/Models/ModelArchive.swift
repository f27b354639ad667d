import Foundation
import GlossNN
import GlossText

/// A model taken apart: what a store keeps of it.
public struct ModelArchive: Sendable {
    /// What the model is for.
    public var task: Task
    /// `ModelConfiguration` as JSON.
    public var configuration: Data
    /// Vocabularies, labels and calibration as JSON, by name.
    public var assets: [String: Data]
    /// Parameters by path.
    public var tensors: [(name: String, numbers: Numbers)]

    /// An archive of its parts.
    public init(task: Task, configuration: Data, assets: [String: Data], tensors: [(name: String, numbers: Numbers)]) {
        self.task = task
        self.configuration = configuration
        self.assets = assets
        self.tensors = tensors
    }
}

/// Why an archive makes no model.
public enum ArchiveError: Error, CustomStringConvertible, Sendable, Equatable {
    /// An asset is missing.
    case missingAsset(String)
    /// A tensor is missing.
    case missingTensor(String)
    /// A tensor has another shape than its model needs.
    case shape(tensor: String, found: [Int], expected: [Int])
    /// What is there makes no model.
    case impossible(String)

    /// One line: what, where, remedy.
    public var description: String {
        switch self {
        case .missingAsset(let name): "the model has no “\(name)”; import or train it again"
        case .missingTensor(let name): "the model has no tensor “\(name)”; import or train it again"
        case .shape(let tensor, let found, let expected):
            "tensor “\(tensor)” has the shape \(found) where \(expected) is needed; import or train the model again"
        case .impossible(let what): "the model has \(what), which makes no model; import or train it again"
        }
    }
}

/// A model of any task.
public enum Model: Sendable {
    case classify(TextClassifier)
    case number(TextRegressor)
    case tag(Tagger)
    case generate(Generator)
    case tokenize(TextSegmenter)
    case pretrain(BidirectionalLanguageModel)
    case vectors(WordVectors)

    /// What it is for.
    public var task: Task {
        switch self {
        case .classify: .classify
        case .number: .number
        case .tag: .tag
        case .generate: .generate
        case .tokenize: .tokenize
        case .pretrain: .pretrain
        case .vectors: .vectors
        }
    }

    /// What it is made of.
    public var configuration: ModelConfiguration {
        switch self {
        case .classify(let model): model.configuration
        case .number(let model): model.configuration
        case .tag(let model): model.configuration
        case .generate(let model): model.configuration
        case .tokenize(let model): model.configuration
        case .pretrain(let model): model.configuration
        case .vectors(let model): model.configuration
        }
    }

    /// The same model with its matrices packed for serving, in a precision: see `Module.prepared`.
    public func prepared(_ precision: Precision = .float32) -> Model {
        switch self {
        case .classify(let model): .classify(model.prepared(precision))
        case .number(let model): .number(model.prepared(precision))
        case .tag(let model): .tag(model.prepared(precision))
        case .generate(let model): .generate(model.prepared(precision))
        case .tokenize(let model): .tokenize(model.prepared(precision))
        case .pretrain(let model): .pretrain(model.prepared(precision))
        case .vectors(let model): .vectors(model)
        }
    }

    /// How the model cuts text: as it has learned, or by the rules of its tokenizer. Throws `TextError`.
    public func splitter() throws(TextError) -> any TextSplitter {
        switch self {
        case .tokenize(let model): model
        case .tag(let model): model.splitter
        case .classify, .number, .generate, .pretrain, .vectors: try Tokenizer(configuration.tokenizer)
        }
    }

    /// The model, whatever it is of.
    private var module: any Module {
        switch self {
        case .classify(let model): model
        case .number(let model): model
        case .tag(let model): model
        case .generate(let model): model
        case .tokenize(let model): model
        case .pretrain(let model): model
        case .vectors(let model): model
        }
    }

    /// What the learned scalars take in memory, in bytes.
    public var byteCount: Int { module.byteCount }

    /// The number of learned scalars.
    public var parameterCount: Int { module.parameterCount }

    /// Scalars from which on a tensor is large.
    private static let largeCount = 1 << 16

    /// The tensors that take most of a model's room and bear rounding best: large tables of vectors, those that an output layer
    /// shares among them, and large weights of recurrent layers.
    package var largeTensors: Set<String> {
        let large = module.parameters.filter {
            switch $0.parameter.role {
            case .table, .tiedTable, .gates: $0.parameter.count >= Self.largeCount
            case .matrix, .gateBias, .vector: false
            }
        }
        return Set(large.map(\.path))
    }
}

extension Model {
    /// The model taken apart. Throws when an asset cannot be written as JSON.
    public func archive() throws -> ModelArchive {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var assets: [String: Data] = [:]
        switch self {
        case .classify(let model):
            assets["lexicon"] = try encoder.encode(model.network.lexicon)
            assets["labels"] = try encoder.encode(model.labels)
            assets["calibration"] = try encoder.encode(model.calibration)
            if let ngrams = model.ngrams {
                assets["ngrams"] = try encoder.encode([
                    "order": ngrams.ngrams.words, "characters": ngrams.ngrams.characters,
                    "buckets": ngrams.table.shape[0], "classes": ngrams.bias.value.count,
                ])
            }
        case .number(let model):
            assets["lexicon"] = try encoder.encode(model.network.lexicon)
            assets["scale"] = try encoder.encode([model.network.head.mean, model.network.head.deviation])
        case .tag(let model):
            assets["lexicon"] = try encoder.encode(model.network.lexicon)
            assets["tags"] = try encoder.encode(model.network.head.tagSets)
            if let segmenter = model.segmenter {
                assets["segmentation"] = try encoder.encode(segmenter.configuration)
                assets["features"] = try encoder.encode(segmenter.network.features)
                assets["words"] = try encoder.encode(segmenter.words)
            }
        case .generate(let model):
            assets["codec"] = try encoder.encode(model.codec)
        case .tokenize(let model):
            assets["features"] = try encoder.encode(model.network.features)
            assets["words"] = try encoder.encode(model.words)
        case .pretrain(let model):
            assets["lexicon"] = try encoder.encode(model.lexicon)
        case .vectors(let model):
            assets["words"] = try encoder.encode(model.words)
        }
        return ModelArchive(
            task: task, configuration: try encoder.encode(configuration), assets: assets,
            tensors: module.parameters.map { ($0.path, .dense($0.parameter.value)) })
    }

    /// The model of an archive. Throws `ArchiveError` for what is missing, and errors of decoding.
    public init(_ archive: ModelArchive) throws {
        let configuration = try ModelConfiguration(stored: archive.configuration)
        try configuration.encoder.checkSizes()
        let tensors = Dictionary(archive.tensors.map { ($0.name, $0.numbers) }) { first, _ in first }
        func asset<Value: Decodable>(_ name: String, _ type: Value.Type) throws -> Value {
            guard let data = archive.assets[name] else { throw ArchiveError.missingAsset(name) }
            return try JSONDecoder().decode(type, from: data)
        }
        func lexicon() throws -> Lexicon {
            let lexicon = try asset("lexicon", Lexicon.self)
            guard lexicon.words.unknownID != nil, lexicon.characters?.unknownID != nil || lexicon.characters == nil,
                lexicon.columns.allSatisfy({ $0.unknownID != nil })
            else { throw ArchiveError.impossible("a vocabulary without \(Vocabulary.unknown)") }
            return lexicon
        }
        func unique(_ names: [String], _ what: String) throws {
            guard names.count > 1, Set(names).count == names.count else {
                throw ArchiveError.impossible("\(what) that are fewer than two or the same")
            }
        }
        func restore(_ model: inout some Module) throws {
            try model.forEachParameter("") { path, parameter in
                guard let numbers = tensors[path] else { throw ArchiveError.missingTensor(path) }
                guard numbers.shape == parameter.shape else {
                    throw ArchiveError.shape(tensor: path, found: numbers.shape, expected: parameter.shape)
                }
                parameter.load(numbers)
            }
        }
        // Every parameter is restored, or the model is none.
        var random = RandomSource.idle
        switch archive.task {
        case .classify:
            let labels = try asset("labels", [String].self)
            try unique(labels, "labels")
            guard configuration.head.groups.isEmpty || labels == configuration.head.answers else {
                throw ArchiveError.missingAsset("labels")
            }
            var model = try TextClassifier(
                configuration, lexicon: lexicon(), labels: labels, using: &random)
            model.calibration = try asset("calibration", Calibration.self)
            if archive.assets["ngrams"] != nil {
                let sizes = try asset("ngrams", [String: Int].self)
                guard let order = sizes["order"], let buckets = sizes["buckets"], let classes = sizes["classes"],
                    (1...1 << 24).contains(buckets), buckets.nonzeroBitCount == 1, classes == model.labels.count,
                    (0...16).contains(order), (0...16).contains(sizes["characters"] ?? 0)
                else { throw ArchiveError.missingAsset("ngrams") }
                model.ngrams = NGramClassifier(
                    table: Tensor(uninitialized: [buckets, classes]), bias: Tensor(zeros: [classes]),
                    NGrams(words: order, characters: sizes["characters"] ?? 0))
            }
            try restore(&model)
            self = .classify(model)
        case .number:
            var model = try TextRegressor(configuration, lexicon: lexicon(), using: &random)
            let scale = try asset("scale", [Float].self)
            guard scale.count == 2 else { throw ArchiveError.missingAsset("scale") }
            model.network.head.mean = scale[0]
            model.network.head.deviation = scale[1]
            try restore(&model)
            self = .number(model)
        case .tag:
            let tagSets = try asset("tags", [TagSet].self)
            for set in tagSets { try unique(set.tags, "tags of \(set.name)") }
            var model = try Tagger(configuration, lexicon: lexicon(), tagSets: tagSets, using: &random)
            if let data = archive.assets["segmentation"] {
                let segmentation = try ModelConfiguration(stored: data)
                try segmentation.encoder.checkSizes()
                model.segmenter = try TextSegmenter(
                    segmentation, features: asset("features", FeatureVocabulary.self),
                    words: asset("words", WordTable.self), using: &random)
            }
            try restore(&model)
            self = .tag(model)
        case .generate:
            var model = try Generator(configuration, codec: asset("codec", SymbolCodec.self), using: &random)
            try restore(&model)
            self = .generate(model)
        case .tokenize:
            var model = try TextSegmenter(
                configuration, features: asset("features", FeatureVocabulary.self),
                words: asset("words", WordTable.self), using: &random)
            try restore(&model)
            self = .tokenize(model)
        case .pretrain:
            var model = BidirectionalLanguageModel(configuration, lexicon: try lexicon(), using: &random)
            try restore(&model)
            self = .pretrain(model)
        case .vectors:
            let words = try asset("words", Vocabulary.self)
            var model = WordVectors(
                configuration: configuration, words: words,
                table: Tensor(uninitialized: [words.count, configuration.encoder.wordFeatures]))
            try restore(&model)
            self = .vectors(model)
        }
    }
}

extension EncoderConfiguration {
    /// The most features or units of anything, and the most layers.
    package static let mostUnits = 1 << 14, mostLayers = 64

    /// Throws `ArchiveError` for sizes that no layer can have; those of what is left out do not count.
    fileprivate func checkSizes() throws(ArchiveError) {
        let sizes = [
            ("wordFeatures", wordFeatures, 1), ("characterFeatures", characterFeatures, 0),
            ("characterHidden", characterHidden, characterFeatures > 0 ? 1 : 0),
            ("columnFeatures", columnFeatures, columns.isEmpty ? 0 : 1), ("base.layers", base.layers, 0),
            ("base.hidden", base.hidden, base.layers > 0 ? 1 : 0), ("stack.hidden", stack.hidden, 1),
            ("stack.layers", stack.layers, 1),
        ]
        for (name, size, least) in sizes {
            let most = name.hasSuffix("layers") ? Self.mostLayers : Self.mostUnits
            guard (least...most).contains(size) else { throw .impossible("encoder.\(name) = \(size)") }
        }
        guard maximumTokens >= 0 else { throw .impossible("encoder.maximumTokens = \(maximumTokens)") }
    }
}
