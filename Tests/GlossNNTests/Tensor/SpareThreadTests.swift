import Dispatch
import Foundation
import GlossNN
import Synchronization
import Testing

struct SpareThreadTests {
    private let thread = SpareThread()

    /// Each waits for the other: one after the other they would wait for ever.
    @Test func bothRunAtOnce() {
        for _ in 0..<200 {
            let one = DispatchSemaphore(value: 0), other = DispatchSemaphore(value: 0)
            let met = Atomic(0)
            thread.run(
                {
                    one.signal()
                    if other.wait(timeout: .now() + 20) == .success { met.add(1, ordering: .relaxed) }
                },
                beside: {
                    other.signal()
                    if one.wait(timeout: .now() + 20) == .success { met.add(1, ordering: .relaxed) }
                })
            #expect(met.load(ordering: .relaxed) == 2)
        }
    }

    /// Longer than either side stays awake, and shorter; with and without a warning.
    @Test(arguments: [UInt32(0), 300]) func nothingIsLostWhereSidesSleep(pause: UInt32) {
        let computed = Atomic(0)
        var first = 0
        for round in 0..<300 {
            if round % 3 == 0 { thread.prepare() }
            if round % 5 == 0 { usleep(pause) }
            thread.run(
                { first += 1 },
                beside: {
                    if round % 7 == 0 { usleep(pause) }
                    computed.add(1, ordering: .relaxed)
                })
            #expect(first == round + 1 && computed.load(ordering: .relaxed) == round + 1)
        }
    }

    @Test func manyCallersShareIt() {
        let sum = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for _ in 0..<500 {
                thread.run({ sum.add(1, ordering: .relaxed) }, beside: { sum.add(1, ordering: .relaxed) })
            }
        }
        #expect(sum.load(ordering: .relaxed) == 4 * 500 * 2)
    }

    /// Who is computed on it may have two things to compute.
    @Test func itsWorkMayAskForItself() {
        let sum = Atomic(0)
        thread.run(
            { sum.add(1, ordering: .relaxed) },
            beside: {
                thread.run({ sum.add(10, ordering: .relaxed) }, beside: { sum.add(100, ordering: .relaxed) })
            })
        #expect(sum.load(ordering: .relaxed) == 111)
    }
}
