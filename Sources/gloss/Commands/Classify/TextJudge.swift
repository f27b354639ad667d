import GlossText

/// Who judges texts: this process at once, or a daemon a little later. Answers come in the order of the texts.
protocol TextJudge {
    /// Takes texts and hands on the judgements that are ready.
    func judge(_ texts: [String], answer: (Judgement) -> Void) throws

    /// Hands on the judgements of all texts that were taken.
    func settle(answer: (Judgement) -> Void) throws
}

/// A model in this process.
struct LocalJudge: TextJudge {
    let model: Judge
    let threads: Int

    func judge(_ texts: [String], answer: (Judgement) -> Void) throws {
        try model(texts, threads: threads).forEach(answer)
    }

    func settle(answer: (Judgement) -> Void) {}
}

/// A model that a daemon serves.
struct RemoteJudge: TextJudge {
    private let model: DaemonModel
    private let stream: RecordStream

    /// Throws for a model of another task.
    init(_ model: DaemonModel, name: String, explains: Bool) throws {
        guard model.task == .classify || model.task == .number else {
            throw WrongTask.error(name, model.task, wanted: "classify")
        }
        guard !explains || model.task == .classify else { throw Judge.noExplanation(name) }
        self.model = model
        stream = RecordStream(model, "/v1/classify", query: explains ? "&explain=true" : "")
    }

    func judge(_ texts: [String], answer: (Judgement) -> Void) throws {
        try stream.send(texts.map { JSONText.string($0) }) { try answer(judgement($0)) }
    }

    func settle(answer: (Judgement) -> Void) throws {
        try stream.settle { try answer(judgement($0)) }
    }

    private func judgement(_ answer: JSONValue) throws -> Judgement {
        guard let judgement = Judgement(answer) else {
            throw DaemonError.unintelligible(model.connection.address, found: "no judgement in an answer")
        }
        return judgement
    }
}
