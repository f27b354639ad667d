/// How a column of tags marks spans: IOB1, with B only where a span touches one of its own type (Ramshaw and Marcus 1995; CoNLL-2003
/// as released), IOB2, where every span begins with B (CoNLL-2000, CoNLL-2002), or BIOES, with S for a span of one token (BILOU and
/// BMES are the same with other letters). All are read, and turned into IOB2.
///
/// One rule reads well-formed and ill-formed tags alike (conlleval's, Tjong Kim Sang and Buchholz 2000): a token
/// belongs to the span of the token before it when its tag is I or E and the tag before it is B or I of the same
/// type; every other token that is not O begins a span. So a stray I or E begins a span of its own, and a B or I that
/// is not closed ends where the next span begins.
package enum SpanScheme {
    /// Whether every tag of these sentences is a span tag.
    package static func describes(_ sentences: some Sequence<[String]>) -> Bool {
        sentences.allSatisfy { $0.allSatisfy { SpanTag($0) != nil } }
    }

    /// The tags of one sentence in IOB2; every one must be a span tag.
    package static func toIOB2(_ tags: [String]) -> [String] {
        var previous: SpanTag?
        return tags.map { tag in
            guard let current = SpanTag(tag) else { preconditionFailure("\(tag) is no span tag") }
            defer { previous = current }
            let suffix = current.type.isEmpty ? "" : "-\(current.type)"
            return current.position == .outside ? "O" : (current.continues(previous) ? "I" : "B") + suffix
        }
    }
}
