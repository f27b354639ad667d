import ArgumentParser

/// `gloss vocabulary`.
struct VocabularyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vocabulary",
        abstract: "Builds, shows, converts and uses vocabularies of words, characters and subwords.",
        discussion: """
            Words and characters are a table symbol<TAB>count, special symbols first; byte pairs are JSON; all kinds of \
            subwords are read from a tokenizer.json as well.

            Examples:
              gloss vocabulary build --kind word --min-count 2 book.txt > words.tsv
              gloss vocabulary build --kind bpe --size 4000 --output pairs.json book.txt
              gloss vocabulary show words.tsv
              gloss vocabulary export words.tsv > vocab.txt
              gloss vocabulary encode tokenizer.json book.txt
              gloss vocabulary measure pairs.json book.txt
            """,
        subcommands: [
            VocabularyBuild.self, VocabularyDecode.self, VocabularyEncode.self, VocabularyShow.self,
            VocabularyExport.self, VocabularyImport.self,
            VocabularyMeasure.self,
        ])
}
