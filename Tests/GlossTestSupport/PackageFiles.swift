import Foundation

/// What the package itself holds.
package enum PackageFiles {
    /// The package's root.
    package static let root: String = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder.path
    }()

    /// The path of a file of the package.
    package static func path(_ name: String) -> String { root + "/" + name }
}
