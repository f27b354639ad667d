import GlossPipeline
import GlossText

/// Who tags sentences that are tokens already: this process or a daemon.
protocol SentenceTagger {
    /// The tags of documents, by sentence; `columns` are the values of further input columns by document and sentence, if there are
    /// any.
    func tag(_ documents: [[[String]]], columns: [[[[String]]]]) throws -> [[[ColumnTags]]]

    /// Sentences before and behind a sentence that its tags depend on.
    var reach: Int { get }
}

/// A model in this process.
struct LocalTagger: SentenceTagger {
    let model: Tagger
    let threads: Int

    func tag(_ documents: [[[String]]], columns: [[[[String]]]]) -> [[[ColumnTags]]] {
        model.tag(documents, columns: columns, threads: threads)
    }

    var reach: Int { model.reach }
}

/// A model that a daemon serves.
struct RemoteTagger: SentenceTagger {
    let reach: Int
    private let reader: RemoteSentences
    private let stream: RecordStream

    init(_ model: DaemonModel) {
        reach = model.reach
        reader = RemoteSentences(model)
        stream = RecordStream(model, "/v1/tag")
    }

    /// The socket API knows no further input columns: `columns` must be empty.
    func tag(_ documents: [[[String]]], columns: [[[[String]]]]) throws -> [[[ColumnTags]]] {
        precondition(columns.isEmpty, "\(columns.count) documents with columns given to a daemon")
        var tags: [[ColumnTags]] = []
        let take = { (answer: JSONValue) in tags += try reader.tags(of: answer) }
        for document in documents where !document.isEmpty {
            let sentences = document.map { JSONText.array($0.map { JSONText.string($0) }) }
            // Sentences that have no say in each other are records of their own.
            try stream.send(reach == 0 ? sentences : [JSONText.array(sentences)], answer: take)
        }
        try stream.settle(answer: take)
        guard tags.map({ $0.first?.tags.count ?? 0 }) == documents.flatMap({ $0.map(\.count) }) else {
            throw reader.unintelligible
        }
        var rest = tags[...]
        return documents.map { document in
            defer { rest = rest.dropFirst(document.count) }
            return Array(rest.prefix(document.count))
        }
    }
}
