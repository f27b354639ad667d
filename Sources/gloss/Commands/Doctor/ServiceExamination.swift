import Foundation

/// Whether the units are installed whole and switched on.
struct ServiceExamination {
    /// The folder that stands for `/`.
    let root: String

    /// Where systemd looks for units, the first place winning (systemd.unit(5)).
    private static let folders = [
        "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
    ]

    var findings: [Finding] {
        guard let service = text(of: "gloss.service"), text(of: "gloss.socket") != nil else {
            return [
                .note(
                    "service", "the units gloss.service and gloss.socket are not installed",
                    remedy: "make install, if the daemon is to run as a service")
            ]
        }
        return [command(service), enabled, configuration]
    }

    private func place(_ path: String) -> String { root == "/" ? path : root + path }

    private func text(of unit: String) -> String? {
        for folder in Self.folders {
            if let text = try? String(contentsOfFile: place("\(folder)/\(unit)"), encoding: .utf8) { return text }
        }
        return nil
    }

    /// The command that the unit starts.
    private func command(_ service: String) -> Finding {
        let start = service.split(separator: "\n").first { $0.hasPrefix("ExecStart=") }?.dropFirst("ExecStart=".count)
        let path = start?.split(separator: " ").first.map(String.init) ?? ""
        guard FileManager.default.isExecutableFile(atPath: place(path)) else {
            return .fault(
                "service", "gloss.service starts \(path.isEmpty ? "nothing" : path), which is no command",
                ExitStatus.configuration,
                remedy: "make install with the same PREFIX again, then systemctl daemon-reload")
        }
        return .ok("service", "gloss.service starts \(path)")
    }

    private var enabled: Finding {
        let link = place("/etc/systemd/system/sockets.target.wants/gloss.socket")
        // The link may point to a place that exists below another root only.
        guard (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) != nil else {
            return .note(
                "service", "gloss.socket is not enabled", remedy: "systemctl enable --now gloss.socket")
        }
        return .ok("service", "gloss.socket is enabled")
    }

    private var configuration: Finding {
        let path = place("/etc/gloss/gloss.toml")
        guard FileManager.default.fileExists(atPath: path) else {
            return .fault(
                "service", "\(path) is missing, which gloss.service names", ExitStatus.configuration,
                remedy: "make install lays the sample; every key in it has a default")
        }
        guard FileManager.default.isReadableFile(atPath: path) else {
            return .note("service", "\(path) is not readable for you", remedy: "run gloss doctor as root")
        }
        return .ok("service", path)
    }
}
