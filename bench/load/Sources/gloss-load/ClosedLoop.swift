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
    func run(request: (Int) -> [UInt8], check: (Int, ArraySlice<UInt8>) -> Bool) throws -> Outcome {
        var outcome = Outcome()
        var next = 0
        let peers = try (0..<connections).map { number in
            guard let peer = Peer(socket) else { throw Failure("the daemon refuses connection \(number + 1)") }
            return peer
        }
        let start = Clock.now
        /// Connections that wait for nothing.
        var free = peers
        var entries = peers.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        var answers = 0, last = start
        while answers < maximumAnswers, Clock.now - start < maximumSeconds, goesOn() {
            while !free.isEmpty, Double(next) <= (Clock.now - start) * rate {
                let peer = free.removeLast()
                guard peer.send(request(next), text: next) else { throw Failure("a request cannot be sent") }
                next += 1
            }
            let isPaced = !free.isEmpty
            guard poll(&entries, nfds_t(entries.count), isPaced ? 1 : 10_000) > 0 else {
                guard isPaced, Clock.now - last < 10 else { throw Failure("no answer for 10 s") }
                continue
            }
            last = Clock.now
            for (entry, peer) in zip(entries, peers) where entry.revents != 0 {
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
}
