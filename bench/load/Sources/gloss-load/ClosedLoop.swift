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

/// Connections that each send the next request as soon as they have their answer.
struct ClosedLoop {
    let socket: String
    let connections: Int
    /// It ends after so many answers or seconds, whichever comes first.
    var maximumAnswers = Int.max
    var maximumSeconds = 60.0
    /// Called now and then; says whether to go on.
    var goesOn: () -> Bool = { true }

    /// Runs. `request` gives the bytes of the request of a number, `check` says whether its answer is right.
    func run(request: (Int) -> [UInt8], check: (Int, ArraySlice<UInt8>) -> Bool) throws -> Outcome {
        var outcome = Outcome()
        var next = 0
        let peers = try (0..<connections).map { _ in
            guard let peer = Peer(socket) else { throw Failure("the daemon refuses connection \(next + 1)") }
            return peer
        }
        let start = Clock.now
        for peer in peers {
            guard peer.send(request(next), text: next) else { throw Failure("a request cannot be sent") }
            next += 1
        }
        var entries = peers.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        var answers = 0
        while answers < maximumAnswers, Clock.now - start < maximumSeconds, goesOn() {
            guard poll(&entries, nfds_t(entries.count), 10_000) > 0 else { throw Failure("no answer for 10 s") }
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
                guard peer.send(request(next), text: next) else { throw Failure("a request cannot be sent") }
                next += 1
            }
        }
        outcome.seconds = Clock.now - start
        return outcome
    }
}
