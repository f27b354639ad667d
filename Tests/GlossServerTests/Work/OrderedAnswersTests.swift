import GlossServer
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
}
