import Foundation
import GlossNN
import GlossPipeline
import GlossServer
import GlossStore
import GlossText

/// A daemon in this process, on small untrained models; it stops when it is told to.
final class Served: Sendable {
    let folder: String
    let store: String
    var socket: String { folder + "/s" }
    var adminSocket: String { folder + "/a" }
    private let running: _Concurrency.Task<Void, any Error>

    /// Runs `body` beside a daemon, and stops the daemon.
    static func run(
        _ change: (inout ServerConfiguration) -> Void = { _ in },
        reread: @escaping @Sendable (ServerConfiguration) -> ServerConfiguration = { $0 },
        _ body: (Served) async throws -> Void
    ) async throws {
        let served = try await Served(change, reread)
        do {
            try await body(served)
        } catch {
            try? await served.stop()
            throw error
        }
        try await served.stop()
    }

    private init(
        _ change: (inout ServerConfiguration) -> Void,
        _ reread: @escaping @Sendable (ServerConfiguration) -> ServerConfiguration
    ) async throws {
        folder = FileManager.default.temporaryDirectory.path + "/gs-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = folder + "/models.sqlite"
        let models = try ModelStore(path: store, mode: .readWrite)
        _ = try models.save(Self.classifier())
        _ = try models.save(Self.generator())
        try models.close()
        var configuration = ServerConfiguration()
        configuration.socket = folder + "/s"
        configuration.adminSocket = folder + "/a"
        configuration.watchInterval = 0.05
        change(&configuration)
        let first = configuration
        let daemon = Daemon(
            first, paths: try StorePaths(store: store, environment: [:], executable: "/-/-/gloss", system: "/-"),
            version: "0", log: .text, level: .critical, reread: { reread(first) })
        running = _Concurrency.Task { try await daemon.run() }
        while (try? await ask("GET", "/healthz").status) != 200 {
            try await _Concurrency.Task.sleep(for: .milliseconds(5))
        }
    }

    private func stop() async throws {
        _ = try await ask("POST", "/admin/drain", through: adminSocket)
        try await running.value
        try FileManager.default.removeItem(atPath: folder)
    }

    /// Sends one request on a connection of its own.
    func ask(
        _ method: String, _ target: String, _ body: String = "", fields: String = "", through socket: String? = nil
    ) async throws -> Wire.Answer {
        let path = socket ?? self.socket
        return try await Wire.blocking {
            let wire = try Wire(path)
            try wire.send(
                "\(method) \(target) HTTP/1.1\r\nHost: gloss\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
            )
            return try wire.answer()
        }
    }

    /// Waits until `holds`, ten seconds at most; gives whether it did.
    func waits(_ holds: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<500 {
            if try await holds() { return true }
            try await _Concurrency.Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    /// Vectors, from which other models start.
    static func vectors() throws -> ModelVersion {
        var words = VocabularyBuilder()
        for word in ["the", "film"] { words.add(word) }
        let vocabulary = try words.build()
        var configuration = ModelConfiguration(.vectors)
        configuration.encoder.wordFeatures = 4
        let vectors = WordVectors(
            configuration: configuration, words: vocabulary, table: Tensor(zeros: [vocabulary.count, 4]))
        return try version(.vectors(vectors), "vectors")
    }

    static func classifier(seed: UInt64 = 3) throws -> ModelVersion {
        var words = VocabularyBuilder(), characters = VocabularyBuilder()
        for word in ["the", "film", "was", "good", "."] { words.add(word) }
        for character in "abcdefghijklmnopqrstuvwxyz." { characters.add(String(character)) }
        var configuration = ModelConfiguration(.classify)
        configuration.encoder.wordFeatures = 6
        configuration.encoder.characterFeatures = 0
        configuration.encoder.stack.hidden = 8
        configuration.encoder.stack.layers = 1
        var random = RandomSource(seed: seed)
        let model = try TextClassifier(
            configuration, lexicon: Lexicon(words: words.build(), characters: characters.build()),
            labels: ["negative", "positive"], using: &random)
        return try version(.classify(model), "sentiment")
    }

    private static func generator() throws -> ModelVersion {
        var builder = BytePairBuilder()
        builder.add("the cat sat on the mat and the dog sat on the log\n")
        var configuration = ModelConfiguration(.generate)
        configuration.encoder.wordFeatures = 6
        configuration.encoder.characterFeatures = 0
        configuration.encoder.stack.hidden = 8
        configuration.encoder.stack.layers = 1
        var random = RandomSource(seed: 5)
        let model = try Generator(
            configuration, codec: .bytePairs(builder.build(size: 290, specials: [Vocabulary.endOfSequence])),
            using: &random)
        return try version(.generate(model), "generator")
    }

    private static func version(_ model: Model, _ name: String) throws -> ModelVersion {
        try ModelVersion(
            model, name: name, metrics: [:], sources: [], seed: 1, duration: 1, run: "", glossVersion: "0",
            licence: "CC0-1.0")
    }
}
