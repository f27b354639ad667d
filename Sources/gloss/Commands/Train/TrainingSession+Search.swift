import GlossTraining

extension TrainingSession {
    /// The session of the best configuration that a search finds; this one where none is asked for.
    ///
    /// What a trial came to is kept in the store, so that a search that was stopped or killed goes on with `--resume`.
    ///
    /// - Parameters:
    ///   - search: Where the search is described.
    ///   - whole: What is learned from and judged on without folds.
    ///   - folds: As many parts of the training data to hold out in turn, from a seed.
    ///   - measure: Trains in a session and says what came of it.
    func searched<Parts>(
        _ search: SearchOptions, _ whole: Parts, folds: (Int, UInt64) throws -> [Parts],
        measure: (TrainingSession, Parts) throws -> Evaluation
    ) throws -> TrainingSession {
        guard let file = search.search else { return self }
        let search = try Search(toml: PlainText.whole(path: file), file: file, run: run)
        let configuration = search.configuration
        let parts = configuration.folds > 0 ? try folds(configuration.folds, configuration.seed) : [whole]
        var record = try record(search)
        if !record.isEmpty {
            Diagnostics.warn("\(record.count) of \(search.runs) runs of the search are known already")
        }
        var hooks = Search.Hooks()
        hooks.save = { record in
            let payload = try record.encoded()
            try patiently {
                try store.saveCheckpoint(run: Self.search(of: name), step: record.count, payload: payload)
            }
        }
        hooks.failed = { trial, error in printer.write(line: "trial \(trial) failed: \(error)") }
        hooks.report = { standing, count in
            printer.write(
                line:
                    "trial \(standing.trial)/\(count)  epochs \(standing.epochs)  \(standing.name) \(standing.shown)  "
                    + "\(ProgressPrinter.duration(standing.seconds))  \(standing.settings)")
        }
        var isFirst = resumption != .never
        let ranking = try search.ranking(&record, hooks) { run, fold, seconds in
            if interruption.isWished { throw Stopped() }
            var session = try changed(to: run, trial: "fold \(fold + 1) of \(parts.count)", seconds: seconds)
            session.resumption = isFirst ? .whereKept : .never
            isFirst = false
            do {
                return try measure(session, parts[fold])
            } catch is Stopped where !interruption.isWished {
                return nil
            }
        }
        Output.write(Self.table(ranking))
        var found = try changed(to: search.run(of: ranking[0]))
        if found.resumption == .required { found.resumption = .whereKept }
        return found
    }

    /// What the search has found out already, where it goes on; else all that was kept before is forgotten.
    private func record(_ search: Search) throws -> SearchRecord {
        if resumption != .never {
            if let kept = try store.checkpoint(run: Self.search(of: name)) {
                return try search.record(kept.payload, data: dataFingerprint, of: name)
            }
            if resumption == .required { throw nothingKept }
        }
        try patiently { try removeCheckpoints() }
        return search.record(data: dataFingerprint)
    }

    private static func table(_ ranking: [SearchStanding]) -> String {
        var table = Table(["rank", ranking.first?.name ?? "score", "epochs", "seconds", "trial", "settings"])
        for (rank, standing) in ranking.enumerated() {
            table.add([
                "\(rank + 1)", standing.shown, "\(standing.epochs)", rounded(standing.seconds, 1), "\(standing.trial)",
                standing.settings,
            ])
        }
        return table.text
    }
}
