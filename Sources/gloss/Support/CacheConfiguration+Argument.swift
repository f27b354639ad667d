import ArgumentParser
import GlossPipeline

extension CacheConfiguration: ExpressibleByArgument {
    /// "WINDOW", "WINDOW:SHARPNESS" or "WINDOW:SHARPNESS:WEIGHT".
    public init?(argument: String) {
        self.init()
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), let window = Int(parts[0]), (1...1_000_000).contains(window) else {
            return nil
        }
        self.window = window
        if parts.count > 1 {
            guard let sharpness = Float(parts[1]), sharpness.isFinite, sharpness >= 0 else { return nil }
            self.sharpness = sharpness
        }
        if parts.count > 2 {
            guard let weight = Float(parts[2]), weight >= 0, weight < 1 else { return nil }
            self.weight = weight
        }
    }
}
