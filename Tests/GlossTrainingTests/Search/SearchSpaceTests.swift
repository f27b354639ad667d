import GlossNN
import GlossPipeline
import GlossTraining
import Testing

struct SearchSpaceTests {
    private let run = RunConfiguration(.classify)

    private func space(_ table: [String: SearchValue]) throws -> SearchSpace {
        try SearchSpace(table, of: run, file: "s.toml")
    }

    private let rate = SearchValue.table(["from": .real(1e-4), "to": .real(1e-2), "scale": .text("log")])

    @Test func keysAreQuotedOrTablesInTables() throws {
        let quoted = try space(["training.optimizer.rate": rate, "training.epochs": .list([.whole(2), .whole(3)])])
        let nested = try space([
            "training": .table(["optimizer": .table(["rate": rate]), "epochs": .list([.whole(2), .whole(3)])])
        ])
        #expect(quoted.settings(10, seed: 1) == nested.settings(10, seed: 1))
        #expect(quoted.dimensions.map(\.key) == ["training.epochs", "training.optimizer.rate"])
    }

    @Test func everySettingSuitsARun() throws {
        let space = try space([
            "model.encoder.stack.hidden": .table(["from": .whole(8), "to": .whole(64), "scale": .text("log")]),
            "model.encoder.stack.cell": .list([.text("gru"), .text("lstm")]),
            "model.head.pooling": .list([.list([.text("last")]), .list([.text("max"), .text("mean")])]),
            "training.optimizer.rate": rate, "training.balancesClasses": .list([.flag(true), .flag(false)]),
        ])
        let runs = try space.settings(60, seed: 1).map { try run.changed($0) }
        #expect(runs.count == 60)
        #expect(runs.allSatisfy { (8...64).contains($0.model.encoder.stack.hidden) })
        #expect(runs.allSatisfy { (1e-4...1e-2).contains($0.training.optimizer.rate) })
        #expect(Set(runs.map(\.model.encoder.stack.cell)) == [.gru, .lstm])
        #expect(Set(runs.map(\.model.head.pooling)) == [[.last], [.max, .mean]])
        #expect(Set(runs.map(\.training.balancesClasses)) == [true, false])
    }

    @Test func noSettingsAreTriedTwiceAndFewAreTriedAll() throws {
        let table: [String: SearchValue] = [
            "model.encoder.stack.layers": .table(["from": .whole(1), "to": .whole(2)]),
            "training.epochs": .list([.whole(3), .whole(4), .whole(5)]),
        ]
        let all = try space(table).settings(100, seed: 1)
        #expect(all.count == 6 && Set(all).count == 6)
        #expect(all.first == ["model.encoder.stack.layers=1", "training.epochs=3"])
        for seed in 1...20 as ClosedRange<UInt64> {
            let five = try space(table).settings(5, seed: seed)
            #expect(five.count == 5 && Set(five).count == 5 && Set(five).isSubset(of: Set(all)))
        }
    }

    @Test func aRangeThatRoundsToFewValuesEnds() throws {
        let narrow = SearchValue.table(["from": .real(0.001), "to": .real(0.00101)])
        let found = try space(["training.optimizer.rate": narrow]).settings(9, seed: 1)
        #expect(found.count == 2)
    }

    @Test func theFirstSettingsDoNotDependOnTheCountButOnTheSeed() throws {
        let space = try space(["training.optimizer.rate": rate])
        #expect(space.settings(4, seed: 1) == Array(space.settings(20, seed: 1).prefix(4)))
        #expect(space.settings(4, seed: 1) != space.settings(4, seed: 2))
    }

    @Test func keysAreShownByTheirLastWords() throws {
        let space = try space([
            "model.encoder.stack.dropout": .list([.real(0.1)]), "model.encoder.base.dropout": .list([.real(0.2)]),
            "training.optimizer.rate": .list([.real(0.01)]),
        ])
        #expect(space.shown(space.settings(1, seed: 1)[0]) == "base.dropout=0.2 stack.dropout=0.1 rate=0.01")
    }

    @Test(arguments: [
        ("model.encoder.stack.hiden", SearchValue.list([.whole(3)]), "hidden"),
        ("training.epochs", .list([.whole(3), .whole(0)]), "training.epochs = 0"),
        ("training.epochs", .list([.text("many")]), "training.epochs = many"),
        ("training.epochs", .table(["from": .real(1), "to": .real(2.5)]), "whole numbers"),
        ("model.encoder.wordDropout", .table(["from": .real(0), "to": .real(1)]), "less than 1"),
        ("model.encoder.stack.cell", .list([.text("gru"), .text("gnu")]), "gnu"),
    ])
    func whatDoesNotSuitTheRunIsNamed(key: String, value: SearchValue, reason: String) {
        #expect {
            try space([key: value])
        } throws: { error in
            let message = "\(error)"
            return message.hasPrefix("s.toml: space") && message.contains(key) && message.contains(reason)
        }
    }

    @Test func noneIsTriedTwice() throws {
        let space = try SearchSpace(
            ["training.epochs": .list([.whole(1), .whole(1), .whole(2)])], of: RunConfiguration(.classify),
            file: "s.toml")
        #expect(space.settings(9, seed: 1).count == 2)
    }
}
