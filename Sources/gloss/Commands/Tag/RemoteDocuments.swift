import GlossPipeline
import GlossText

/// Cuts documents into sentences, with tags where the model gives some, by a daemon. Answers come in order.
final class RemoteDocuments {
    /// Takes a document with the tags of its sentences.
    typealias Receiver = (Document, [[ColumnTags]]) throws -> Void

    private let reader: RemoteSentences
    private let stream: RecordStream
    private let isTagged: Bool
    private var waiting: [TextDocument] = []
    private var next = 0

    /// The longest document that is sent, in bytes, where this process can answer as well: the answer comes as one record of many
    /// times its size, and this process answers for a longer one a part at a time.
    static let maximumBytes = 1 << 17

    /// Documents of a model's endpoint: `/v1/tag`, or `/v1/tokenize` for sentences without tags.
    init(_ model: DaemonModel, _ endpoint: String) {
        reader = RemoteSentences(model)
        stream = RecordStream(model, endpoint, query: "&offsets=utf8")
        isTagged = endpoint == "/v1/tag"
    }

    /// Sends a document and hands on those that are answered.
    func send(_ document: TextDocument, _ receive: Receiver) throws {
        if next == waiting.count { (waiting, next) = ([], 0) }
        waiting.append(document)
        try stream.send([JSONText.string(document.text)]) { try take($0, receive) }
    }

    /// Hands on all documents that were sent.
    func settle(_ receive: Receiver) throws {
        try stream.settle { try take($0, receive) }
    }

    private func take(_ answer: JSONValue, _ receive: Receiver) throws {
        let document = waiting[next]
        waiting[next] = TextDocument(name: nil, text: "")
        next += 1
        let values = try reader.sentences(of: answer)
        let sentences = try values.map { try reader.sentence($0, in: document.text) }
        try receive(Document(document, sentences), isTagged ? try reader.tags(of: answer) : values.map { _ in [] })
    }
}
