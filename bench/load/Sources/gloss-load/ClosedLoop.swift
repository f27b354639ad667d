import CEpoll
import Foundation
import Glibc

/// What came of a load.
struct Outcome {
    /// Seconds from request to answer, of those that were answered and of those that were refused.
    var admitted: [Double] = []
    var refused: [Double] = []
    /// Answers that differ from what the text's answer is, and answers of any other status.
    var wrong = 0
    var failed = 0
    var seconds = 0.0

    var rate: Double { Double(admitted.count) / seconds }

    /// The share's percentile, in milliseconds.
    static func percentile(_ times: [Double], _ share: Double) -> Double {
        guard !times.isEmpty else { return .nan }
        let sorted = times.sorted()
        return sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)] * 1000
    }
}

/// Connections that each send the next request as soon as they have their answer and the rate of all allows it.
struct ClosedLoop {
    let socket: String
    let connections: Int
    /// It ends after so many answers or seconds, whichever comes first.
    var maximumAnswers = Int.max
    var maximumSeconds = 60.0
    /// Requests a second at most.
    var rate = Double.infinity
    /// Called now and then; says whether to go on.
    var goesOn: () -> Bool = { true }

    /// Runs. `request` gives the bytes of the request of a number, `check` says whether its answer is right.
    func run(request: (Int) -> [UInt8], check: (Int, UnsafeRawBufferPointer) -> Bool) throws -> Outcome {
        var outcome = Outcome()
        var next = 0
        let peers = try (0..<connections).map { number in
            guard let peer = Peer(socket) else { throw Failure("the daemon refuses connection \(number + 1)") }
            return peer
        }
        let queue = try watch(peers)
        defer { close(queue) }
        var events = [epoll_event](repeating: epoll_event(), count: min(connections, 256))
        let start = Clock.now
        /// Connections that wait for nothing.
        var free = peers
        var answers = 0, last = start, now = start
        while answers < maximumAnswers, now - start < maximumSeconds, goesOn() {
            while !free.isEmpty, Double(next) <= (Clock.now - start) * rate {
                let peer = free.removeLast()
                guard peer.send(request(next), text: next) else { throw Failure("a request cannot be sent") }
                next += 1
            }
            let isPaced = !free.isEmpty
            let count = epoll_wait(queue, &events, Int32(events.count), isPaced ? 1 : 10_000)
            now = Clock.now
            guard count > 0 else {
                guard isPaced, now - last < 10 else { throw Failure("no answer for 10 s") }
                continue
            }
            last = now
            for event in events[..<Int(count)] {
                let peer = peers[Int(event.data.u32)]
                guard let answer = try peer.receive() else { continue }
                let time = Clock.now - peer.sent
                answers += 1
                switch answer.status {
                case 200:
                    outcome.admitted.append(time)
                    if !check(peer.text, answer.body) { outcome.wrong += 1 }
                case 429: outcome.refused.append(time)
                default: outcome.failed += 1
                }
                free.append(peer)
            }
        }
        outcome.seconds = Clock.now - start
        return outcome
    }

    /// A descriptor that tells which of the peers have something to read (epoll(7)).
    private func watch(_ peers: [Peer]) throws -> Int32 {
        let queue = epoll_create1(0)
        guard queue >= 0 else { throw Failure("epoll is not to be had") }
        for (number, peer) in peers.enumerated() {
            var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u32: UInt32(number)))
            guard epoll_ctl(queue, EPOLL_CTL_ADD, peer.descriptor, &event) == 0 else {
                throw Failure("connection \(number + 1) cannot be watched")
            }
        }
        return queue
    }
}
