/// How a column of tags marks spans. All are read, and turned into IOB2.
///
/// One rule reads well-formed and ill-formed tags alike (conlleval's, Tjong Kim Sang and Buchholz 2000): a token
/// belongs to the span of the token before it when its tag is I or E and the tag before it is B or I of the same
/// type; every other token that is not O begins a span. So a stray I or E begins a span of its own, and a B or I that
/// is not closed ends where the next span begins.
public enum SpanScheme: String, Sendable, Hashable, CaseIterable {
    /// B only where a span touches one of its own type (Ramshaw and Marcus 1995; CoNLL-2003 as released).
    case iob1 = "IOB1"
    /// Every span begins with B (CoNLL-2000, CoNLL-2002).
    case iob2 = "IOB2"
    /// B I E, and S for a span of one token; BILOU and BMES are the same with other letters.
    case bioes = "BIOES"

    /// The scheme of a whole corpus, given the tags of every sentence; nil when a tag is no span tag or all are O.
    ///
    /// With B, I and O only, it is IOB1 when spans begin with I more often than B stands where IOB1 would write I.
    package static func detect(_ sentences: some Sequence<[String]>) -> SpanScheme? {
        var spansBegunByI = 0
        var beginsUnneeded = 0
        var spans = 0
        var hasEndOrSingle = false
        for sentence in sentences {
            var previous: SpanTag?
            for tag in sentence {
                guard let tag = SpanTag(tag) else { return nil }
                let followsSameType = previous.map { $0.position != .outside && $0.type == tag.type } ?? false
                switch tag.position {
                case .outside: break
                case .end, .single: hasEndOrSingle = true
                case .begin: beginsUnneeded += followsSameType ? 0 : 1
                case .inside: spansBegunByI += followsSameType ? 0 : 1
                }
                if tag.position != .outside { spans += 1 }
                previous = tag
            }
        }
        if spans == 0 { return nil }
        if hasEndOrSingle { return .bioes }
        return spansBegunByI > beginsUnneeded ? .iob1 : .iob2
    }

    /// The tags of one sentence in IOB2, and how many places were ill-formed in this scheme and repaired by the rule
    /// above.
    ///
    /// Every tag must be a span tag of a corpus in which `detect` found this scheme.
    package func toIOB2(_ tags: [String]) -> (tags: [String], repaired: Int) {
        var result: [String] = []
        result.reserveCapacity(tags.count)
        var repaired = 0
        var previous: SpanTag?
        for tag in tags {
            guard let current = SpanTag(tag) else { preconditionFailure("\(tag) is no span tag") }
            let continues = current.continues(previous)
            repaired += isWellFormed(previous, current, continues: continues) ? 0 : 1
            let suffix = current.type.isEmpty ? "" : "-\(current.type)"
            result.append(current.position == .outside ? "O" : (continues ? "I" : "B") + suffix)
            previous = current
        }
        if self == .bioes, let previous, previous.position == .begin || previous.position == .inside { repaired += 1 }
        return (result, repaired)
    }

    private func isWellFormed(_ previous: SpanTag?, _ current: SpanTag, continues: Bool) -> Bool {
        switch self {
        case .iob1: return true
        case .iob2: return continues || current.position != .inside
        case .bioes:
            let isOpen = previous.map { $0.position == .begin || $0.position == .inside } ?? false
            let goesOn = current.position == .inside || current.position == .end
            return isOpen ? continues : !goesOn
        }
    }
}
