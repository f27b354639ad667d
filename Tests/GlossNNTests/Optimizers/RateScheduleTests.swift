import GlossNN
import Testing

@Suite struct RateScheduleTests {
    private func schedule(_ kind: RateSchedule.Kind, warmup: Float = 0.1, floor: Float = 0.02) -> RateSchedule {
        var schedule = RateSchedule()
        schedule.kind = kind
        schedule.warmup = warmup
        schedule.floor = floor
        return schedule
    }

    @Test(arguments: RateSchedule.Kind.allCases, [Float(0), 0.1, 1])
    func startsAtItsWarmupAndEndsAtItsFloor(kind: RateSchedule.Kind, warmup: Float) {
        let schedule = schedule(kind, warmup: warmup)
        #expect(schedule.factor(at: 0) == (warmup > 0 ? 1e-3 : 1), "a first step is taken, however small")
        #expect(abs(schedule.factor(at: warmup) - 1) <= 1e-6)
        let end: Float = kind == .constant || warmup == 1 ? 1 : 0.02
        #expect(abs(schedule.factor(at: 1) - end) <= 1e-6)
        #expect(
            abs(schedule.factor(at: 1.5) - (kind == .constant ? 1 : 0.02)) <= 1e-6, "a run that goes on stays there")
    }

    @Test(arguments: RateSchedule.Kind.allCases)
    func risesThenFalls(kind: RateSchedule.Kind) {
        let schedule = schedule(kind)
        let factors = (0...100).map { schedule.factor(at: Float($0) / 100) }
        #expect(factors.allSatisfy { $0 > 0 && $0 <= 1 })
        #expect(zip(factors[...10], factors[1...10]).allSatisfy { $0 < $1 })
        #expect(zip(factors[10...], factors[11...]).allSatisfy { kind == .constant ? $0 == $1 : $0 > $1 })
    }

    @Test func theMiddleIsHalfWay() {
        #expect(abs(schedule(.linear).factor(at: 0.55) - 0.51) <= 1e-6)
        #expect(abs(schedule(.cosine).factor(at: 0.55) - 0.51) <= 1e-6)
        #expect(abs(schedule(.linear).factor(at: 0.05) - 0.5) <= 1e-6)
        #expect(abs(schedule(.cosine).factor(at: 0.325) - 0.856_482) <= 1e-5)
    }
}
