import GlossText

/// One stream of records to the daemon and of their answers back, in order and in constant memory.
///
/// A daemon ends the connection when nobody takes its answers for long, as behind a pager, or when it is started again: the
/// stream then goes on over another connection with the records that have no answer.
final class RecordStream {
    private let connection: DaemonConnection
    private let target: String
    /// The inputs in order; those before `answered` have their answers.
    private var inputs: [String] = []
    private var answered = 0
    /// Inputs that were forgotten, since they have long been answered.
    private var forgotten = 0
    private var waitingBytes = 0
    /// Whether the connection has given an answer: another one may then go on where it ends.
    private var hasAnswered = false

    /// Records that may wait for their answers: enough that the daemon has full batches while others are printed.
    private static let window = 4096

    /// Bytes of input that may wait for their answers.
    private static let maximumBytes = 1 << 20

    /// Records that are sent at once.
    private static let share = 256

    /// Begins the stream of one model's endpoint, as in `/v1/classify`; `query` is added to it as it is.
    init(_ model: DaemonModel, _ endpoint: String, query: String = "") {
        connection = model.connection
        target = "\(endpoint)?model=\(model.reference)\(query)"
        connection.beginRecords(target)
    }

    /// Records without an answer.
    private var waiting: Int { inputs.count - answered }

    /// Sends records whose inputs are JSON already, and hands on the answers that have come.
    ///
    /// Throws `DaemonError`; the answers before it have been handed on.
    func send(_ inputs: [String], answer: (JSONValue) throws -> Void) throws {
        forget()
        for start in stride(from: 0, to: inputs.count, by: Self.share) {
            let share = inputs[start...].prefix(Self.share)
            self.inputs += share
            waitingBytes += share.reduce(0) { $0 + $1.utf8.count }
            add(self.inputs.indices.suffix(share.count))
            try advance(waits: false, answer)
            while waiting > 0, waiting > Self.window || waitingBytes > Self.maximumBytes {
                try advance(waits: true, answer)
            }
        }
    }

    /// Hands on the answers of everything that was sent.
    func settle(answer: (JSONValue) throws -> Void) throws {
        while waiting > 0 { try advance(waits: true, answer) }
    }

    private func forget() {
        forgotten += answered
        inputs.removeFirst(answered)
        answered = 0
    }

    /// Puts records on their way.
    private func add(_ places: Range<Int>) {
        if places.isEmpty { return }
        connection.add(records: places.map { "{\"id\":\(forgotten + $0),\"input\":\(inputs[$0])}\n" }.joined())
    }

    private func advance(waits: Bool, _ answer: (JSONValue) throws -> Void) throws {
        do {
            if try takeAnswers(answer) { return }
            try connection.move(waits: waits)
            try connection.requireSuccess()
            if try !takeAnswers(answer), connection.response.isComplete { throw DaemonError.ended(connection.address) }
        } catch let error as DaemonError where error.isOfConnection && hasAnswered {
            hasAnswered = false
            try connection.connectAgain()
            connection.beginRecords(target)
            add(answered..<inputs.count)
        }
    }

    /// Hands on the answers that are there; gives whether there was one.
    private func takeAnswers(_ answer: (JSONValue) throws -> Void) throws -> Bool {
        let before = answered
        while let line = connection.takeLine() {
            if line.isEmpty { continue }
            guard let value = try? JSONValue(parsing: line), waiting > 0 else {
                throw DaemonError.unintelligible(connection.address, found: "a line that is no answer")
            }
            if let error = value["error"] { throw DaemonError.refused(error) }
            guard value["id"]?.int == forgotten + answered else {
                throw DaemonError.unintelligible(connection.address, found: "an answer out of order")
            }
            waitingBytes -= inputs[answered].utf8.count
            answered += 1
            hasAnswered = true
            try answer(value)
        }
        return answered > before
    }
}
