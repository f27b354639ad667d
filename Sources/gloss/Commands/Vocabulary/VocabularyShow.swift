import ArgumentParser
import GlossText

/// `gloss vocabulary show`.
struct VocabularyShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a vocabulary's size, special symbols and first symbols.",
        discussion: """
            Examples:
              gloss vocabulary show words.tsv
              gloss vocabulary show --limit 50 --model tagger
            """)

    @Option(help: ArgumentHelp("Symbols to show.", valueName: "count"))
    var limit = 20

    @OptionGroup var source: VocabularySource

    func validate() throws {
        if limit < 0 { throw ValidationError("--limit \(limit) is less than 0") }
    }

    func run() throws {
        switch try source.read() {
        case .table(let vocabulary):
            var table = Table(["ID", "SYMBOL", "COUNT"])
            for id in (vocabulary.specialCount..<vocabulary.count).prefix(limit) {
                table.add([String(id), vocabulary.symbol(Int32(id)).debugDescription, String(vocabulary.counts[id])])
            }
            write("symbols", vocabulary.count, vocabulary.specials, table)
        case .pairs(let vocabulary):
            var table = Table(["ID", "PIECE", "FROM"])
            let first = vocabulary.specials.count + 256
            for (index, merge) in vocabulary.merges.prefix(limit).enumerated() {
                let piece = { (id: Int32) in String(decoding: vocabulary.bytes(of: id), as: UTF8.self).debugDescription
                }
                table.add([
                    String(first + index), piece(Int32(first + index)), "\(piece(merge.left)) \(piece(merge.right))",
                ])
            }
            write("byte pairs", vocabulary.count, vocabulary.specials, table)
        case .subwords(let vocabulary):
            var table = Table(["ID", "SYMBOL"])
            for id in (0..<Int32(vocabulary.count)).prefix(limit) {
                table.add([String(id), vocabulary.fileSpelling(of: id).debugDescription])
            }
            let kind =
                switch vocabulary.kind {
                case .bytePairs: "byte pairs"
                case .characterPairs: "pairs of characters"
                case .unigram: "Unigram symbols"
                }
            write(kind, vocabulary.count, vocabulary.specials, table)
        }
    }

    private func write(_ name: String, _ count: Int, _ specials: [String], _ table: Table) {
        Output.write("\(count) \(name), \(specials.count) of them special: \(specials.joined(separator: " "))\n\n")
        Output.write(table.text)
    }
}
