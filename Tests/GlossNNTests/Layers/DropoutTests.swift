import GlossNN
import Testing

@Suite struct DropoutTests {
    private let layout = SequenceLayout(lengths: [3, 1, 4])

    @Test func gradient() {
        let x = randomTensor([8, 5], seed: 1)
        GradientCheck().expect(NoParameters(), inputs: [x]) { dropout($1[0], 0.4, tape: $2) }
        GradientCheck().expect(NoParameters(), inputs: [x]) { lockedDropout($1[0], 0.4, layout, tape: $2) }
    }

    @Test(arguments: [Float(0.1), 0.5, 0.9])
    func theMaskKeepsTheMean(rate: Float) {
        let mask = dropoutMask([200, 100], rate, Tape(random: RandomSource(seed: 4))).scalars
        #expect(mask.allSatisfy { $0 == 0 || $0 == 1 / (1 - rate) })
        let kept = Float(mask.count { $0 != 0 }) / Float(mask.count)
        #expect(abs(kept - (1 - rate)) < 0.015, "20,000 draws: four standard deviations are 0.014")
    }

    @Test func lockedDropoutKeepsItsMaskOverTheStepsOfASequence() {
        let x = Tensor([8, 50], [Float](repeating: 1, count: 400))
        let y = lockedDropout(Variable(x), 0.5, layout, tape: Tape(random: RandomSource(seed: 4))).value
        let sequences = layout.unpacked(rowScalars(y))
        for sequence in sequences { #expect(sequence.allSatisfy { $0 == sequence[0] }) }
        #expect(Set(sequences.map { $0[0] }).count == 3, "each sequence has its own mask")
    }

    @Test func nothingIsDroppedInInferenceOrAtRateZero() {
        let x = Variable(randomTensor([8, 5], seed: 1)), tape = Tape(random: RandomSource(seed: 4))
        #expect(bits(dropout(x, 0.5, tape: nil).value) == bits(x.value))
        #expect(bits(lockedDropout(x, 0.5, layout, tape: nil).value) == bits(x.value))
        #expect(bits(dropout(x, 0, tape: tape).value) == bits(x.value))
        #expect(wordDropout([1, 2, 3], 0.9, unknown: 0, tape: nil) == [1, 2, 3])
        #expect(tape.random == RandomSource(seed: 4), "no number is drawn where nothing is dropped")
    }

    @Test func wordDropoutPutsTheUnknownInPlace() {
        let ids = (1...2000).map { Int32($0) }
        let dropped = wordDropout(ids, 0.25, unknown: 0, tape: Tape(random: RandomSource(seed: 4)))
        #expect(zip(ids, dropped).allSatisfy { $0 == $1 || $1 == 0 })
        #expect(abs(dropped.count { $0 == 0 } - 500) < 80)
    }
}
