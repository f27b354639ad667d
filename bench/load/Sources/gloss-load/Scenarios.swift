import Foundation
import Glibc

/// The measurements, each with its bounds in number and time.
struct Scenarios {
    let command: Command
    /// How much of the full length: 1, or less for a short look.
    let scale: Double
    var table = Table()

    private func count(_ full: Int) -> Int { max(Int(Double(full) * scale), 20) }
    private func seconds(_ full: Double) -> Double { max(full * scale, 1) }

    private func texts(_ count: Int, seed: UInt64 = 1) -> [String] {
        var source = Texts(seed: seed)
        return (0..<count).map { _ in source.common() }
    }

    /// One connection, a text at a time; then the same text by text in the command's own process.
    mutating func latency() throws {
        let daemon = try Daemon(command)
        let expected = try Expected(texts(1000), command, model: "sentiment")
        let alone = try load(daemon.socket, expected, connections: 1, answers: count(20_000), seconds: 30)
        try daemon.stop()
        let p50 = Outcome.percentile(alone.admitted, 0.5), p99 = Outcome.percentile(alone.admitted, 0.99)
        table.add(
            "20 words, one connection", "p50 \(digits(p50, 3)) ms, p99 \(digits(p99, 3)) ms",
            wanted: "p50 ≤ 0.6, p99 ≤ 3", p50 <= 0.6 && p99 <= 3 && alone.wrong + alone.failed == 0)
        let here = try LineByLine(command).times(expected.texts)
        let local = Outcome.percentile(here, 0.5)
        table.add(
            "the same in the process", "p50 \(digits(local, 3)) ms, the daemon adds \(digits(p50 - local, 3))",
            wanted: "≤ 0.25 more", p50 - local <= 0.25)
    }

    /// Measurements that are compared take turns so many times, since a machine is not the same from second to second.
    private static let rounds = 3

    /// Many connections against the command's own rate on a file.
    mutating func throughput() throws {
        let daemon = try Daemon(command)
        let sets = try [1, 32].map { try Expected(texts(1024), command, model: "sentiment", size: $0) }
        _ = try load(daemon.socket, sets[0], connections: 8, answers: 500, seconds: 10)
        var local: [Double] = [], rates: [[Double]] = [[], []], wrong = [0, 0]
        for _ in 0..<Self.rounds {
            local.append(try bulkRate(host: nil, lines: count(40_000)).rate)
            for (index, expected) in sets.enumerated() {
                let many = try load(daemon.socket, expected, connections: 64, answers: .max, seconds: seconds(5))
                rates[index].append(many.rate * Double(expected.size))
                wrong[index] += many.wrong + many.failed
            }
        }
        try daemon.stop()
        for (index, expected) in sets.enumerated() {
            let share = median(zip(rates[index], local).map { $0 / $1 })
            table.add(
                "64 connections, \(expected.size) texts a request",
                "\(digits(median(rates[index]), 0)) texts/s, \(digits(100 * share, 0)) % of \(digits(median(local), 0)) in the process",
                wanted: "≥ 80 %", share >= 0.8 && wrong[index] == 0)
        }
    }

    /// The same connections to the daemon and to a peer at another socket, in turns.
    mutating func peer(_ socket: String) throws {
        let expected = try Expected(texts(1000), command, model: "sentiment")
        let daemon = try Daemon(command)
        for socket in [daemon.socket, socket] {
            _ = try load(socket, expected, connections: 8, answers: 500, seconds: 30)
        }
        var own: [Outcome] = [], other: [Outcome] = []
        for _ in 0..<Self.rounds {
            own.append(
                try load(daemon.socket, expected, connections: 64, answers: .max, seconds: seconds(5)))
            other.append(try load(socket, expected, connections: 64, answers: .max, seconds: seconds(5)))
        }
        try daemon.stop()
        let ratio = median(zip(own, other).map { $0.rate / $1.rate })
        table.add(
            "64 connections, beside the peer at \(socket)",
            "\(digits(median(own.map(\.rate)), 0)) and \(digits(median(other.map(\.rate)), 0)) texts/s, \(digits(ratio, 1)) times; "
                + "the peer differs in \(other.reduce(0) { $0 + $1.wrong }) answers and fails in \(other.reduce(0) { $0 + $1.failed })",
            wanted: "≥ 3 times", ratio >= 3 && own.allSatisfy { $0.wrong + $0.failed == 0 })
    }

    /// Lines of a file through the command, with a daemon and without.
    mutating func bulk() throws {
        let lines = count(100_000)
        let local = try bulkRate(host: nil, lines: lines)
        let daemon = try Daemon(command)
        _ = try bulkRate(host: daemon.host, lines: 1000)
        let remote = try bulkRate(host: daemon.host, lines: lines)
        try daemon.stop()
        let share = digits(100 * remote.rate / local.rate, 0)
        let peak = digits(Double(remote.run.peakBytes) / 1e6, 0)
        table.add(
            "\(lines) lines \\| gloss classify",
            "\(digits(remote.rate, 0)) lines/s, \(share) % of \(digits(local.rate, 0)), client \(peak) MB",
            wanted: "≥ 85 %, ≤ 64 MB, the same bytes",
            remote.rate >= 0.85 * local.rate && remote.run.peakBytes <= 64_000_000
                && remote.run.output == local.run.output)
    }

    /// A whole process that asks a warm daemon, and one that must load its model.
    mutating func process() throws {
        let path = command.file("ten")
        try "A warm and funny film that I liked very much\n".write(toFile: path, atomically: true, encoding: .utf8)
        let daemon = try Daemon(command)
        func times(_ host: String?) throws -> [Double] {
            try (0..<count(50)).map { _ in try command.run(["classify"], input: path, host: host).seconds }
        }
        _ = try times(daemon.host)
        let warm = Outcome.percentile(try times(daemon.host), 0.5)
        try daemon.stop()
        let cold = Outcome.percentile(try times(nil), 0.5)
        table.add(
            "gloss classify, 10 words", "\(digits(warm, 1)) ms with a warm daemon, \(digits(cold, 1)) without",
            wanted: "≤ 25 ms", warm <= 25)
    }

    /// From the start of the daemon to the first answer; then what it holds in memory with the three models.
    mutating func start() throws {
        let socket = command.file("activated.sock")
        let starter = Process()
        starter.executableURL = URL(fileURLWithPath: "/usr/bin/systemd-socket-activate")
        starter.arguments = ["--listen=\(socket)", command.path, "serve"]
        starter.environment = ["PATH": "/usr/bin:/bin", "HOME": command.folder]
        starter.standardError = FileHandle.nullDevice
        try starter.run()
        var peer: Peer?
        for _ in 0..<500 where peer == nil {
            usleep(10_000)
            peer = Peer(socket)
        }
        guard let peer else { throw Failure("nobody listens at \(socket)") }
        let began = Clock.now
        guard peer.send(Peer.request(["A fine film."], model: "sentiment"), text: 0) else { throw Failure("not sent") }
        while try peer.receive() == nil {}
        let first = (Clock.now - began) * 1000
        starter.terminate()
        starter.waitUntilExit()
        table.add(
            "socket-activated start to first answer", "\(digits(first, 0)) ms", wanted: "≤ 200 ms", first <= 200)

        let daemon = try Daemon(command)
        let document = command.file("document")
        try "She met Ada in Paris.\n".write(toFile: document, atomically: true, encoding: .utf8)
        for arguments in [["classify"], ["tag"], ["generate", "--max-tokens", "5"]] {
            _ = try command.run(arguments, input: document, host: daemon.host)
        }
        sleep(2)
        let bytes = Double(daemon.residentBytes) / 1e6
        try daemon.stop()
        table.add("memory with three models, idle", "\(digits(bytes, 0)) MB", wanted: "≤ 120 MB", bytes <= 120)
    }

    /// Ten times the texts a second that the daemon can answer, of 400 words each, from 640 connections. It admits what
    /// its workers have in hand and one more, so that nobody waits long.
    mutating func overload() throws {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let settings = ["limits.requests=\(cores + 1)", "limits.connectionsPerUser=1024"].flatMap { ["--set", $0] }
        let daemon = try Daemon(command, settings)
        let sentences = texts(20_000)
        let long = stride(from: 0, to: sentences.count, by: 20).map { sentences[$0..<($0 + 20)].joined(separator: " ") }
        let expected = try Expected(long, command, model: "sentiment")
        let full = try load(daemon.socket, expected, connections: cores, answers: .max, seconds: seconds(5)).rate
        let calm = try load(
            daemon.socket, expected, connections: cores, answers: .max, seconds: seconds(10), rate: full / 4)
        let rush = try load(
            daemon.socket, expected, connections: 640, answers: .max, seconds: seconds(60), rate: full * 10)
        let isRunning = daemon.process.isRunning
        try daemon.stop()
        let before = Outcome.percentile(calm.admitted, 0.99), after = Outcome.percentile(rush.admitted, 0.99)
        table.add(
            "640 connections, \(digits(rush.seconds, 0)) s, ten times \(digits(full, 0)) texts/s",
            "\(rush.admitted.count) answers, \(rush.refused.count) refused, \(rush.wrong) wrong, \(rush.failed) failed",
            wanted: "none wrong, none failed, no crash", rush.wrong + rush.failed == 0 && isRunning)
        table.add(
            "what was admitted", "p99 \(digits(after, 1)) ms after \(digits(before, 1)) ms", wanted: "≤ 3 times",
            after <= 3 * before)
        let refusal = Outcome.percentile(rush.refused, 0.99)
        table.add(
            "what was refused", "p99 \(digits(refusal, 1)) ms", wanted: "≤ 10 ms", rush.refused.isEmpty || refusal <= 10
        )
    }

    /// New versions of a small model while sixteen connections ask for it.
    mutating func swaps() throws {
        let store = command.file("swaps.sqlite"), small = command.file("small.sqlite")
        let train = ["train", "classify", "--model", "swapped", "--store", store]
        let data = ["--train", "corpora/sentiment/train.tsv", "--dev", "corpora/sentiment/dev.tsv"]
        let settings = [
            "training.epochs=2", "training.ngrams.bucketBits=8", "model.encoder.stack.hidden=16",
            "model.encoder.wordFeatures=16", "model.vocabulary.maximumSize=500",
        ].flatMap { ["--set", $0] }
        _ = try command.run(train + data + settings)
        _ = try command.run(["models", "export", "swapped", small, "--store", store])
        let expected = try Expected(texts(200), command, model: "swapped", store: ["--store", store])
        let daemon = try Daemon(command, ["--store", store])
        let wanted = count(300)
        let swapper = Swapper(command, store: store, file: small, count: wanted)
        swapper.start()
        var loop = ClosedLoop(socket: daemon.socket, connections: 16)
        loop.maximumSeconds = seconds(300)
        loop.goesOn = { !swapper.isFinished }
        let outcome = try run(loop, expected)
        swapper.wait()
        try daemon.stop()
        table.add(
            "\(swapper.done) swaps under load",
            "\(outcome.admitted.count) answers, \(outcome.wrong) wrong, \(outcome.failed + outcome.refused.count) failed",
            wanted: "none", swapper.done == wanted && outcome.wrong + outcome.failed + outcome.refused.count == 0)
    }

    /// Requests with ever new words, and what the daemon's memory does meanwhile.
    mutating func soak(_ requests: Int) throws {
        let daemon = try Daemon(command)
        var source = Texts(seed: 9)
        var loop = ClosedLoop(socket: daemon.socket, connections: 16)
        loop.maximumSeconds = 3600
        func run(_ answers: Int) throws -> Outcome {
            loop.maximumAnswers = answers
            return try loop.run(
                request: { _ in Peer.request([source.novel()], model: "sentiment") }, check: { _, _ in true })
        }
        _ = try run(max(requests / 10, 1000))
        // What the work needs for itself is given back within two looks at the store.
        sleep(4)
        let before = Double(daemon.residentBytes)
        let outcome = try run(requests)
        sleep(4)
        let growth = 100 * (Double(daemon.residentBytes) / before - 1)
        try daemon.stop()
        table.add(
            "\(requests) requests with new words",
            "\(digits(growth, 2)) % more memory than \(digits(before / 1e6, 0)) MB, \(outcome.failed) failed",
            wanted: "≤ 2 %", growth <= 2 && outcome.failed == 0)
    }

    private func load(
        _ socket: String, _ expected: Expected, connections: Int, answers: Int, seconds: Double,
        rate: Double = .infinity
    ) throws -> Outcome {
        var loop = ClosedLoop(socket: socket, connections: connections)
        loop.maximumAnswers = answers
        loop.maximumSeconds = seconds
        loop.rate = rate
        return try run(loop, expected)
    }

    private func run(_ loop: ClosedLoop, _ expected: Expected) throws -> Outcome {
        let requests = expected.requests
        return try loop.run(request: { requests[$0 % requests.count] }, check: expected.isRight)
    }

    /// Lines a second of the command on a file, the time of a run on one line taken off.
    private func bulkRate(host: String?, lines: Int) throws -> (rate: Double, run: Command.Run) {
        let path = command.file("bulk"), one = command.file("one")
        try (texts(lines, seed: 3).joined(separator: "\n") + "\n").write(
            toFile: path, atomically: true, encoding: .utf8)
        try "A fine film.\n".write(toFile: one, atomically: true, encoding: .utf8)
        let start = try command.run(["classify"], input: one, host: host).seconds
        let run = try command.run(["classify"], input: path, host: host, watchesMemory: true)
        return (Double(lines) / max(run.seconds - start, 1e-6), run)
    }
}

/// The middle one of some numbers.
private func median(_ numbers: [Double]) -> Double {
    guard !numbers.isEmpty else { return .nan }
    return numbers.sorted()[numbers.count / 2]
}
