#if canImport(Glibc)
    import Glibc
#endif

/// Times a piece of work.
enum Stopwatch {
    /// Seconds that `body` takes: of the processor for one thread, so that whatever else runs on the machine does not
    /// count, or of the clock, so that threads that wait for each other do.
    static func seconds(byClock: Bool = false, _ body: () throws -> Void) rethrows -> Double {
        let clock = byClock ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID
        let start = now(clock)
        try body()
        return now(clock) - start
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
