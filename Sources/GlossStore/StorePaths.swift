import Foundation

/// Where the user's store and the shipped one are.
public struct StorePaths: Sendable, Equatable {
    /// The user's store, which need not exist yet.
    public let user: String

    /// The store that ships with Gloss, or nil when none was found.
    public let shipped: String?

    /// Follows the rules: `--store`, else `GLOSS_STORE`, else `$XDG_DATA_HOME/gloss/models.sqlite`, else
    /// `~/.local/share/gloss/models.sqlite`. The shipped store is `GLOSS_SHIPPED`, else the first that exists of
    /// `../share/gloss/models.sqlite` beside the executable's folder, `/usr/share/gloss/models.sqlite`, and
    /// `models/gloss.sqlite` in the checkout that the executable was built in.
    ///
    /// An empty variable counts as unset, and a relative `XDG_DATA_HOME` is ignored (XDG Base Directory Specification).
    ///
    /// - Parameters:
    ///   - store: The value of `--store`.
    ///   - environment: The process's environment.
    ///   - executable: The absolute path of the running executable, links resolved.
    ///   - system: The folder that stands for `/usr`.
    /// - Throws: `StoreError.invalid` when no rule applies, because `HOME` is not set either.
    public init(
        store: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
        executable: String = StorePaths.executable(), system: String = "/usr"
    ) throws(StoreError) {
        let environment = environment.filter { !$0.value.isEmpty }
        if let store {
            guard !store.isEmpty else { throw StoreError(.invalid, "--store is empty; name a file") }
            user = StoreFile.absolute(store)
        } else if let store = environment["GLOSS_STORE"] {
            user = StoreFile.absolute(store)
        } else if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
            user = StoreFile.absolute(data + "/gloss/models.sqlite")
        } else if let home = environment["HOME"] {
            user = StoreFile.absolute(home + "/.local/share/gloss/models.sqlite")
        } else {
            throw StoreError(.invalid, "there is no place for a store, since HOME is not set; name one with --store")
        }
        shipped =
            environment["GLOSS_SHIPPED"].map(StoreFile.absolute)
            ?? StorePaths.findShipped(executable: executable, system: system)
    }

    /// The absolute path of the running executable, links resolved.
    public static func executable() -> String {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    }

    private static func findShipped(executable: String, system: String) -> String? {
        let folder = URL(fileURLWithPath: executable).deletingLastPathComponent()
        let beside = folder.deletingLastPathComponent().appendingPathComponent("share/gloss/models.sqlite")
        let installed = [beside.path, "\(system)/share/gloss/models.sqlite"]
        return (installed.first(where: StoreFile.exists) ?? findInCheckout(above: folder)).map(StoreFile.absolute)
    }

    /// The nearest folder above that has both a package and its models.
    private static func findInCheckout(above folder: URL) -> String? {
        var folder = folder
        while folder.path != "/" {
            let models = folder.appendingPathComponent("models/gloss.sqlite").path
            if StoreFile.exists(models), StoreFile.exists(folder.appendingPathComponent("Package.swift").path) {
                return models
            }
            folder.deleteLastPathComponent()
        }
        return nil
    }
}
