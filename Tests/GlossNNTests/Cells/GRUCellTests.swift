import GlossNN
import Testing

@Suite struct GRUCellTests {
    /// Cho et al. 2014 with the reset gate after the product, gates r z n: h(t) = (1 - z) n + z h(t-1).
    @Test(arguments: CellCase.all.filter { $0.kind == .gru })
    func isItsFormula(cell: CellCase) {
        expectPlainSweep(of: cell, gates: 3) { x, u, h, c in
            let next = h.indices.map { unit in
                let reset = logisticFunction(x[0][unit] + u[0][unit])
                let update = logisticFunction(x[1][unit] + u[1][unit])
                return (1 - update) * hyperbolicTangent(x[2][unit] + reset * u[2][unit]) + update * h[unit]
            }
            return (next, c)
        }
    }
}
