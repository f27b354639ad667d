import GlossNN
import Testing

@Suite struct RNNCellTests {
    /// Elman 1990: h(t) = φ(x(t)·W + b + h(t-1)·U).
    @Test(arguments: CellCase.all.filter { $0.kind == .rnn })
    func isItsFormula(cell: CellCase) {
        expectPlainSweep(of: cell, gates: 1) { x, u, _, c in
            (zip(x[0], u[0]).map { cell.plain($0 + $1) }, c)
        }
    }
}
