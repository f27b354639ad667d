import GlossText
import GlossTraining

extension ClassReport {
    /// The most confusions of a column that are shown to people; JSON has all.
    private static let shown = 20

    /// A table of the classes and one of what was taken for what, each behind an empty line.
    var text: String {
        var found = Table([column, "precision", "recall", "f1", "gold", "predicted"])
        for row in rows {
            let matches = row.matches
            found.add(
                [row.name] + [matches.precision, matches.recall, matches.f1].map { rounded($0, 4) }
                    + ["\(matches.gold)", "\(matches.predicted)"])
        }
        guard !confusions.isEmpty else { return "\n" + found.text }
        var taken = Table([column, "taken for", "times"])
        for confusion in confusions.prefix(Self.shown) {
            taken.add([confusion.gold, confusion.predicted, "\(confusion.count)"])
        }
        return "\n" + found.text + "\n" + taken.text
    }

    /// The fields `classes` and `confusions` of a JSON object, of all columns.
    static func fields(of reports: [ClassReport]) -> [String] {
        let classes = reports.flatMap { report in
            report.rows.map { row in
                JSONText.object([
                    ("column", JSONText.string(report.column)), ("class", JSONText.string(row.name)),
                    ("precision", JSONText.number(row.matches.precision)),
                    ("recall", JSONText.number(row.matches.recall)), ("f1", JSONText.number(row.matches.f1)),
                    ("gold", "\(row.matches.gold)"), ("predicted", "\(row.matches.predicted)"),
                ])
            }
        }
        let confusions = reports.flatMap { report in
            report.confusions.map { confusion in
                JSONText.object([
                    ("column", JSONText.string(report.column)), ("gold", JSONText.string(confusion.gold)),
                    ("predicted", JSONText.string(confusion.predicted)), ("count", "\(confusion.count)"),
                ])
            }
        }
        return [("classes", classes), ("confusions", confusions)].map { "\"\($0)\":\(JSONText.array($1))" }
    }
}
