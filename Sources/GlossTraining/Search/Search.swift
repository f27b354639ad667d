import Foundation
import GlossText

/// Random search (Bergstra and Bengio 2012) with successive halving, over folds or on held-out data.
public struct Search: Sendable {
    /// A configuration that is tried.
    package struct Trial: Sendable {
        package var settings: [String]
        package var run: RunConfiguration
    }

    /// What happens around the trials.
    public struct Hooks {
        /// Called with the record whenever a run has ended.
        public var save: (SearchRecord) throws -> Void = { _ in }
        /// Called when a trial has ended, with how many there are.
        public var report: (SearchStanding, Int) -> Void = { _, _ in }
        /// Called when a trial of a number has failed for another reason than that it diverged.
        public var failed: (Int, any Error) -> Void = { _, _ in }

        /// Hooks that do nothing.
        public init() {}
    }

    /// How the search goes on.
    public let configuration: SearchConfiguration
    let space: SearchSpace
    package let trials: [Trial]
    let halving: SuccessiveHalving
    private let identity: String

    /// The search that a file describes, around `run`.
    ///
    /// Throws `ConfigurationError` or `TrainingError` with the place of what is wrong: nothing is tried before all trials are known to be sound.
    public init(toml: String, file: String, run: RunConfiguration) throws {
        let read = try SearchFile(toml: toml, file: file)
        configuration = read.search
        let space = try SearchSpace(read.space, of: run, file: file)
        self.space = space
        trials = try space.settings(read.search.trials, seed: read.search.seed).map { settings in
            do {
                return Trial(settings: settings, run: try run.changed(settings))
            } catch let error as TrainingError {
                throw ConfigurationError(
                    place: file, message: "\(settings.joined(separator: " ")) do not go together: \(error)")
            }
        }
        halving = SuccessiveHalving(
            trials: trials.count, epochs: trials.map(\.run.training.epochs).max() ?? 1, halving: configuration.halving)
        var settings = read.search
        settings.budget = 0
        identity = try "\(settings)\n\(trials.map { $0.settings.joined(separator: " ") })\n" + run.toml()
    }

    /// An empty record of a search over data of this fingerprint.
    public func record(data: String) -> SearchRecord { SearchRecord(fingerprint: identity + data) }

    /// A kept record to go on with; the budget alone may differ. Throws `TrainingError` where it is of another search.
    public func record(_ kept: Data, data: String, of name: String) throws -> SearchRecord {
        let record = try SearchRecord(decoding: kept)
        guard record.fingerprint == identity + data else { throw TrainingError.otherConfiguration(run: name) }
        return record
    }

    /// Configurations that are tried; fewer than were asked for where there are no more.
    public var count: Int { trials.count }

    /// Runs of a search that no budget ends.
    public var runs: Int { halving.rungs.reduce(0) { $0 + $1.trials } * max(1, configuration.folds) }

    /// Seconds that are left of the budget, infinity without one.
    private func secondsLeft(_ record: SearchRecord) -> Double {
        configuration.budget > 0 ? configuration.budget - record.seconds : .infinity
    }

    /// The configuration of a trial, with all its epochs.
    public func run(of standing: SearchStanding) -> RunConfiguration { trials[standing.trial - 1].run }

    /// Tries what the record does not have yet, and ranks all trials, best first.
    ///
    /// - Parameters:
    ///   - measure: Trains a configuration with the fold of a number held out, from 0, in so many seconds; nil where
    ///     they were over before its end.
    ///     A trial that throws `TrainingError` or `TextError` has failed, as one that diverged, and the others go on.
    /// - Throws: `TrainingError` where no trial came to a figure, and whatever else `measure` and `save` throw; the record holds what had
    ///   ended.
    public func ranking(
        _ record: inout SearchRecord, _ hooks: Hooks, measure: (RunConfiguration, Int, Double) throws -> Evaluation?
    ) throws -> [SearchStanding] {
        var survivors = Array(trials.indices)
        rungs: for (level, rung) in halving.rungs.enumerated() {
            survivors = Array(survivors.prefix(rung.trials))
            for trial in survivors {
                guard try complete(trial, level, &record, hooks, measure) else { break rungs }
            }
            // By this step alone: a record that goes on may know later ones.
            survivors = survivors.compactMap { standing($0, level, record) }.filter(\.score.isFinite)
                .sorted(by: SearchStanding.precedes).map { $0.trial - 1 }
        }
        let ranked = standings(record)
        guard let best = ranked.first else {
            throw TrainingError.configuration(
                key: "search.budget", value: "\(configuration.budget)",
                remedy: "no trial came to its end in that time; give more, and go on with --resume")
        }
        guard best.score.isFinite else {
            throw TrainingError.data(
                "all \(ranked.count) trials diverged or failed; lower training.optimizer.rate, or mend what was said of them"
            )
        }
        return ranked
    }

    /// Runs the folds of a trial that the record has not; false where time is over.
    private func complete(
        _ trial: Int, _ level: Int, _ record: inout SearchRecord, _ hooks: Hooks,
        _ measure: (RunConfiguration, Int, Double) throws -> Evaluation?
    ) throws -> Bool {
        var isNew = false
        for fold in 0..<max(1, configuration.folds) {
            let known = record.finished.filter { $0.trial == trial && $0.rung == level }
            // What diverged once is out.
            if known.contains(where: { $0.fold == fold || $0.evaluation == nil }) { continue }
            guard secondsLeft(record) > 0 else { return false }
            var run = trials[trial].run
            run.training.epochs = epochs(trial, level)
            let started = Date()
            let evaluation: Evaluation?
            do {
                guard let measured = try measure(run, fold, secondsLeft(record)) else {
                    record.unfinished += Date().timeIntervalSince(started)
                    try hooks.save(record)
                    return false
                }
                evaluation = measured.score.isFinite ? measured : nil
            } catch TrainingError.notFinite, TrainingError.diverged {
                evaluation = nil
            } catch let error where Self.isOfTrial(error) {
                hooks.failed(trial + 1, error)
                evaluation = nil
            } catch {
                record.unfinished += Date().timeIntervalSince(started)
                try hooks.save(record)
                throw error
            }
            let seconds = record.unfinished + Date().timeIntervalSince(started)
            record.unfinished = 0
            record.finished.append(
                SearchRecord.Finished(trial: trial, rung: level, fold: fold, evaluation: evaluation, seconds: seconds))
            try hooks.save(record)
            isNew = true
        }
        if isNew, let standing = standing(trial, level, record) { hooks.report(standing, trials.count) }
        return true
    }

    /// Whether an error lies in a configuration that is tried, so that others may do without it.
    private static func isOfTrial(_ error: any Error) -> Bool {
        switch error {
        case TrainingError.data, TrainingError.configuration, is TextError: true
        default: false
        }
    }

    private func epochs(_ trial: Int, _ level: Int) -> Int {
        max(1, trials[trial].run.training.epochs / halving.rungs[level].divisor)
    }

    /// Every trial by the furthest step that it came through, best first.
    private func standings(_ record: SearchRecord) -> [SearchStanding] {
        trials.indices.compactMap { trial in
            let reached = halving.rungs.indices.reversed().compactMap { standing(trial, $0, record) }
            return reached.first { $0.score.isFinite } ?? reached.first
        }.sorted(by: SearchStanding.precedes)
    }

    /// Where a trial stands by one step; nil where that is not complete.
    private func standing(_ trial: Int, _ level: Int, _ record: SearchRecord) -> SearchStanding? {
        let finished = record.finished.filter { $0.trial == trial && $0.rung == level }.sorted { $0.fold < $1.fold }
        let evaluations = finished.compactMap(\.evaluation)
        let hasDiverged = evaluations.count < finished.count
        guard hasDiverged || evaluations.count == max(1, configuration.folds) else { return nil }
        let figures = evaluations.map(\.figure)
        return SearchStanding(
            trial: trial + 1, settings: space.shown(trials[trial].settings), rung: level, epochs: epochs(trial, level),
            name: figures.first?.name ?? "score", figures: hasDiverged ? [] : figures.map(\.value),
            score: hasDiverged
                ? -.infinity : evaluations.reduce(0) { $0 + $1.score } / Double(evaluations.count),
            seconds: record.finished.reduce(0) { $0 + ($1.trial == trial ? $1.seconds : 0) })
    }
}
