import ArgumentParser

/// `gloss train`.
struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains a model on your data and stores the best one.",
        discussion: """
            Examples:
              gloss train classify --train train.tsv --dev dev.tsv --model mine
              gloss train tag --train train.conllu --dev dev.conllu --model tags
              gloss train generate --train book.txt --model writer --set training.epochs=10
              gloss train tokenize --train train.conllu --dev dev.conllu --model cuts
              gloss train pretrain --train reviews.txt --model base
              gloss train vectors --train reviews.txt --model words
              gloss train classify --print-config > mine.toml
              gloss train classify --train train.tsv --model mine --search search.toml
            """,
        subcommands: [
            TrainClassify.self, TrainTag.self, TrainGenerate.self, TrainTokenize.self, TrainPretrain.self,
            TrainVectors.self,
        ])
}
