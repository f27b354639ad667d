/// A dense array of `Float`, row-major, with value semantics.
///
/// Axes stand outermost first; most tensors are `[rows, features]`.
public struct Tensor: @unchecked Sendable {
    /// Sizes of the axes, outermost first.
    public let shape: [Int]
    private var storage: TensorStorage

    /// A tensor of zeros. Shape: any, every size ≥ 0.
    public init(zeros shape: [Int]) {
        self.init(uninitialized: shape)
        storage.base.initialize(repeating: 0, count: storage.count)
    }

    /// A tensor of the given scalars. Shape: product equals `scalars.count`.
    public init(_ shape: [Int], _ scalars: [Float]) {
        precondition(shape.reduce(1, *) == scalars.count, "shape \(shape) does not hold \(scalars.count) scalars")
        self.init(uninitialized: shape)
        scalars.withUnsafeBufferPointer { source in
            if let from = source.baseAddress { storage.base.initialize(from: from, count: source.count) }
        }
    }

    /// Uniform values in [-bound, bound]; of an idle source, whatever the memory holds. Shape: any.
    public init(uniform shape: [Int], bound: Float, using random: inout RandomSource) {
        self.init(uninitialized: shape)
        if random.isIdle { return }
        for i in 0..<storage.count { storage.base[i] = Float.random(in: -bound...bound, using: &random) }
    }

    /// A tensor whose scalars are written by the caller before they are read.
    package init(uninitialized shape: [Int]) {
        self.shape = shape
        storage = TensorStorage(count: shape.reduce(1, *))
    }

    /// Sets every scalar to zero.
    package mutating func clear() {
        let count = count
        mutablePointer().update(repeating: 0, count: count)
    }

    /// The number of scalars.
    public var count: Int { storage.count }
    /// The size of the first axis.
    public var rows: Int { shape[0] }
    /// The product of all axes but the first.
    public var columns: Int { shape.dropFirst().reduce(1, *) }

    /// The scalars, copied.
    public var scalars: [Float] { Array(UnsafeBufferPointer(start: storage.base, count: count)) }

    /// One scalar by its flat index.
    public subscript(index: Int) -> Float {
        get {
            precondition(index >= 0 && index < count, "index \(index) outside of \(shape)")
            return storage.base[index]
        }
        set {
            precondition(index >= 0 && index < count, "index \(index) outside of \(shape)")
            mutablePointer()[index] = newValue
        }
    }

    /// Calls `body` with the scalars.
    public func withScalars<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(storage) { try body(UnsafeBufferPointer(start: storage.base, count: count)) }
    }

    /// The first scalar's address; valid while this tensor is held by the caller.
    package var pointer: UnsafePointer<Float> { UnsafePointer(storage.base) }

    /// The first scalar's address for writing; copies the scalars first when they are shared.
    package mutating func mutablePointer() -> UnsafeMutablePointer<Float> {
        if !isKnownUniquelyReferenced(&storage) {
            let copy = TensorStorage(count: storage.count)
            copy.base.initialize(from: storage.base, count: storage.count)
            storage = copy
        }
        return storage.base
    }
}

/// Aligned memory of a tensor.
private final class TensorStorage {
    let base: UnsafeMutablePointer<Float>
    let count: Int

    private let block: TensorMemory.Block

    init(count: Int) {
        self.count = count
        block = TensorMemory.allocate(count * MemoryLayout<Float>.stride)
        base = block.base.bindMemory(to: Float.self, capacity: block.capacity / MemoryLayout<Float>.stride)
    }

    deinit { TensorMemory.release(block) }
}
