import ArgumentParser

/// `gloss vocabulary`.
struct VocabularyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vocabulary",
        abstract: "Builds, shows and converts vocabularies of words, characters and byte pairs.",
        discussion: """
            Words and characters are a table symbol<TAB>count, special symbols first; byte pairs are JSON.

            Examples:
              gloss vocabulary build --kind word --min-count 2 book.txt > words.tsv
              gloss vocabulary build --kind bpe --size 4000 --output pairs.json book.txt
              gloss vocabulary show words.tsv
              gloss vocabulary export words.tsv > vocab.txt
            """,
        subcommands: [VocabularyBuild.self, VocabularyShow.self, VocabularyExport.self, VocabularyImport.self])
}
