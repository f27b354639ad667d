/// How a search goes on: the table `[search]` of its file.
public struct SearchConfiguration: Codable, Sendable, Equatable {
    /// Seconds for all trials together, over all interruptions; 0 sets no limit. The training of the best comes on top.
    public var budget = 0.0
    /// Configurations that are tried.
    public var trials = 20
    /// Parts of the training data that are held out in turn; with 0 the dev file decides.
    public var folds = 0
    /// One of so many trials goes on to so many times the epochs; with 1 all trials have all epochs.
    public var halving = 3
    /// Where the draws of settings and folds start.
    public var seed: UInt64 = 1

    /// The defaults.
    public init() {}

    /// Checks what would otherwise fail far away. Throws `ConfigurationError`.
    func check(file: String) throws(ConfigurationError) {
        func require(_ holds: Bool, _ key: String, _ value: some Any, _ remedy: String) throws(ConfigurationError) {
            if !holds { throw ConfigurationError(place: file, message: "search.\(key) = \(value): \(remedy)") }
        }
        try require(budget >= 0 && budget.isFinite, "budget", budget, "give seconds, or 0 for no limit")
        try require((1...10_000).contains(trials), "trials", trials, "give a number from 1 to 10000")
        try require(folds == 0 || folds > 1, "folds", folds, "give 0 or at least 2")
        try require(halving > 0, "halving", halving, "give at least 1, which halves nothing")
    }
}

/// A search's file: `[search]`, and `[space]` with the keys of a run and what they may be.
struct SearchFile: Codable {
    var search = SearchConfiguration()
    var space: [String: SearchValue] = [:]

    /// Reads a file's text. Throws `ConfigurationError` with the place of what is wrong.
    init(toml: String, file: String) throws {
        var tree = try ConfigurationTree(SearchFile())
        try tree.overlay(ConfigurationTree(toml: toml, file: file), file: file)
        do {
            self = try tree.decoded()
        } catch let error as ConfigurationError {
            throw ConfigurationError(place: file, message: "\(error.place): \(error.message)")
        }
        try search.check(file: file)
    }

    private init() {}
}
