import GlossPipeline
import GlossText

/// A model that the daemon serves, on a connection of its own.
struct DaemonModel {
    /// What is known of a column of tags.
    struct Column {
        let name: String
        let holdsSpans: Bool
    }

    let connection: DaemonConnection
    /// The exact version, NAME:VERSION, so that all answers of a command come from one.
    let reference: String
    /// The checksum of the version; nil where the daemon is of a Gloss that tells none.
    let checksum: String?
    let task: Task
    /// The columns of a tagger, in the model's order.
    let columns: [Column]
    /// The columns that a tagger reads beside the words.
    let inputs: [String]
    /// Sentences before and behind a sentence that its tags depend on.
    let reach: Int

    /// Asks the daemon for a model by reference. Gives nil when the daemon does not know it.
    ///
    /// Throws `DaemonError` for every other failure.
    static func find(_ reference: String, at address: DaemonAddress) throws -> DaemonModel? {
        let connection = try DaemonConnection(address)
        do {
            let answer = try connection.answer("GET", "/v1/models/\(reference)")
            return try DaemonModel(connection, answer)
        } catch DaemonError.refused(404, _, _) {
            return nil
        }
    }

    private init(_ connection: DaemonConnection, _ answer: JSONValue) throws {
        guard let exact = answer["id"]?.string, let task = answer["task"]?.string.flatMap(Task.init(rawValue:)) else {
            throw DaemonError.unintelligible(connection.address, found: "a model without a task")
        }
        self.connection = connection
        reference = exact
        checksum = answer["checksum"]?.string
        self.task = task
        columns = (answer["columns"]?.elements ?? []).compactMap { column in
            column["name"]?.string.map { Column(name: $0, holdsSpans: column["spans"]?.bool ?? false) }
        }
        inputs = (answer["inputs"]?.elements ?? []).compactMap(\.string)
        reach = answer["reach"]?.int ?? 0
    }
}
