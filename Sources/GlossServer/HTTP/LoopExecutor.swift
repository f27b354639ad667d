import NIOCore

/// Runs a connection's tasks on its event loop: reading a request and writing its answer change no thread. What computes
/// goes to the workers, what waits for the store or parses a long body to the global executor.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
