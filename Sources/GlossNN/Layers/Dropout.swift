import CKernels

/// A mask of zeros and 1/(1-rate), so that the mean is kept (Srivastava et al. 2014). Shape: the one given.
package func dropoutMask(_ shape: [Int], _ rate: Float, _ tape: Tape) -> Tensor {
    precondition(rate >= 0 && rate < 1, "a dropout rate of \(rate)")
    var mask = Tensor(uninitialized: shape)
    let scalars = mask.mutablePointer(), keep = 1 / (1 - rate)
    for index in 0..<mask.count { scalars[index] = tape.random.uniform() < rate ? 0 : keep }
    return mask
}

/// Drops single features: [rows, n], kept; nothing without a tape.
public func dropout(_ x: Variable, _ rate: Float, tape: Tape?) -> Variable {
    guard let tape, tape.drops(rate) else { return x }
    let mask = dropoutMask(x.value.shape, rate, tape)
    var y = Tensor(uninitialized: x.value.shape)
    gloss_multiply(mask.count, mask.pointer, x.value.pointer, y.mutablePointer())
    return tape.record(y) { dy, gradients in
        gradients.update(x) { gloss_multiply_add(mask.count, mask.pointer, dy.pointer, $0.mutablePointer()) }
    }
}

/// Drops the same features at every step of a sequence (Gal and Ghahramani 2016): [rows, n], kept.
public func lockedDropout(_ x: Variable, _ rate: Float, _ layout: SequenceLayout, tape: Tape?) -> Variable {
    guard let tape, tape.drops(rate) else { return x }
    let n = x.value.columns
    let mask = dropoutMask([layout.batch, n], rate, tape)
    func eachStep(_ body: (_ offset: Int, _ count: Int) -> Void) {
        for step in layout.active.indices { body(layout.offsets[step] * n, layout.active[step] * n) }
    }
    var y = Tensor(uninitialized: x.value.shape)
    let target = y.mutablePointer()
    eachStep { gloss_multiply($1, mask.pointer, x.value.pointer + $0, target + $0) }
    return tape.record(y) { dy, gradients in
        gradients.update(x) { dx in
            let target = dx.mutablePointer()
            for step in layout.active.indices {
                let at = layout.offsets[step] * n
                gloss_multiply_add(layout.active[step] * n, mask.pointer, dy.pointer + at, target + at)
            }
        }
    }
}

/// Replaces ids by `unknown` with probability `rate`, so that context must serve in their place; nothing without a tape.
public func wordDropout(_ ids: [Int32], _ rate: Float, unknown: Int32, tape: Tape?) -> [Int32] {
    guard let tape, tape.drops(rate) else { return ids }
    return ids.map { tape.random.uniform() < rate ? unknown : $0 }
}
