import Dispatch
import GlossServer
import Synchronization
import Testing

struct DeadlinesTests {
    /// What is removed is never called, and an earlier deadline does not wait for a later one.
    @Test func whatIsDueIsCalledOnceAndInTime() {
        let deadlines = Deadlines(), called = Mutex<[String]>([]), last = DispatchSemaphore(value: 0)
        func add(_ name: String, _ time: Duration) -> UInt64 {
            deadlines.add(.now + time) { [name] in
                called.withLock { $0.append(name) }
                if name == "last" { last.signal() }
            }
        }
        _ = add("never", .seconds(600))
        let removed = add("removed", .milliseconds(50))
        _ = add("first", .milliseconds(20))
        _ = add("last", .milliseconds(150))
        deadlines.remove(removed)
        #expect(last.wait(timeout: .now() + 20) == .success)
        #expect(called.withLock { $0 } == ["first", "last"])
    }
}
