import GlossNN
import Testing

@Suite struct LSTMCellTests {
    /// Gers et al. 2000, gates i f g o: c(t) = σ(f) c(t-1) + σ(i) φ(g), h(t) = σ(o) φ(c(t)).
    @Test(arguments: CellCase.all.filter { $0.kind == .lstm })
    func isItsFormula(cell: CellCase) {
        expectPlainSweep(of: cell, gates: 4) { x, u, _, c in
            let next = c.indices.map { unit in
                logisticFunction(x[1][unit] + u[1][unit]) * c[unit]
                    + logisticFunction(x[0][unit] + u[0][unit]) * cell.plain(x[2][unit] + u[2][unit])
            }
            let h = c.indices.map { unit in logisticFunction(x[3][unit] + u[3][unit]) * cell.plain(next[unit]) }
            return (h, next)
        }
    }

    /// Jozefowicz et al. 2015: an LSTM that forgets at first does not learn long dependences.
    @Test func theForgetGateStartsOpen() {
        var random = RandomSource(seed: 1)
        let bias = Recurrent(input: 2, hidden: 3, cell: .lstm, using: &random).bias.value.scalars
        #expect(bias == [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0])
    }
}
