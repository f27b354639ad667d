import CKernels

extension Gradients {
    /// Adds the gradients of `parts` for every parameter of `model`, one part after the other: the same to the bit
    /// whatever `threads` is.
    public func add(_ parts: [Gradients], of model: some Module, threads: Int) {
        var sums: [TensorTarget] = [], addends: [[Tensor]] = []
        for (_, parameter) in model.parameters {
            var gradients = parts.compactMap { $0[parameter] }
            guard !gradients.isEmpty else { continue }
            if self[parameter] == nil { self[parameter] = gradients.removeFirst() }
            update(parameter) { sum in
                for gradient in gradients {
                    precondition(gradient.shape == sum.shape, "sum of \(sum.shape) and \(gradient.shape)")
                }
                sums.append(TensorTarget(pointer: sum.mutablePointer()))
            }
            addends.append(gradients)
        }
        let counts = addends.map { $0.first?.count ?? 0 }
        forEachRange(of: counts, threads: threads) { [sums, addends] index, range in
            for gradient in addends[index] {
                gloss_add_scaled(
                    range.count, 1, gradient.pointer + range.lowerBound, sums[index].pointer + range.lowerBound)
            }
        }
    }

    /// The norm of all gradients of a model's parameters, whose squares are added in the order of the walk.
    func norm(of model: inout some Module, threads: Int) -> Double {
        var tensors: [Tensor] = []
        model.forEachParameter("") { _, parameter in
            if let gradient = self[parameter] { tensors.append(gradient) }
        }
        let threads = usefulThreads(threads, scalars: tensors.reduce(0) { $0 + $1.count })
        let squares = [Double](unsafeUninitializedCapacity: tensors.count) { buffer, count in
            nonisolated(unsafe) let buffer = buffer
            concurrently(tensors.count, threads: threads) { [tensors] in buffer[$0] = tensors[$0].squaredNorm }
            count = tensors.count
        }
        return squares.reduce(0, +).squareRoot()
    }
}
