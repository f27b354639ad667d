import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Whether a daemon answers where commands look for one.
struct DaemonExamination {
    var findings: [Finding] {
        let candidates: [DaemonAddress]
        do {
            candidates = try DaemonAddress.candidates()
        } catch {
            return [
                .fault(
                    "daemon", "\(error)", ExitStatus.configuration,
                    remedy: "export GLOSS_HOST=\(DaemonAddress.system.description)"
                )
            ]
        }
        let isNamed = !(ProcessInfo.processInfo.environment["GLOSS_HOST"] ?? "").isEmpty
        let found = candidates.flatMap { examine($0, isNamed: isNamed) }
        guard found.isEmpty else { return found }
        return [
            .note(
                "daemon", "none runs: every command loads its model itself",
                remedy: "systemctl enable --now gloss.socket, or gloss serve")
        ]
    }

    private func examine(_ address: DaemonAddress, isNamed: Bool) -> [Finding] {
        var status = stat()
        guard stat(address.path, &status) == 0 else {
            guard isNamed else { return [] }
            return [
                .fault(
                    "daemon", "nothing is at \(address.path), which GLOSS_HOST names", ExitStatus.unavailable,
                    remedy: "gloss serve --socket \(address.path), or unset GLOSS_HOST")
            ]
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            return [
                .fault(
                    "daemon", "\(address.path) is no socket", ExitStatus.configuration,
                    remedy: "move that file away, or set GLOSS_HOST")
            ]
        }
        do throws(DaemonError) {
            return try examine(DaemonConnection(address)) + exposure(address, status)
        } catch {
            return [finding(error, address, status)]
        }
    }

    /// What a daemon says of itself.
    private func examine(_ connection: DaemonConnection) throws(DaemonError) -> [Finding] {
        let path = connection.address.path
        let ready = try connection.page("/readyz")
        var findings: [Finding] = []
        if ready.status == 200 {
            findings.append(.ok("daemon", "\(path) answers and is ready"))
        } else {
            let reason = Diagnostics.onOneLine(ready.text)
            findings.append(
                .fault(
                    "daemon", "\(path) answers, but is not ready: \(reason)", ExitStatus.tryAgain,
                    remedy: "gloss status and journalctl -u gloss say more"))
        }
        let status = try connection.answer("GET", "/v1/status")
        if let version = status["version"]?.string, version != GlossVersion.current {
            findings.append(
                .note(
                    "daemon", "it is Gloss \(version), this is \(GlossVersion.current)",
                    remedy: "systemctl restart gloss"))
        }
        for model in status["models"]?.elements ?? [] {
            guard let error = model["error"]?.string else { continue }
            findings.append(
                .fault(
                    "daemon", "\(model["id"]?.string ?? "a model"): \(Diagnostics.onOneLine(error))", ExitStatus.data,
                    remedy: "gloss models verify; gloss models rollback returns to the version before"))
        }
        return findings
    }

    /// A socket that everybody may write to makes the group pointless.
    private func exposure(_ address: DaemonAddress, _ status: stat) -> [Finding] {
        guard status.st_mode & 0o002 != 0 else { return [] }
        return [
            .note(
                "daemon", "everybody may use \(address.path) (mode \(String(status.st_mode & 0o777, radix: 8)))",
                remedy: "chmod 660 \(address.path), or SocketMode=0660 in gloss.socket")
        ]
    }

    private func finding(_ error: DaemonError, _ address: DaemonAddress, _ status: stat) -> Finding {
        guard case .absent(_, let code) = error else {
            return .fault("daemon", error.description, error.exitStatus, remedy: "systemctl restart gloss")
        }
        guard code == EACCES || code == EPERM else {
            return .fault(
                "daemon", "\(address.path) is there, but nobody listens", ExitStatus.unavailable,
                remedy: "systemctl restart gloss.socket, or gloss serve, which takes the place over")
        }
        let group = getgrgid(status.st_gid).map { String(cString: $0.pointee.gr_name) } ?? String(status.st_gid)
        let user = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? String(getuid())
        return .fault(
            "daemon", "\(address.path) is for the group \(group), to which you do not belong", ExitStatus.notPermitted,
            remedy: "sudo usermod --append --groups \(group) \(user), then log in again")
    }
}
