#if canImport(Glibc)
    import Glibc
#endif

// The elementary functions of the plain references, in double.

func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }

func logisticFunction(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

func naturalLogarithm(_ x: Double) -> Double { log(x) }

/// Softmax of scores.
func plainSoftmax(_ x: [Double]) -> [Double] {
    let highest = x.max() ?? 0
    let powers = x.map { exp($0 - highest) }
    return powers.map { $0 / powers.reduce(0, +) }
}

/// log Σ e^x.
func logSumOfExponentials(_ x: [Double]) -> Double {
    let highest = x.max() ?? 0
    return highest + log(x.reduce(0) { $0 + exp($1 - highest) })
}
