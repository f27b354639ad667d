import Foundation

/// The corpora that come with the package, in its folder `corpora`.
package enum OwnCorpora {
    /// The path of a file in the folder.
    package static func path(_ name: String) -> String {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent("corpora/" + name).path
    }
}
