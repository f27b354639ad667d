import GlossNN

/// Where the threads of one step put their results; each index belongs to one thread at a time.
final class ShardResults: @unchecked Sendable {
    private final class Slot {
        var memory: ShardMemory
        var loss: Float = 0
        let gradients: Gradients

        init(memory: ShardMemory, gradients: Gradients) {
            self.memory = memory
            self.gradients = gradients
        }
    }

    private let slots: [Slot]

    /// What each shard carries, and where its gradients are added: cleared here, their memory is used again.
    init(_ memories: [ShardMemory], _ gradients: [Gradients]) {
        slots = zip(memories, gradients).map(Slot.init)
        for gradients in gradients { gradients.clear() }
    }

    /// What the shards carry to the next step, and their losses.
    var memories: [ShardMemory] { slots.map(\.memory) }
    var losses: [Float] { slots.map(\.loss) }

    /// Runs `body` for one shard, on the thread that owns it.
    func compute(_ index: Int, _ body: (inout ShardMemory, Gradients) -> Float) {
        slots[index].loss = body(&slots[index].memory, slots[index].gradients)
    }

    /// The gradients of all shards, added in their order, on as many threads as there are shards.
    func sum(_ model: some Module) -> Gradients {
        let total = slots[0].gradients
        total.add(slots.dropFirst().map(\.gradients), of: model, threads: slots.count)
        return total
    }
}
