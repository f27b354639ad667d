import GlossServer
import Synchronization
import Testing

struct OrderedAnswersTests {
    @Test func answersAreTakenInTheOrderOfTheirPlaces() async {
        let answers = OrderedAnswers<Int>()
        for _ in 0..<3 { _ = await answers.place() }
        answers.set(2, 20)
        answers.set(0, 0)
        #expect(await answers.next() == [0])
        answers.set(1, 10)
        #expect(await answers.next() == [10, 20])
        answers.close()
        #expect(await answers.next() == nil)
    }

    @Test func theFirstAnswerOfAPlaceStays() async {
        let answers = OrderedAnswers<Int>()
        for _ in 0..<2 { _ = await answers.place() }
        answers.set(1, 1)
        answers.fill(9)
        answers.set(0, 0)
        #expect(await answers.next() == [9, 1])
    }

    /// With at most five in weight out, the third of weights 2, 2, 2 has to wait until one is taken.
    @Test(arguments: [(limit: 100, heaviest: 5), (limit: 2, heaviest: 100)])
    func whoAddsWaitsWhileTooMuchIsOut(limit: Int, heaviest: Int) async {
        let answers = OrderedAnswers<Int>(limit: limit, heaviest: heaviest)
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                for value in 0..<9 {
                    answers.set(await answers.place(weight: 2), value)
                }
                answers.close()
            }
            var taken: [Int] = []
            while let some = await answers.next() {
                #expect(some.count <= 2)
                taken += some
            }
            #expect(taken == Array(0..<9))
        }
    }

    @Test func oneThatIsTooHeavyGoesAlone() async {
        let answers = OrderedAnswers<Int>(limit: 2, heaviest: 5)
        answers.set(await answers.place(weight: 50), 1)
        #expect(await answers.next() == [1])
    }

    /// The answer of the first place weighs more than its place did, and the one of the second less.
    @Test func answersWeighWhatTheyAre() async {
        let answers = OrderedAnswers<Int>(heaviest: 12)
        let places = [await answers.place(weight: 4), await answers.place(weight: 2)]
        answers.set(places[0], 1, weight: 7)
        let third = Flag()
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                answers.set(await answers.place(weight: 4), 3)
                third.isSet.withLock { $0 = true }
            }
            try? await Task.sleep(for: .milliseconds(50))
            #expect(third.isSet.withLock { !$0 })
            answers.set(places[1], 2, weight: 1)
            await tasks.waitForAll()
        }
        #expect(await answers.next() == [1, 2, 3])
    }

    @Test func someAreTakenUpToAWeight() async {
        let answers = OrderedAnswers<Int>()
        for value in 0..<5 { answers.set(await answers.place(), value, weight: 4) }
        answers.close()
        #expect(await answers.next(reaching: 7) == [0, 1])
        #expect(await answers.next(reaching: 1) == [2])
        #expect(await answers.next(reaching: 100) == [3, 4])
        #expect(await answers.next(reaching: 1) == nil)
    }
}

private final class Flag: Sendable {
    let isSet = Mutex(false)
}
