import GlossText
import HummingbirdCore
import NIOCore

extension Answering {
    /// Texts of one body, or a stream of records.
    func texts<Endpoint: TextEndpoint>(
        _ type: Endpoint.Type, _ request: Request, _ reading: BodyReading, _ pace: ConnectionPace
    ) async throws -> Outcome {
        try request.checkType(["application/json", "application/x-www-form-urlencoded", "application/x-ndjson"])
        let limits = limits
        if request.holdsRecords { return try await records(type, request, reading, pace, limits) }
        let wanted = try TextRequest(try await reading.json(limits), limits)
        let control = try control(request.headers, pace)
        let model = try await model(wanted.options.model ?? Endpoint.defaultModel, for: control)
        let body = try await withCheckedThrowingContinuation { continuation in
            do {
                queue.add(
                    try work(type, wanted, model, control) { continuation.resume(with: $0) })
            } catch {
                continuation.resume(throwing: error)
            }
        }
        return .reply(Reply(body))
    }

    /// The first pieces of work for the texts of one body; `done` is called once with the whole answer, at the request's
    /// deadline at the latest, unless this throws `Refusal`.
    func work<Endpoint: TextEndpoint>(
        _ type: Endpoint.Type, _ wanted: TextRequest, _ model: LiveModel, _ control: RequestControl,
        done: @escaping @Sendable (Result<String, any Error>) -> Void
    ) throws -> [Work] {
        let endpoint = try Endpoint(model, wanted.options, limits), queue = queue
        let answers = Gathered<TextAnswer>(count: wanted.records.count) { answers in
            control.end(cancels: answers.isFailure)
            done(answers.map { Self.whole($0, endpoint, model) })
        }
        var pieces: [Work] = []
        for (place, record) in wanted.records.enumerated() {
            pieces += try endpoint.work(record, control, queue) { answers.set(place, $0) }
        }
        control.begin { answers.fail(WorkError.late) }
        return pieces
    }

    private static func whole(_ answers: [TextAnswer], _ endpoint: some TextEndpoint, _ model: LiveModel) -> String {
        let tokens = answers.reduce(0) { $0 + $1.tokens }
        return JSONText.object(
            [("model", JSONText.string(model.reference.description))] + endpoint.fields + [
                ("results", JSONText.array(answers.map { JSONText.object($0.fields) })),
                ("usage", JSONText.object([("tokens", String(tokens))])),
            ])
    }

    /// Records in, answers out in order, a bounded number between; options stand in the query.
    private func records<Endpoint: TextEndpoint>(
        _ type: Endpoint.Type, _ request: Request, _ reading: BodyReading, _ pace: ConnectionPace, _ limits: Limits
    ) async throws -> Outcome {
        let query = request.uri.queryParameters
        let options = try TextOptions { key in query[Substring(key)].map { .string(String($0)) } }
        pace.allowsSlowBody = true
        let control = try control(request.headers, pace, isStream: true)
        let model = try await model(options.model ?? Endpoint.defaultModel)
        let endpoint = try Endpoint(model, options, limits)
        let answers = OrderedAnswers<String>(limit: Self.recordWindow, heaviest: Self.windowBytes)
        let body = reading.take()
        let fields = endpoint.fields
        return .stream(contentType: "application/x-ndjson") { [self] writer in
            let isWhole = await withTaskExecutorPreference(globalConcurrentExecutor) {
                await withTaskGroup(of: Bool.self) { tasks in
                    tasks.addTask { [self] in
                        var isWhole = true
                        do {
                            try await Self.read(body, limits) { line in
                                switch line {
                                case .success(let line):
                                    let place = await answers.place(weight: Self.answerShare * line.count)
                                    begin(line, endpoint, fields, control) {
                                        answers.set(place, $0, weight: $0.utf8.count)
                                    }
                                case .failure(let refusal):
                                    answers.set(await answers.place(), failed(refusal, id: "null"))
                                }
                            }
                        } catch {
                            let place = await answers.place(), refusal = Refusal(error)
                            count(refusal)
                            answers.set(place, refusal.json + "\n")
                            isWhole = false
                        }
                        answers.close()
                        return isWhole
                    }
                    do {
                        while let some = await answers.next(reaching: Self.writtenBytes) {
                            var buffer = ByteBuffer()
                            for answer in some { buffer.writeString(answer) }
                            while let part = buffer.readSlice(
                                length: min(buffer.readableBytes, Self.writtenBytes)), part.readableBytes > 0
                            {
                                try await writer.write(part)
                            }
                        }
                    } catch {
                        // The reader has gone: what still comes is dropped.
                        control.cancel()
                        while await answers.next() != nil {}
                    }
                    return await tasks.next() ?? true
                }
            }
            try await writer.finish(nil)
            // What is left of a body that failed is not read.
            if !isWhole { throw ConnectionEnded() }
        }
    }

    /// Records whose answers may be out at the same time.
    private static var recordWindow: Int { 2048 }
    /// What those answers may have in bytes, unless it is one alone.
    private static var windowBytes: Int { 8 << 20 }
    /// As so many times its record's bytes an answer counts before it is there.
    private static var answerShare: Int { 32 }
    /// What is written at once, in bytes, about: a reader that takes nothing leaves no more than that behind.
    private static var writtenBytes: Int { 64 << 10 }

    /// Calls `take` with each line of a body that is not blank, or why it is not read: what is over the limit is passed over.
    private static func read(
        _ body: RequestBody, _ limits: Limits, _ take: (Result<[UInt8], Refusal>) async -> Void
    ) async throws {
        var line: [UInt8] = [], isTooLong = false
        func end() async {
            if isTooLong {
                await take(
                    .failure(
                        .tooMuch(
                            "a record is longer than the limit of \(limits.bodyBytes) bytes; split it",
                            limit: "bodyBytes")))
            } else if line.contains(where: { $0 > 0x20 }) {
                await take(.success(line))
            }
            line.removeAll(keepingCapacity: true)
            isTooLong = false
        }
        for try await buffer in body {
            for part in buffer.readableBytesView.split(
                separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
            ).enumerated() {
                if part.offset > 0 { await end() }
                isTooLong = isTooLong || line.count + part.element.count > limits.bodyBytes
                if isTooLong { line = [] } else { line += part.element }
            }
        }
        await end()
    }

    /// The answer to a record that failed, which is counted unless nobody reads it.
    private func failed(_ error: any Error, id: String) -> String {
        let refusal = Refusal(error)
        if refusal.code != Refusal.gone.code { count(refusal) }
        return "{\"id\":\(id),\(refusal.json.dropFirst())\n"
    }

    /// Begins the work for one record; a record that fails has an error in its answer's place.
    private func begin(
        _ line: [UInt8], _ endpoint: some TextEndpoint, _ shared: [(key: String, value: String)],
        _ control: RequestControl, done: @escaping @Sendable (String) -> Void
    ) {
        var id = "null"
        do {
            let record = try JSONValue(body: line)
            if let value = record["id"] { id = value.json }
            let known = id
            queue.add(
                try endpoint.work(TextRecord(record["input"] ?? record["text"]), control, queue) { [self] result in
                    switch result {
                    case .success(let answer):
                        done(JSONText.object([("id", known)] + shared + answer.fields) + "\n")
                    case .failure(let error): done(failed(error, id: known))
                    }
                })
        } catch {
            done(failed(error, id: id))
        }
    }
}

extension Result {
    fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}
