import CKernels

/// A pointwise nonlinearity.
public enum Activation: String, Codable, Sendable, CaseIterable {
    case tanh, sigmoid, relu

    var kernel: gloss_activation {
        switch self {
        case .tanh: GLOSS_TANH
        case .sigmoid: GLOSS_SIGMOID
        case .relu: GLOSS_RELU
        }
    }

    /// activation(x). Shapes: any, kept.
    public func callAsFunction(_ x: Variable, tape: Tape?) -> Variable {
        var y = Tensor(uninitialized: x.value.shape)
        gloss_activate(y.count, kernel, x.value.pointer, y.mutablePointer())
        guard let tape else { return Variable(y) }
        return tape.record(y) { [kernel, y] dy, gradients in
            var dx = Tensor(uninitialized: y.shape)
            gloss_activate_backward(y.count, kernel, y.pointer, dy.pointer, dx.mutablePointer())
            gradients.add(dx, to: x)
        }
    }
}
