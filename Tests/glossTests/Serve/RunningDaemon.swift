import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// `gloss serve` on the trained models, for as long as it is referred to.
final class RunningDaemon {
    private let folder: TemporaryFolder
    private let run: Command.Run

    /// The path of its socket.
    let path: String
    /// What `GLOSS_HOST` has to be.
    var host: String { "unix://" + path }
    var process: Process { run.process }
    /// What it has logged until now.
    var log: String { run.errors }

    /// Starts `gloss serve` and waits until it answers. Throws when it ends before.
    ///
    /// - Parameters:
    ///   - settings: Values of the configuration, as in `limits.requests=1`.
    ///   - store: The store, the trained models without one.
    init(_ settings: [String] = [], store: String? = nil, environment: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        path = folder.file("s")
        let options = settings.flatMap { ["--set", $0] } + ["--log-format", "json"]
        run = try Command.start(
            ["serve", "--socket", path, "--store", try store ?? Trained.models.get().store] + options,
            environment: environment)
        while (try? Wire(path).request("GET", "/healthz").status) != 200 {
            guard run.process.isRunning else { throw RunningDaemonError(log: run.errors) }
            usleep(10_000)
        }
    }

    deinit {
        if run.process.isRunning { kill(run.process.processIdentifier, SIGKILL) }
        run.process.waitUntilExit()
    }

    /// A new connection.
    func connect() throws -> Wire { try Wire(path) }

    /// One request on a connection of its own.
    func request(
        _ method: String, _ target: String, _ body: String? = nil, type: String? = "application/json",
        fields: [String] = []
    ) throws -> Wire.Answer {
        try connect().request(method, target, body, type: type, fields: fields)
    }

    /// Runs the command where it cannot answer itself: there is no model but the daemon's.
    func ask(_ arguments: [String], _ input: Data) throws -> Command.Result {
        try Command.start(arguments, input: input, environment: ["GLOSS_HOST": host]).result()
    }

    /// The value of a metric with its labels; 0 where it has none yet.
    func metric(_ name: String) throws -> Double {
        let line = try request("GET", "/metrics").text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return line.flatMap { Double($0.dropFirst(name.count + 1)) } ?? 0
    }

    /// Waits until `holds`, ten seconds at most; gives whether it did.
    func waits(_ holds: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<1000 {
            if try holds() { return true }
            usleep(10_000)
        }
        return false
    }
}

/// The daemon ended before it answered.
struct RunningDaemonError: Error {
    let log: String
}
