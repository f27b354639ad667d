import Foundation
import GlossNN

/// Vectors, a recurrent stack and a linear layer: what every work is made of.
struct BenchNetwork: Module {
    var embedding: Embedding
    var stack: RecurrentStack
    var output: Linear

    /// A network with weights that depend on `seed` alone.
    init(_ work: WorkDescription, seed: UInt64 = 1) {
        var random = RandomSource(seed: seed)
        var configuration = RecurrentStackConfiguration()
        configuration.cell = work.cell
        configuration.hidden = work.hidden
        configuration.layers = work.layers
        configuration.bidirectional = work.bidirectional
        configuration.dropout = 0
        embedding = Embedding(count: work.vocabulary, features: work.embedding, bound: 1, using: &random)
        stack = RecurrentStack(input: work.embedding, configuration, using: &random)
        output = Linear(input: stack.output, output: work.classes, using: &random)
    }

    mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try embedding.forEachParameter(join(path, "embedding"), body)
        try stack.forEachParameter(join(path, "stack"), body)
        try output.forEachParameter(join(path, "output"), body)
    }

    /// Replaces all weights by those of a file: float32, in the order of the walk. Throws `WorkerError` for a wrong size.
    mutating func load(_ path: String) throws {
        let values = try RawFile.read(path, of: Float.self)
        guard values.count == parameterCount else {
            throw WorkerError("\(path) holds \(values.count) weights, the network has \(parameterCount)")
        }
        var at = 0
        forEachParameter("") { _, parameter in
            let shape = parameter.value.shape, count = parameter.value.count
            parameter.value = Tensor(shape, Array(values[at..<at + count]))
            at += count
        }
    }

    /// Ids [rows] in the layout's order → scores [rows, classes].
    func scores(_ ids: [Int32], _ layout: SequenceLayout, states: inout [RecurrentState], tape: Tape?) -> Variable {
        output(stack(embedding(ids, tape: tape), layout, states: &states, tape: tape), tape: tape)
    }
}
