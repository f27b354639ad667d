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
        let words = Self.command(service)
        return [command(words.first ?? ""), enabled] + configuration(words)
    }

    private func place(_ path: String) -> String { root == "/" ? path : root + path }

    private func text(of unit: String) -> String? {
        for folder in Self.folders {
            if let text = try? String(contentsOfFile: place("\(folder)/\(unit)"), encoding: .utf8) { return text }
        }
        return nil
    }

    /// The words of the command that the unit starts, without what systemd reads before it (systemd.service(5)).
    private static func command(_ service: String) -> [String] {
        let start = service.split(whereSeparator: \.isNewline).first { $0.hasPrefix("ExecStart=") } ?? ""
        return start.dropFirst("ExecStart=".count).drop { "-@:+!".contains($0) }.split(separator: " ").map(String.init)
    }

    /// Whether the command is there.
    private func command(_ path: String) -> Finding {
        guard !path.isEmpty, FileManager.default.isExecutableFile(atPath: place(path)) else {
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

    /// Whether `gloss serve` can be configured as the command has it; nothing for another command.
    private func configuration(_ words: [String]) -> [Finding] {
        guard words.dropFirst().first == "serve" else { return [] }
        do {
            var serve = try Serve.parse(Array(words.dropFirst(2)))
            if let config = serve.config {
                let file = file(config)
                guard file.state == .ok else { return [file] }
                serve.config = place(config)
            }
            _ = try serve.configuration()
            return [.ok("service", serve.config ?? "gloss.service names no configuration, and the defaults hold")]
        } catch {
            let reason = Diagnostics.known(error)?.description ?? Serve.message(for: error)
            return [
                .fault(
                    "service", "the daemon would not start: \(Diagnostics.onOneLine(reason))", ExitStatus.configuration,
                    remedy: "mend it, then systemctl restart gloss")
            ]
        }
    }

    /// Whether the file of the configuration is there and may be read.
    private func file(_ config: String) -> Finding {
        let path = place(config)
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
