import Foundation
import Glibc

/// The command under measurement, and the daemon that it can be.
struct Command {
    /// The executable.
    let path: String
    /// A folder for sockets and stores, removed at the end.
    let folder: String

    /// What a finished run of the command took.
    struct Run {
        let seconds: Double
        let output: Data
        /// The most memory that it had, in bytes.
        let peakBytes: Int
    }

    func file(_ name: String) -> String { "\(folder)/\(name)" }

    /// Runs the command to its end on a file's bytes. Throws when it fails. The peak is looked up every 5 ms while
    /// `watchesMemory`: that which the kernel reports at the end has what the parent had before.
    func run(_ arguments: [String], input: String? = nil, host: String? = nil, watchesMemory: Bool = false) throws
        -> Run
    {
        let output = file("out"), start = Clock.now
        let redirection = ["-c", "exec \"$0\" \"$@\" > '\(output)' < '\(input ?? "/dev/null")'", path] + arguments
        var environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "GLOSS_HOST": host ?? "local"]
        environment["GLOSS_STORE"] = host == nil ? file("none.sqlite") : nil
        if arguments.contains("--store") { environment["GLOSS_STORE"] = nil }
        var words: [UnsafeMutablePointer<CChar>?] = (["/bin/sh"] + redirection).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var child: pid_t = 0
        guard posix_spawn(&child, "/bin/sh", nil, nil, &words, &variables) == 0 else {
            throw Failure("\(path) cannot be started")
        }
        var status: Int32 = 0
        var peak = 0
        while waitpid(child, &status, watchesMemory ? WNOHANG : 0) == 0 {
            peak = max(peak, Memory.bytes("VmHWM", of: child))
            usleep(5000)
        }
        let seconds = Clock.now - start
        guard status == 0 else { throw Failure("\(path) \(arguments.joined(separator: " ")) failed") }
        return Run(
            seconds: seconds, output: try Data(contentsOf: URL(fileURLWithPath: output)),
            peakBytes: peak)
    }
}

/// What the kernel says of a process (proc_pid_status(5)).
enum Memory {
    static func bytes(_ key: String, of process: pid_t) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix(key + ":") }
        return (line?.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
}

/// A running daemon.
final class Daemon {
    let process = Process()
    let socket: String

    /// Starts the daemon and waits until it answers. Throws when it does not within ten seconds.
    init(_ command: Command, _ arguments: [String] = []) throws {
        socket = command.file("gloss.sock")
        process.executableURL = URL(fileURLWithPath: command.path)
        process.arguments = ["serve", "--socket", socket] + arguments
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": command.folder]
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<1000 where Peer(socket) == nil {
            guard process.isRunning else { throw Failure("the daemon ended at once") }
            usleep(10_000)
        }
    }

    var host: String { "unix://" + socket }

    /// What it has in memory, in bytes.
    var residentBytes: Int { Memory.bytes("VmRSS", of: process.processIdentifier) }

    deinit { if process.isRunning { process.terminate() } }

    /// Ends it; throws when it does not end well.
    func stop() throws {
        process.terminate()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure("the daemon ended with \(process.terminationStatus)")
        }
    }
}
