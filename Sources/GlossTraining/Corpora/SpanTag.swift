/// One tag of a span column, taken apart: `B-PER` is a beginning of type `PER`.
struct SpanTag: Equatable {
    /// Where in a span a token stands.
    enum Position: Equatable { case outside, begin, inside, end, single }

    var position: Position
    /// The type after the hyphen; empty for `O` and for a bare `B`.
    var type: Substring

    /// Reads `O` and `B I E S` (BIOES), `L U` (BILOU) and `M` (BMES) with or without `-type`; nil for anything else.
    init?(_ tag: String) {
        let parts = tag.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        switch parts[0] {
        case "O": position = .outside
        case "B": position = .begin
        case "I", "M": position = .inside
        case "E", "L": position = .end
        case "S", "U": position = .single
        default: return nil
        }
        if parts.count == 1 {
            type = ""
        } else {
            type = parts[1]
            if type.isEmpty || position == .outside { return nil }
        }
    }

    /// Whether this token and the one before it belong to one span, by the rule that `SpanScheme` documents.
    func continues(_ previous: SpanTag?) -> Bool {
        guard let previous, position == .inside || position == .end else { return false }
        return (previous.position == .begin || previous.position == .inside) && previous.type == type
    }
}
