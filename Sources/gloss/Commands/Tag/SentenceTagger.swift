import GlossPipeline
import GlossText

/// Who tags sentences that are tokens already: this process or a daemon.
protocol SentenceTagger {
    /// The tags of sentences in order; `columns` are the values of further input columns by sentence, if there are any.
    func tag(_ sentences: [[String]], columns: [[[String]]]) throws -> [[ColumnTags]]
}

/// A model in this process.
struct LocalTagger: SentenceTagger {
    let model: Tagger
    let threads: Int

    func tag(_ sentences: [[String]], columns: [[[String]]]) -> [[ColumnTags]] {
        model.tag(sentences, columns: columns, threads: threads)
    }
}

/// A model that a daemon serves.
struct RemoteTagger: SentenceTagger {
    private let reader: RemoteSentences
    private let stream: RecordStream

    init(_ model: DaemonModel) {
        reader = RemoteSentences(model)
        stream = RecordStream(model, "/v1/tag")
    }

    /// The socket API knows no further input columns: `columns` must be empty.
    func tag(_ sentences: [[String]], columns: [[[String]]]) throws -> [[ColumnTags]] {
        precondition(columns.isEmpty, "\(columns.count) sentences with columns given to a daemon")
        let records = sentences.map { words in JSONText.array(words.map { JSONText.string($0) }) }
        var tags: [[ColumnTags]] = []
        let take = { (answer: JSONValue) in tags += try reader.tags(of: answer) }
        try stream.send(records, answer: take)
        try stream.settle(answer: take)
        guard tags.map({ $0.first?.tags.count ?? 0 }) == sentences.map(\.count) else { throw reader.unintelligible }
        return tags
    }
}
