/// The numbers of a parameter: float32 to compute with, or as they were stored.
///
/// Large tables of a model that serves stay as they were stored: an answer needs few rows of many.
public enum Numbers: Sendable {
    case dense(Tensor)
    case compact(CompactTensor)

    /// Sizes of the axes, outermost first.
    public var shape: [Int] {
        switch self {
        case .dense(let tensor): tensor.shape
        case .compact(let tensor): tensor.shape
        }
    }

    /// The numbers in float32; made anew each time where they are compact.
    public var tensor: Tensor {
        switch self {
        case .dense(let tensor): tensor
        case .compact(let tensor): tensor.tensor
        }
    }

    /// What they take in memory, in bytes.
    public var byteCount: Int {
        switch self {
        case .dense(let tensor): tensor.count * MemoryLayout<Float>.stride
        case .compact(let tensor): tensor.byteCount
        }
    }
}
