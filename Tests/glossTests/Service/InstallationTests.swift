import Foundation
import Testing

/// `make install`: the whole tree, from a command that is built already.
@Suite(.enabled(if: Tool.isInstalled("make"), "make is not installed")) struct InstallationTests {
    private let folder: TemporaryFolder
    private let tree: String

    init() throws {
        folder = try TemporaryFolder()
        tree = folder.file("tree")
    }

    private func install(prefix: String, _ more: String...) throws {
        let result = try Tool(
            "make", ["install", "DESTDIR=\(tree)", "PREFIX=\(prefix)", "BINARY=\(Command.executable)"] + more)
        try #require(result.status == 0, "\(result.output)")
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(tree)/\(path)", encoding: .utf8)
    }

    @Test(arguments: ["/usr", "/usr/local"])
    func laysTheWholeTree(prefix: String) throws {
        try install(prefix: prefix)
        let files = [
            "bin/gloss", "share/gloss/models.sqlite", "lib/systemd/system/gloss.service",
            "lib/systemd/system/gloss.socket", "lib/systemd/system/gloss-train@.service", "lib/sysusers.d/gloss.conf",
            "lib/tmpfiles.d/gloss.conf", "share/man/man1/gloss.1", "share/man/man1/gloss-classify.1",
            "share/bash-completion/completions/gloss", "share/zsh/site-functions/_gloss",
            "share/fish/vendor_completions.d/gloss.fish",
        ]
        for file in files {
            let path = "\(tree)\(prefix)/\(file)"
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            #expect(try #require(size) > 0, "\(path)")
        }
        #expect(FileManager.default.fileExists(atPath: "\(tree)/etc/gloss/train"))
        for unit in ["gloss.service", "gloss-train@.service"] {
            let lines = try text("\(prefix)/lib/systemd/system/\(unit)").split(separator: "\n")
            #expect(lines.contains { $0.hasPrefix("ExecStart=\(prefix)/bin/gloss ") }, "\(unit)")
        }
        // The installed command finds the installed models, whatever checkout it was built in.
        let models = try Tool(
            "env",
            ["-u", "GLOSS_SHIPPED", "GLOSS_STORE=/nowhere.sqlite", "\(tree)\(prefix)/bin/gloss", "models", "list"])
        #expect(models.status == 0, "\(models.output)")
        #expect(models.output.contains("sentiment"))
    }

    @Test func theServiceReadsTheConfigurationThatIsInstalled() throws {
        try install(prefix: "/usr", "SYSCONFDIR=/opt/etc")
        #expect(FileManager.default.fileExists(atPath: "\(tree)/opt/etc/gloss/gloss.toml"))
        let units = try ["gloss.service", "gloss-train@.service"].map { try text("/usr/lib/systemd/system/\($0)") }
        #expect(units[0].contains(" --config /opt/etc/gloss/gloss.toml\n"))
        #expect(units.allSatisfy { !$0.contains(/[= ]\/etc\/gloss/) })
    }

    @Test func whatWasConfiguredIsKept() throws {
        try install(prefix: "/usr")
        let shipped = try FileManager.default.contentsOfDirectory(atPath: Command.file("packaging"))
        for file in shipped where file.hasSuffix(".toml") {
            let place = "\(tree)/etc/gloss/\(file)"
            try "# mine\n".write(toFile: place, atomically: true, encoding: .utf8)
            try install(prefix: "/usr")
            #expect(try text("etc/gloss/\(file)") == "# mine\n")
            #expect(FileManager.default.fileExists(atPath: place + ".new"))
        }
    }

    @Test func uninstallLeavesOnlyConfiguration() throws {
        try install(prefix: "/usr")
        #expect(try Tool("make", ["uninstall", "DESTDIR=\(tree)", "PREFIX=/usr"]).status == 0)
        let rest = try #require(FileManager.default.enumerator(atPath: tree)).compactMap { $0 as? String }
        var isFolder: ObjCBool = false
        let files = rest.filter {
            FileManager.default.fileExists(atPath: "\(tree)/\($0)", isDirectory: &isFolder) && !isFolder.boolValue
        }
        #expect(files.allSatisfy { $0.hasPrefix("etc/gloss/") }, "\(files)")
    }

    @Test(.enabled(if: Tool.isInstalled("bash"), "bash is not installed"))
    func completionsAreScripts() throws {
        try install(prefix: "/usr")
        let script = "\(tree)/usr/share/bash-completion/completions/gloss"
        #expect(try Tool("bash", ["-n", script]).status == 0)
        #expect(try text("usr/share/bash-completion/completions/gloss").contains("classify"))
    }
}
