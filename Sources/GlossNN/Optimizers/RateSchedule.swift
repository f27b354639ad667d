#if canImport(Glibc)
    import Glibc
#endif

/// How the learning rate changes over a run.
public struct RateSchedule: Codable, Sendable, Equatable {
    /// The shapes.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// The same rate throughout.
        case constant
        /// Straight down to `floor` of the rate.
        case linear
        /// Half a cosine down to `floor` of the rate (Loshchilov and Hutter 2017).
        case cosine
    }

    /// The shape.
    public var kind = Kind.cosine
    /// The part of the run over which the rate first rises from zero (slanted triangular with `linear`).
    public var warmup: Float = 0.05
    /// What is left of the rate at the end.
    public var floor: Float = 0.02

    /// The defaults.
    public init() {}

    /// The factor of the rate at `progress`, 0 at the start of the run and 1 at its end.
    public func factor(at progress: Float) -> Float {
        if progress < warmup { return max(progress / warmup, 1e-3) }
        let rest = min(1, (progress - warmup) / max(1 - warmup, 1e-6))
        switch kind {
        case .constant: return 1
        case .linear: return 1 - (1 - floor) * rest
        case .cosine: return floor + (1 - floor) * 0.5 * (1 + cosf(rest * .pi))
        }
    }
}
