import Foundation
import GlossTestSupport
import GlossStore

/// Runs the built executable, which stands beside the tests.
struct Command {
    /// How a run ended.
    struct Result {
        let status: Int32
        let output: String
        let errors: String
        let outputBytes: Data
        /// The lines of the output, a missing last line end changing nothing.
        var lines: [String] {
            output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
        }
    }

    /// The folder of the tests' own executable, which the build shares with the command.
    static let executable: String =
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path + "/gloss"

    /// The package's root.
    static let root = PackageFiles.root

    /// A file of the package.
    static func file(_ path: String) -> String { PackageFiles.path(path) }

    /// A run that goes on.
    final class Run {
        let process = Process()
        private let folder: TemporaryFolder
        private let output: String?

        fileprivate init(
            _ arguments: [String], input: Data, store: String?, output: String?, environment more: [String: String]
        ) throws {
            folder = try TemporaryFolder()
            self.output = output
            try input.write(to: URL(fileURLWithPath: folder.file("in")))
            for name in ["out", "err"] { try Data().write(to: URL(fileURLWithPath: folder.file(name))) }
            process.executableURL = URL(fileURLWithPath: Command.executable)
            process.arguments = arguments
            var environment = ProcessInfo.processInfo.environment
            environment["GLOSS_STORE"] = store ?? folder.file("no-store.sqlite")
            // An empty store in place of the shipped one: tests say what there is.
            environment["GLOSS_SHIPPED"] = folder.file("shipped.sqlite")
            try ModelStore(path: folder.file("shipped.sqlite"), mode: .readWrite).close()
            // A daemon is asked only where a test names one.
            environment["GLOSS_HOST"] = nil
            environment.merge(more) { $1 }
            process.environment = environment
            process.standardInput = FileHandle(forReadingAtPath: folder.file("in"))
            process.standardOutput = FileHandle(forWritingAtPath: output ?? folder.file("out"))
            process.standardError = FileHandle(forWritingAtPath: folder.file("err"))
            try process.run()
        }

        /// What was written to standard error until now.
        var errors: String { (try? String(contentsOfFile: folder.file("err"), encoding: .utf8)) ?? "" }

        /// Waits until standard error holds `text`; false when the command ends before.
        func waits(for text: String) -> Bool {
            while process.isRunning {
                if errors.contains(text) { return true }
                usleep(2000)
            }
            return errors.contains(text)
        }

        /// Waits for the end.
        func result() -> Result {
            process.waitUntilExit()
            let bytes = FileManager.default.contents(atPath: folder.file("out")) ?? Data()
            return Result(
                status: process.terminationStatus, output: String(decoding: bytes, as: UTF8.self), errors: errors,
                outputBytes: bytes)
        }
    }

    /// Starts the command. `store` is the user's store; `output` a file in place of the recorded output; `environment`
    /// what is set besides.
    static func start(
        _ arguments: [String], input: Data = Data(), store: String? = nil, output: String? = nil,
        environment: [String: String] = [:]
    ) throws -> Run {
        try Run(arguments, input: input, store: store, output: output, environment: environment)
    }

    /// Runs the command to its end.
    static func run(
        _ arguments: [String], input: String = "", store: String? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        try start(arguments, input: Data(input.utf8), store: store, environment: environment).result()
    }

    /// Runs the command on bytes.
    static func run(_ arguments: [String], bytes: Data, store: String? = nil, output: String? = nil) throws -> Result {
        try start(arguments, input: bytes, store: store, output: output).result()
    }
}
