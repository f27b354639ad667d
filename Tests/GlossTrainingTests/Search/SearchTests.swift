import Foundation
import GlossTraining
import Testing

/// A search whose trials are a formula.
struct SearchTests {
    private struct Killed: Error {}

    private func search(_ settings: String = "", epochs: Int = 9) throws -> Search {
        var run = RunConfiguration(.classify)
        run.training.epochs = epochs
        let toml =
            "[search]\ntrials = 9\n\(settings)\n[space]\n\"model.encoder.stack.hidden\" = { from = 8, to = 200 }\n"
        return try Search(toml: toml, file: "s.toml", run: run)
    }

    /// Better near 100, and with more epochs.
    private static func accuracy(_ run: RunConfiguration, _ fold: Int) -> Evaluation {
        let far = abs(Double(run.model.encoder.stack.hidden) - 100) / 1000
        let value = 0.9 - far - 0.1 / Double(run.training.epochs) + 0.01 * Double(fold)
        return Evaluation(score: value, metrics: ["accuracy": value], shown: "accuracy \(value)")
    }

    private func ranking(
        _ search: Search, _ record: inout SearchRecord,
        measure: (RunConfiguration, Int) throws -> Evaluation? = { accuracy($0, $1) }
    ) throws -> [SearchStanding] {
        try search.ranking(&record, Search.Hooks()) { run, fold, _ in try measure(run, fold) }
    }

    @Test func theBestGoOnToMoreEpochs() throws {
        let search = try search()
        var record = search.record(data: "d")
        var epochs: [Int] = []
        let ranking = try ranking(search, &record) { run, fold in
            epochs.append(run.training.epochs)
            return Self.accuracy(run, fold)
        }
        #expect(epochs == Array(repeating: 1, count: 9) + [3, 3, 3, 9])
        #expect(epochs.count == search.runs)
        let distances = search.trials.map { abs($0.run.model.encoder.stack.hidden - 100) }
        #expect(distances[ranking[0].trial - 1] == distances.min())
        #expect(ranking.map(\.epochs) == [9, 3, 3, 1, 1, 1, 1, 1, 1])
        #expect(ranking.map(\.trial).sorted() == Array(1...9))
        #expect(search.run(of: ranking[0]).training.epochs == 9)
        #expect(record.count == 13)
    }

    @Test func foldsGiveMeanAndDeviation() throws {
        let search = try search("folds = 3\nhalving = 1")
        var record = search.record(data: "d")
        let best = try ranking(search, &record)[0]
        #expect(record.count == 27)
        #expect(best.figures.count == 3)
        #expect(abs(best.score - (best.figures[0] + 0.01)) < 1e-12)
        #expect(best.shown.hasSuffix(" ± 0.0100"))
    }

    @Test func aKilledSearchGoesOnWithoutRepeatingAnything() throws {
        let search = try search("folds = 2")
        var whole = search.record(data: "d")
        let expected = try ranking(search, &whole)
        for limit in [0, 1, 7, 20, 25] {
            var kept = try search.record(data: "d").encoded()
            var count = 0
            #expect(throws: Killed.self) {
                var record = search.record(data: "d")
                var hooks = Search.Hooks()
                hooks.save = { kept = try $0.encoded() }
                _ = try search.ranking(&record, hooks) { run, fold, _ in
                    if count == limit { throw Killed() }
                    count += 1
                    return Self.accuracy(run, fold)
                }
            }
            var record = try search.record(kept, data: "d", of: "mine")
            #expect(record.count == limit)
            let resumed = try ranking(search, &record) { run, fold in
                count += 1
                return Self.accuracy(run, fold)
            }
            #expect(count == search.runs)
            #expect(resumed.map(\.trial) == expected.map(\.trial))
            #expect(resumed.map(\.shown) == expected.map(\.shown))
        }
    }

    @Test func whenTimeIsOverTheBestUntilThenIsTaken() throws {
        let search = try search()
        var record = search.record(data: "d")
        var count = 0
        let ranking = try ranking(search, &record) { run, fold in
            count += 1
            return count > 10 ? nil : Self.accuracy(run, fold)
        }
        #expect(record.count == 10)
        #expect(ranking.count == 9 && ranking[0].epochs == 3 && ranking[1].epochs == 1)
        var empty = search.record(data: "d")
        #expect {
            try self.ranking(search, &empty) { _, _ in nil }
        } throws: {
            "\($0)".contains("search.budget")
        }
    }

    @Test func noTrialBeginsWithoutTime() throws {
        let search = try search("budget = 1e-3")
        var record = search.record(data: "d")
        var left: [Double] = []
        let ranking = try search.ranking(&record, Search.Hooks()) { run, fold, seconds in
            left.append(seconds)
            usleep(2000)
            return Self.accuracy(run, fold)
        }
        #expect(left == [1e-3] && ranking.count == 1)
    }

    @Test func whatDivergesIsLast() throws {
        let search = try search("folds = 2")
        var record = search.record(data: "d")
        var runs = 0
        let ranking = try ranking(search, &record) { run, fold in
            runs += 1
            if run.model.encoder.stack.hidden == search.trials[4].run.model.encoder.stack.hidden {
                throw TrainingError.notFinite(epoch: 1, batch: 1, loss: .nan)
            }
            return Self.accuracy(run, fold)
        }
        #expect(ranking.last?.trial == 5 && ranking.last?.shown == "diverged")
        #expect(runs == search.runs - 1, "the second fold of what has diverged is left out")
        var all = search.record(data: "d")
        #expect {
            try self.ranking(search, &all) { _, _ in throw TrainingError.notFinite(epoch: 1, batch: 1, loss: .nan) }
        } throws: {
            "\($0)".contains("diverged") && "\($0)".contains("rate")
        }
    }

    @Test func equalScoresAreTakenInOrder() throws {
        let search = try search("halving = 1")
        var record = search.record(data: "d")
        let ranking = try ranking(search, &record) { _, _ in
            Evaluation(score: 0.5, metrics: ["accuracy": 0.5], shown: "accuracy 0.5")
        }
        #expect(ranking.map(\.trial) == Array(1...9))
    }

    @Test func anotherSearchDoesNotGoOn() throws {
        let kept = try search().record(data: "d").encoded()
        #expect(try search("budget = 5").record(kept, data: "d", of: "mine").isEmpty, "the budget may change")
        for (other, data) in [("seed = 2", "d"), ("halving = 2", "d"), ("", "e")] {
            #expect(throws: TrainingError.otherConfiguration(run: "mine")) {
                try search(other).record(kept, data: data, of: "mine")
            }
        }
    }

    /// A configuration that cannot be trained is out, and is not tried again; the others go on.
    @Test(arguments: [
        TrainingError.diverged("no number"), .notFinite(epoch: 1, batch: 1, loss: .nan), .data("no word is left"),
        .configuration(key: "k", value: "1", remedy: "less"),
    ])
    func aTrialThatFailsIsOut(error: TrainingError) throws {
        let search = try search()
        var record = search.record(data: "d"), tried = 0, failed: [Int] = []
        var hooks = Search.Hooks()
        hooks.failed = { trial, _ in failed.append(trial) }
        let ranking = try search.ranking(&record, hooks) { run, fold, _ in
            tried += 1
            if run.model.encoder.stack.hidden == search.trials[1].run.model.encoder.stack.hidden { throw error }
            return Self.accuracy(run, fold)
        }
        #expect(ranking.last?.trial == 2 && ranking.last?.shown == "diverged")
        #expect(ranking.count == 9 && tried == search.runs)
        let isNamed = if case .data = error { true } else if case .configuration = error { true } else { false }
        #expect(failed == (isNamed ? [2] : []))
        var again = record
        _ = try self.ranking(search, &again) { _, _ in throw Killed() }
        #expect(again.count == record.count)
    }

    @Test func aSearchWhoseTrialsAllFailSaysSo() throws {
        let search = try search()
        var record = search.record(data: "d")
        #expect {
            _ = try ranking(search, &record) { _, _ in throw TrainingError.data("no word is left") }
        } throws: { "\($0)".contains("all 9 trials diverged or failed") }
    }
}
