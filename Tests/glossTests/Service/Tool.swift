import Foundation

/// A program of the system, run to its end.
struct Tool {
    let status: Int32
    /// What it wrote to either output.
    let output: String

    /// Whether a program of the search path is installed.
    static func isInstalled(_ name: String) -> Bool { place(of: name) != nil }

    private static func place(of name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
    }

    /// Runs `name` from the search path in `folder`. Throws when it cannot be started.
    init(_ name: String, _ arguments: [String], in folder: String = Command.root) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Tool.place(of: name) ?? "/usr/bin/\(name)")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        // An outer make hands its own settings down, and an answer in another language is no answer here.
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MAKE") && $0.key != "MFLAGS" }
        environment["LC_ALL"] = "C.UTF-8"
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        status = process.terminationStatus
    }
}
