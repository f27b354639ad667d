import GlossStore

/// Whether the user's store and the shipped one can be read.
struct StoreExamination {
    let paths: StorePaths

    /// The names that commands take when no model is named.
    private static let standard = ["sentiment", "tagger", "generator"]

    var findings: [Finding] {
        var names: Set<String> = []
        var findings = [examine(paths.user, "store", &names, isOptional: true)]
        if let left = unfinished { findings.append(left) }
        if let shipped = paths.shipped, shipped != paths.user {
            findings.append(examine(shipped, "models", &names, isOptional: false))
        }
        let missing = Self.standard.filter { !names.contains($0) }
        if !missing.isEmpty, !findings.contains(where: { $0.state == .fault }) {
            findings.append(
                .fault(
                    "models", "no model is named \(missing.joined(separator: ", "))", ExitStatus.unavailable,
                    remedy: "install Gloss with make install, or set GLOSS_SHIPPED to its models.sqlite"))
        }
        return findings
    }

    /// The states of trainings that have not ended.
    private var unfinished: Finding? {
        let runs = (try? ModelStore(path: paths.user, mode: .readOnly).checkpointRuns()) ?? []
        guard !runs.isEmpty else { return nil }
        let names = runs.map(\.run).joined(separator: ", ")
        return .note(
            "store", "the state of a training is kept for \(names): \(Table.size(runs.reduce(0) { $0 &+ $1.bytes }))",
            remedy: "go on with --resume, or forget it with gloss models remove NAME")
    }

    private func examine(_ path: String, _ subject: String, _ names: inout Set<String>, isOptional: Bool) -> Finding {
        do throws(StoreError) {
            let summaries = try ModelStore(path: path, mode: .readOnly).summaries()
            names.formUnion(summaries.map(\.name))
            let size = summaries.reduce(0) { $0 + $1.bytes }
            let noun = summaries.count == 1 ? "version" : "versions"
            return .ok(subject, "\(path): \(summaries.count) \(noun), \(Table.size(size))")
        } catch {
            if isOptional, error.kind == .notFound {
                return .ok(subject, "\(path) does not exist yet; the first training makes it")
            }
            let known = Diagnostics.known(error)
            return .fault(
                subject, error.description, known?.exitStatus ?? ExitStatus.software,
                remedy: error.kind == .damaged
                    ? "gloss models verify says what is damaged; restore the file from a copy"
                    : "check the path and its permissions with ls -l")
        }
    }
}
