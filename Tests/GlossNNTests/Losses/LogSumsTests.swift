import GlossNN
import Testing

#if canImport(Glibc)
    import Glibc
#endif

struct LogSumsTests {
    private let logits = randomTensor([4, 5], bound: 3, seed: 1)
    private let groups = [[3], [0, 4], [1]]

    @Test func gradient() {
        GradientCheck().expect(NoParameters(), inputs: [logits]) {
            crossEntropy(logSums($1[0], over: groups, tape: $2), targets: [0, 1, 1, 2], normalizer: 3, tape: $2)
        }
    }

    @Test func isThePlainFormula() {
        let y = rowScalars(logSums(Variable(logits), over: groups, tape: nil).value)
        for (row, sums) in zip(rowScalars(logits), y) {
            #expect(sums.count == groups.count)
            for (group, sum) in zip(groups, sums) {
                #expect(abs(Double(sum) - log(group.reduce(0) { $0 + exp(Double(row[$1])) })) < 1e-5)
            }
        }
    }

    @Test func farLogitsStayFinite() {
        let y = logSums(Variable(Tensor([1, 3], [1e4, -1e4, 1e4 - 1])), over: [[0, 2], [1]], tape: nil).value
        #expect(abs(y[0] - 1e4 - 0.3132617) < 1e-2 && y[1] == -1e4)
    }
}
