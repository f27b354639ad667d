import ArgumentParser
import GlossStore

/// `gloss models remove`.
struct ModelsRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract:
            "Removes one version of a model, or the model with all its versions and what an unfinished training keeps.",
        discussion: """
            Examples:
              gloss models remove mine:2
              gloss models remove mine
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: ArgumentHelp("NAME:VERSION for one version, NAME for all.", valueName: "model"))
    var model: String

    func run() throws {
        let reference = try ModelReference(parsing: model)
        let store = try store.existingStore()
        let before = try? store.summary(ModelReference(name: reference.name)).reference
        let kept = reference.version == nil ? try keptState(of: reference.name, store) : []
        if kept.isEmpty || before != nil {
            for removed in try store.remove(reference) { Output.write("removed \(removed)\n") }
        }
        for run in kept {
            try store.removeCheckpoint(run: run)
            Output.write("removed the state of \(run), which was not finished\n")
        }
        let now = try? store.summary(ModelReference(name: reference.name)).reference
        if let now, now != before { Output.write("\(now.name) is \(now)\n") }
    }

    /// The states that a training or search of a name has left. Throws where it is still running.
    private func keptState(of name: String, _ store: ModelStore) throws -> [String] {
        let runs = try store.checkpointRuns().map(\.run).filter { TrainingSession.states(of: name).contains($0) }
        if !runs.isEmpty { try TrainingLock(store: store.path, model: name).release() }
        return runs
    }
}
