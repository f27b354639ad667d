import GlossNN
import Testing

/// A model of several ranges of scalars, and one that few shards may reach.
private struct Model: Module {
    var large = Parameter(Tensor(zeros: [100_003]), role: .vector)
    var small = Parameter(Tensor(zeros: [5]), role: .vector)
    var untouched = Parameter(Tensor(zeros: [3]), role: .vector)

    mutating func forEachParameter(_ path: String, _ body: (String, inout Parameter) throws -> Void) rethrows {
        try body(join(path, "large"), &large)
        try body(join(path, "small"), &small)
        try body(join(path, "untouched"), &untouched)
    }
}

@Suite struct GradientSumTests {
    /// Shards are added in their order, as one after the other: float32 sums depend on it.
    @Test(arguments: [1, 2, 5])
    func sumsAreThoseOfOneAfterTheOther(threads: Int) {
        let model = Model()
        func shards() -> [Gradients] {
            (0..<3).map { shard in
                let gradients = Gradients()
                gradients[model.large] = randomTensor([100_003], seed: UInt64(shard + 1))
                if shard > 0 { gradients[model.small] = randomTensor([5], seed: UInt64(shard + 10)) }
                return gradients
            }
        }
        let parts = shards(), plain = shards()
        for parameter in [model.large, model.small] {
            for part in plain.dropFirst() {
                if let gradient = part[parameter] { plain[0].add(gradient, to: parameter) }
            }
        }
        parts[0].add(Array(parts.dropFirst()), of: model, threads: threads)
        #expect(parts[0][model.large]?.scalars == plain[0][model.large]?.scalars)
        #expect(parts[0][model.small]?.scalars == plain[0][model.small]?.scalars)
        #expect(parts[0][model.untouched] == nil)
        // What was taken over from a part is not changed there.
        #expect(parts[1][model.small]?.scalars == randomTensor([5], seed: 11).scalars)
    }
}
