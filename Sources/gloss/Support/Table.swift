/// A table for people: columns as wide as their widest cell.
struct Table {
    private var rows: [[String]]

    /// A table with its headings.
    init(_ headings: [String]) { rows = [headings] }

    /// Adds a row of as many cells as there are headings.
    mutating func add(_ row: [String]) { rows.append(row) }

    /// The table, two spaces between columns, none at the end of a line.
    var text: String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (cell, width) in zip(row, widths) {
                line += cell + String(repeating: " ", count: width - cell.count + 2)
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    /// A size in the unit that fits.
    static func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1000: "\(bytes) B"
        case ..<1_000_000: "\((bytes + 500) / 1000) kB"
        default: "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB"
        }
    }
}
