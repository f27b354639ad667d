import Foundation
import Testing

/// The systemd units, as far as they can be checked without a running systemd.
@Suite(.enabled(if: Tool.isInstalled("systemd-analyze"), "systemd-analyze is not installed: apt-get install systemd"))
struct UnitTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for unit in ["gloss.service", "gloss.socket", "gloss-train@.service"] {
            let text = try String(contentsOfFile: Command.file("systemd/\(unit)"), encoding: .utf8)
            _ = try folder.write(
                unit.replacing("@.", with: "@name."), text.replacing("/usr/bin/gloss", with: Command.executable))
        }
    }

    @Test(arguments: ["gloss.service", "gloss.socket", "gloss-train@name.service"])
    func areFreeOfFaults(unit: String) throws {
        // The manual pages that a unit names need not be installed here.
        let result = try Tool("systemd-analyze", ["verify", "--man=no", folder.file(unit)])
        #expect(result.status == 0)
        #expect(result.output.isEmpty, "\(result.output)")
    }

    @Test(arguments: ["gloss.service", "gloss-train@name.service"])
    func areExposedLittle(unit: String) throws {
        let result = try Tool(
            "systemd-analyze", ["security", "--offline=true", "--threshold=6", "--no-pager", folder.file(unit)])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("Overall exposure level"))
    }

    @Test func theSocketIsTheContracts() throws {
        let lines = try String(contentsOfFile: folder.file("gloss.socket"), encoding: .utf8).split(separator: "\n")
        for line in ["ListenStream=/run/gloss/gloss.sock", "SocketMode=0660", "SocketGroup=gloss"] {
            #expect(lines.contains { $0 == line })
        }
    }

    @Test(
        .enabled(
            if: Tool.isInstalled("systemd-sysusers") && Tool.isInstalled("systemd-tmpfiles"),
            "systemd-sysusers or systemd-tmpfiles is not installed"),
        .enabled(if: getuid() == 0, "only the superuser may make users"))
    func userAndFoldersAreMade() throws {
        let root = folder.file("root")
        try FileManager.default.createDirectory(atPath: "\(root)/etc", withIntermediateDirectories: true)
        for kind in ["sysusers", "tmpfiles"] {
            let place = "\(root)/usr/lib/\(kind).d"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                atPath: Command.file("systemd/\(kind).d/gloss.conf"), toPath: place + "/gloss.conf")
        }
        let users = try Tool("systemd-sysusers", ["--root=\(root)"])
        #expect(users.status == 0, "\(users.output)")
        #expect(try String(contentsOfFile: root + "/etc/passwd", encoding: .utf8).hasPrefix("gloss:x:"))
        let places = try Tool("systemd-tmpfiles", ["--root=\(root)", "--create"])
        #expect(places.status == 0, "\(places.output)")
        let mode = try FileManager.default.attributesOfItem(atPath: root + "/var/lib/gloss")[.posixPermissions] as? Int
        #expect(mode == 0o750)
    }
}
