import ArgumentParser

/// What a training takes that may search for its configuration.
struct SearchOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Try the configurations that this TOML file describes, then train with the best of them.", valueName: "file"
        ))
    var search: String?

    /// An example of the file, for the commands' help.
    static let example = """
        A search tries many configurations for few epochs, the better ones for more, and trains with the best. Its FILE:

          [search]
          budget = 3600  # seconds for all trials; 0: no limit
          trials = 27    # random configurations; all, where there are fewer
          folds = 0      # 5: cross-validation; 0: the dev file decides
          halving = 3    # a third has three times the epochs; 1: all have all
          seed = 1
          [space]
          "model.encoder.stack.hidden" = [64, 128, 256]
          "training.optimizer.rate" = { from = 1e-4, to = 1e-2, scale = "log" }
        """
}
