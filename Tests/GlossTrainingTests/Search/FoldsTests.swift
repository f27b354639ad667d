import GlossTraining
import Testing

struct FoldsTests {
    private let examples = (0..<23).map { "\($0 % 3 == 0 ? "a" : "b")\($0)" }

    private func even(_ examples: [String], _ folds: Int, seed: UInt64 = 1) throws -> [(
        train: [String], held: [String]
    )] {
        try Folds.even(examples, kinds: { String($0.prefix(1)) }, folds: folds, seed: seed)
    }

    @Test(arguments: [2, 5, 23])
    func eachExampleIsHeldOutOnce(folds: Int) throws {
        for parts in [try even(examples, folds), try Folds.blocks(examples, folds: folds)] {
            #expect(parts.count == folds)
            #expect(parts.flatMap(\.held).sorted() == examples.sorted())
            for (train, held) in parts {
                #expect(!held.isEmpty)
                #expect((train + held).sorted() == examples.sorted())
            }
        }
    }

    @Test func eachFoldHasEachKindInEqualMeasure() throws {
        for (_, held) in try even(examples, 4) {
            #expect([1, 2, 3].contains(held.filter { $0.hasPrefix("a") }.count))
            #expect((3...4).contains(held.filter { $0.hasPrefix("b") }.count))
        }
    }

    @Test func theOnlyExampleOfAKindIsAlwaysLearnedFrom() throws {
        for (train, held) in try even(examples + ["c0"], 5) {
            #expect(train.contains("c0") && !held.contains("c0"))
        }
    }

    @Test func theSeedDecides() throws {
        #expect(try even(examples, 4).map(\.held) == even(examples, 4).map(\.held))
        #expect(try even(examples, 4).map(\.held) != even(examples, 4, seed: 2).map(\.held))
    }

    @Test func blocksFollowEachOther() throws {
        #expect(try Folds.blocks(Array(0..<7), folds: 3).map(\.held) == [[0, 1], [2, 3], [4, 5, 6]])
    }

    @Test func tooFewExamplesAreNamed() {
        #expect {
            try Folds.blocks([1, 2], folds: 3)
        } throws: {
            "\($0)".contains("search.folds = 3") && "\($0)".contains("2 examples")
        }
        #expect {
            try even(["a", "b", "c"], 2)
        } throws: {
            "\($0)".contains("search.folds = 2")
        }
    }
}
