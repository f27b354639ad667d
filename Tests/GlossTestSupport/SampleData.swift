import Foundation

/// The corpora that lie beside the package, where they are there: `../shared/data` seen from the package's folder.
package enum SampleData {
    /// The folder, or nil on a machine without it.
    package static let folder: String? = {
        // A clone may lie deeper than the package itself: every folder above this file is looked at.
        var url = URL(fileURLWithPath: #filePath)
        while url.path != "/" {
            url.deleteLastPathComponent()
            let candidate = url.appendingPathComponent("shared/data").path
            if FileManager.default.fileExists(atPath: candidate + "/README.md") { return candidate }
        }
        return nil
    }()

    /// Whether the folder is there.
    package static var isPresent: Bool { folder != nil }

    /// The path of a file in the folder.
    package static func path(_ name: String) -> String { (folder ?? "") + "/" + name }

    /// The text of a file that is there with `.gz` behind its name. Empty if gzip cannot read it.
    package static func text(_ name: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", path(name + ".gz")]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }
}
