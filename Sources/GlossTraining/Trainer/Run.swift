import GlossNN

/// A training run between two steps.
struct Run<Model: Module> {
    var header: TrainingState.Header
    var model: Model
    var best: Model
    var optimizer: Optimizer
    var memories: [ShardMemory] = []
    /// Memory of the shards' gradients, used again at each step; no part of the state.
    var gradients: [Gradients] = []

    /// A fresh run of `model`, or the one that `state` holds. Throws `TrainingError` when it is of another run.
    init(_ model: Model, _ configuration: TrainingConfiguration, _ fingerprint: String, _ state: TrainingState?) throws
    {
        self.model = model
        best = model
        header = TrainingState.Header()
        header.configuration = fingerprint
        optimizer = Optimizer(configuration.optimizer)
        guard let state else { return }
        guard state.header.configuration == fingerprint else {
            throw TrainingError.otherConfiguration(run: "this model")
        }
        header = state.header
        let tensors = Dictionary(state.tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
        try Self.restore(&self.model, "model/", tensors)
        best = self.model
        try Self.restore(&best, "best/", tensors)
        let moments = tensors.filter { $0.key.hasPrefix("optimizer/") }
            .map { (String($0.key.dropFirst("optimizer/".count)), $0.value) }
        optimizer = Optimizer(
            configuration.optimizer, steps: header.optimizerSteps, state: Dictionary(uniqueKeysWithValues: moments))
        var shard = 0
        while tensors["memory/\(shard)/0/hidden"] != nil {
            var memory = ShardMemory()
            while let hidden = tensors["memory/\(shard)/\(memory.states.count)/hidden"],
                let cell = tensors["memory/\(shard)/\(memory.states.count)/cell"]
            {
                var state = RecurrentState(batch: hidden.rows, hidden: hidden.columns)
                state.hidden = hidden
                state.cell = cell
                memory.states.append(state)
            }
            memories.append(memory)
            shard += 1
        }
    }

    private static func restore(_ model: inout Model, _ prefix: String, _ tensors: [String: Tensor]) throws {
        try model.forEachParameter("") { path, parameter in
            guard let tensor = tensors[prefix + path], tensor.shape == parameter.value.shape else {
                throw TrainingError.damagedCheckpoint
            }
            parameter.value = tensor
        }
    }

    /// Everything, to be kept.
    var state: TrainingState {
        var state = TrainingState()
        state.header = header
        state.header.optimizerSteps = optimizer.steps
        state.tensors = model.parameters.map { ("model/" + $0.path, $0.parameter.value) }
        state.tensors += best.parameters.map { ("best/" + $0.path, $0.parameter.value) }
        state.tensors += optimizer.state.sorted { $0.key < $1.key }.map { ("optimizer/" + $0.key, $0.value) }
        for (shard, memory) in memories.enumerated() {
            for (layer, carried) in memory.states.enumerated() {
                state.tensors.append(("memory/\(shard)/\(layer)/hidden", carried.hidden))
                state.tensors.append(("memory/\(shard)/\(layer)/cell", carried.cell))
            }
        }
        return state
    }
}
