import GlossNN
import GlossTraining
import Testing

struct SearchRangeTests {
    private func draws(_ range: SearchRange, _ count: Int = 4000) -> [Double] {
        var random = RandomSource(seed: 3)
        return (0..<count).compactMap { _ in Double(range.draw(using: &random)) }
    }

    @Test func aLogarithmicRangeHasItsGeometricMeanInTheMiddle() {
        let values = draws(.real(1e-4...1e-2, isLogarithmic: true))
        #expect(values.count == 4000 && values.allSatisfy { (1e-4...1e-2).contains($0) })
        let below = values.filter { $0 < 1e-3 }.count
        #expect((1850...2150).contains(below), "half of the draws below 1e-3, not \(below)")
    }

    @Test func aLinearRangeHasItsMeanInTheMiddle() {
        let values = draws(.real(-1...3, isLogarithmic: false))
        #expect(values.count == 4000 && values.allSatisfy { (-1...3).contains($0) })
        #expect((1850...2150).contains(values.filter { $0 < 1 }.count))
    }

    @Test func drawnNumbersHaveThreeDigits() {
        var random = RandomSource(seed: 5)
        for _ in 0..<200 {
            let text = SearchRange.real(1e-4...1e-2, isLogarithmic: true).draw(using: &random)
            let digits = text.prefix { $0 != "e" }.drop { $0 == "0" || $0 == "." }.filter(\.isNumber)
            #expect(digits.count <= 3, "\(text)")
        }
    }

    @Test(arguments: [true, false])
    func aRangeOfWholeNumbersHasBothEndsAndAllBetween(isLogarithmic: Bool) {
        let values = draws(.whole(2...9, isLogarithmic: isLogarithmic))
        #expect(Set(values) == Set((2...9).map(Double.init)))
        let twos = values.filter { $0 == 2 }.count, nines = values.filter { $0 == 9 }.count
        #expect(isLogarithmic ? twos > 3 * nines : abs(twos - nines) < 150, "\(twos) twos, \(nines) nines")
    }

    @Test func listedValuesAreDrawnEvenly() {
        let values = draws(.values(["1", "2", "5"]))
        for value in [1.0, 2, 5] { #expect((1200...1470).contains(values.filter { $0 == value }.count)) }
    }

    @Test(arguments: [
        (SearchValue.list([]), "empty"), (.whole(3), "a list"), (.table(["from": .whole(1)]), "from and to"),
        (.table(["from": .whole(2), "to": .whole(1)]), "not less"),
        (.table(["from": .whole(1), "to": .whole(1)]), "not less"),
        (.table(["from": .real(0), "to": .real(1), "scale": .text("log")]), "logarithm"),
        (.table(["from": .real(0), "to": .real(1), "scale": .text("root")]), "scale = root"),
        (.table(["from": .real(0), "to": .real(1), "step": .real(0.1)]), "step"),
    ])
    func whatIsNoRangeIsRefused(value: SearchValue, reason: String) {
        #expect {
            try SearchRange(value, takesFractions: true, place: "here")
        } throws: { error in
            "\(error)".hasPrefix("here: ") && "\(error)".contains(reason)
        }
    }

    @Test func fractionsAreForKeysThatTakeThem() throws {
        let table = SearchValue.table(["from": .whole(1), "to": .real(2.5)])
        #expect(
            try SearchRange(table, takesFractions: true, place: "here") == .real(1...2.5, isLogarithmic: false))
        #expect(throws: ConfigurationError.self) { try SearchRange(table, takesFractions: false, place: "here") }
    }
}
