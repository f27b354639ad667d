import GlossNN
import Testing

@Suite struct RandomSourceTests {
    /// SplitMix64 of seed 1234567 as published with the algorithm, after the first number, which seeding draws.
    @Test func isSplitMix64() {
        var random = RandomSource(seed: 1_234_567)
        #expect(random.next() == 3_203_168_211_198_807_973)
        #expect(random.next() == 9_817_491_932_198_370_423)
        #expect(random.next() == 4_593_380_528_125_082_431)
        #expect(random.next() == 16_408_922_859_458_223_821)
    }

    @Test func seedsAndStreamsAreApart() {
        let starts = (0..<UInt64(20)).flatMap { seed in
            (0..<UInt64(20)).map { stream in
                var random = RandomSource(seed: seed, stream: stream)
                return random.next()
            }
        }
        #expect(Set(starts).count == 400)
    }

    /// A run that is resumed goes on with the numbers that it would have drawn.
    @Test func aCopyGoesOnWithTheSameNumbers() {
        var random = RandomSource(seed: 3)
        _ = random.normal()
        var copy = random
        #expect((0..<10).map { _ in random.uniform() } == (0..<10).map { _ in copy.uniform() })
        #expect(random == copy)
    }

    @Test func uniformIsUniform() {
        var random = RandomSource(seed: 3)
        let values = (0..<20_000).map { _ in Double(random.uniform()) }
        #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
        #expect(abs(values.reduce(0, +) / 20_000 - 0.5) < 0.0082, "four standard errors")
        #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 20_000 - 1.0 / 3) < 0.0085, "four standard errors")
    }

    @Test func normalHasMeanZeroAndVarianceOne() {
        var random = RandomSource(seed: 3)
        let values = (0..<20_000).map { _ in Double(random.normal()) }
        #expect(abs(values.reduce(0, +) / 20_000) < 0.0283, "four standard errors")
        #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 20_000 - 1) < 0.04, "four standard errors")
        #expect(values.contains { $0 > 3 } && values.contains { $0 < -3 })
    }
}
