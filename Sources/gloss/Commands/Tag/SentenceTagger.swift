import GlossPipeline
import GlossText

/// Who tags sentences that are tokens already: this process or a daemon.
protocol SentenceTagger {
    /// The tags of short documents, by sentence.
    func tag(_ documents: [[[String]]]) throws -> [[[ColumnTags]]]

    /// The tags of a part of a document; its parts come in order from the start, and no other document between them.
    mutating func tag(_ part: Range<Int>, of document: Document) throws -> [[ColumnTags]]
}

extension SentenceTagger {
    /// The sentences that the tags of a part depend on.
    fileprivate func seen(from part: Range<Int>, of document: Document, reach: Int) -> Range<Int> {
        (part.lowerBound - reach..<part.upperBound + reach).clamped(to: document.sentences.indices)
    }
}

/// A model in this process.
struct LocalTagger: SentenceTagger {
    private let model: Tagger
    private let threads: Int
    /// What the network said about the sentences of the document from `first` on.
    private var answers: [SentenceAnswer] = []
    private var first = 0

    init(_ model: Tagger, threads: Int) {
        self.model = model
        self.threads = threads
    }

    func tag(_ documents: [[[String]]]) -> [[[ColumnTags]]] { model.tag(documents, threads: threads) }

    mutating func tag(_ part: Range<Int>, of document: Document) -> [[ColumnTags]] {
        let seen = seen(from: part, of: document, reach: model.reach)
        if part.lowerBound == 0 { answers = [] } else { answers.removeFirst(seen.lowerBound - first) }
        first = seen.lowerBound
        let new = first + answers.count..<seen.upperBound
        answers += model.answers(
            document.words(new), columns: document.columns.isEmpty ? [] : Array(document.columns[new]), threads: threads
        )
        let tags = model.tags(document.words(seen), answers)
        return Array(tags[part.lowerBound - first..<part.upperBound - first])
    }
}

/// A model that a daemon serves.
struct RemoteTagger: SentenceTagger {
    private let reach: Int
    private let reader: RemoteSentences
    private let stream: RecordStream

    init(_ model: DaemonModel) {
        reach = model.reach
        reader = RemoteSentences(model)
        stream = RecordStream(model, "/v1/tag")
    }

    func tag(_ documents: [[[String]]]) throws -> [[[ColumnTags]]] {
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

    /// The socket API knows no further input columns: the document must have none.
    func tag(_ part: Range<Int>, of document: Document) throws -> [[ColumnTags]] {
        precondition(document.columns.isEmpty, "a document with columns given to a daemon")
        let seen = seen(from: part, of: document, reach: reach)
        let tags = try tag([document.words(seen)])[0]
        return Array(tags[part.lowerBound - seen.lowerBound..<part.upperBound - seen.lowerBound])
    }
}
