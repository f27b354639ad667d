import GlossText

/// What an examination found.
struct Finding {
    /// How it stands.
    enum State: String {
        /// As it should be.
        case ok
        /// Worth knowing, but nothing is broken.
        case note
        /// Something does not work.
        case fault
    }

    /// The part that was looked at.
    let subject: String
    let state: State
    let text: String
    /// What to do about it; nil where nothing is to be done.
    let remedy: String?
    /// The status that a command would end with for this reason.
    let exitStatus: Int32

    /// All is well.
    static func ok(_ subject: String, _ text: String) -> Finding {
        Finding(subject: subject, state: .ok, text: text, remedy: nil, exitStatus: 0)
    }

    /// Nothing is broken, but something may be wanted.
    static func note(_ subject: String, _ text: String, remedy: String? = nil) -> Finding {
        Finding(subject: subject, state: .note, text: text, remedy: remedy, exitStatus: 0)
    }

    /// Something does not work, for the reason that `status` stands for.
    static func fault(_ subject: String, _ text: String, _ status: Int32, remedy: String) -> Finding {
        Finding(subject: subject, state: .fault, text: text, remedy: remedy, exitStatus: status)
    }

    /// One object of JSON.
    var json: String {
        JSONText.object([
            ("subject", JSONText.string(subject)), ("state", JSONText.string(state.rawValue)),
            ("text", JSONText.string(text)), ("remedy", remedy.map { JSONText.string($0) } ?? "null"),
        ])
    }
}
