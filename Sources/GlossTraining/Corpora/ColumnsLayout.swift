/// How the lines of a columns file are cut, and where its tags stand: what the first line with a token decides.
struct ColumnsLayout {
    /// The number of columns of every line.
    let columnCount: Int
    /// The index of each tag column asked for.
    let tagIndices: [Int]
    private let isTabSeparated: Bool

    /// What is wrong with the first line or the columns asked for; the reader adds file and line to it.
    struct Fault: Error {
        var message: String
        var remedy: String
    }

    /// Takes the layout from `line`; `names` are the columns' names where the file gives them.
    ///
    /// Throws when there are fewer than two columns and a tag is asked for, or a tag column is not among them or named twice.
    init(firstLine line: String, names: [Substring], tagColumns: [TagColumn]) throws(Fault) {
        isTabSeparated = line.utf8.contains(UInt8(ascii: "\t"))
        let count = Self.cut(line, atTabs: isTabSeparated).count
        guard count >= 2 || tagColumns.isEmpty else {
            throw Fault(
                message: "one column where a token and its tag are needed", remedy: "separate them by a space or a tab")
        }
        var indices: [Int] = []
        var keys: Set<String> = []
        for column in tagColumns {
            guard keys.insert(column.name).inserted else {
                throw Fault(message: "two tag columns are called \(column.name)", remedy: "give each a name of its own")
            }
            indices.append(try Self.index(of: column.source, names: names, count: count))
        }
        columnCount = count
        tagIndices = indices
    }

    /// The fields of a line: between single tabs, or between runs of spaces.
    func fields(of line: String) -> [Substring] { Self.cut(line, atTabs: isTabSeparated) }

    private static func cut(_ line: String, atTabs: Bool) -> [Substring] {
        atTabs ? Fields.split(line, at: "\t") : Fields.split(line, at: " ", omitsEmpty: true)
    }

    private static func index(of source: TagColumn.Source, names: [Substring], count: Int) throws(Fault) -> Int {
        switch source {
        case .last: return count - 1
        case .number(let number):
            guard (1...count).contains(number) else {
                throw Fault(
                    message: "no column \(number) among \(count)", remedy: "choose a tag column from 1 to \(count)")
            }
            return number - 1
        case .named(let name):
            let index = names.firstIndex { $0.lowercased() == name.lowercased() }
            guard let index, index < count else {
                let known = names.joined(separator: " ")
                throw Fault(
                    message: names.isEmpty ? "the file does not name its columns" : "no column \(name) among \(known)",
                    remedy: "choose the tag column by its number, or begin the file with \"\(Columns.namesPrefix) …\"")
            }
            return index
        }
    }
}
