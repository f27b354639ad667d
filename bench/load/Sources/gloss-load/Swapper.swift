import Foundation
import Synchronization

/// Puts one version after another into a store, on a thread of its own.
final class Swapper: Sendable {
    private let command: Command
    private let arguments: [String]
    private let count: Int
    private let progress = Atomic(0)
    private let hasEnded = Atomic(false)

    init(_ command: Command, store: String, file: String, count: Int) {
        self.command = Command(path: command.path, folder: command.folder + "/swapper")
        arguments = ["models", "import", file, "--store", store]
        self.count = count
    }

    /// How many versions are there by now.
    var done: Int { progress.load(ordering: .acquiring) }
    /// Whether the last one is there, or one could not be put.
    var isFinished: Bool { hasEnded.load(ordering: .acquiring) }

    func start() {
        Thread.detachNewThread { [self] in
            defer { hasEnded.store(true, ordering: .releasing) }
            do {
                try FileManager.default.createDirectory(atPath: command.folder, withIntermediateDirectories: true)
                for _ in 0..<count {
                    _ = try command.run(arguments)
                    progress.add(1, ordering: .releasing)
                }
            } catch {
                FileHandle.standardError.write(Data("gloss-load: \(error)\n".utf8))
            }
        }
    }

    func wait() { while !isFinished { usleep(10_000) } }
}
