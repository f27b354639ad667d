import Foundation

/// A file system of its own, in memory, of a fixed size: a disk that can be filled or made read-only.
///
/// Mounting needs the superuser; tests that need it say so and are skipped elsewhere.
package final class TemporaryDisk: Sendable {
    package let path: String

    package init(kilobytes: Int) throws {
        path = FileManager.default.temporaryDirectory.path + "/gloss-disk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try TemporaryDisk.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path)
    }

    deinit {
        try? TemporaryDisk.run("umount", path)
        rmdir(path)
    }

    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Forbids every change, to the superuser as well.
    package func makeReadOnly() throws { try TemporaryDisk.run("mount", "-o", "remount,ro", path) }

    /// Whether this process may mount.
    package static let isAvailable: Bool = {
        do {
            _ = try TemporaryDisk(kilobytes: 64)
            return true
        } catch {
            return false
        }
    }()

    private static func run(_ command: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardError = Pipe()
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
    }
}
