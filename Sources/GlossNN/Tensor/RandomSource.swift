#if canImport(Glibc)
    import Glibc
#endif

/// A seeded generator (SplitMix64, Steele et al. 2014) whose whole state is one number, so that a run can be resumed.
public struct RandomSource: RandomNumberGenerator, Codable, Sendable, Equatable {
    private var state: UInt64
    /// Whether tensors that this is to fill are left as they are.
    private(set) var isIdle = false

    private enum CodingKeys: CodingKey { case state }

    /// For a model whose weights are about to be loaded: its tensors are made and not written.
    public static let idle = {
        var source = RandomSource(seed: 0)
        source.isIdle = true
        return source
    }()

    /// The generator of `seed`; `stream` separates generators of the same seed.
    public init(seed: UInt64, stream: UInt64 = 0) {
        state = seed &+ stream &* 0xD1B5_4A32_D192_ED03
        _ = next()
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number in [0, 1) with 24 random bits.
    public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// A standard normal number (Box and Muller 1958).
    public mutating func normal() -> Float {
        let radius = (-2 * log(max(Double(next() >> 11) * 0x1p-53, 1e-300))).squareRoot()
        return Float(radius * cos(2 * Double.pi * Double(next() >> 11) * 0x1p-53))
    }
}
