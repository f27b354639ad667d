import GlossNN

/// The best next symbol of each stream, step after step, each stream from a first symbol of its own.
struct GenerationWork: Work {
    private let network: BenchNetwork
    private let streams, steps: Int

    init(_ work: WorkDescription, _ network: BenchNetwork) {
        self.network = network.prepared(work.precision)
        streams = work.lengths.count
        steps = work.lengths[0]
    }

    func run() { _ = symbols() }

    /// [streams][steps].
    private func symbols() -> [[Int32]] {
        var states = network.stack.zeroStates(batch: streams)
        var ids = (0..<streams).map { Int32($0) }
        var all = ids.map { _ in [Int32]() }
        let layout = SequenceLayout(lengths: Array(repeating: 1, count: streams))
        for _ in 0..<steps {
            let scores = network.scores(ids, layout, states: &states, tape: nil).value
            ids = scores.indexOfGreatest()
            for stream in 0..<streams { all[stream].append(ids[stream]) }
        }
        return all
    }

    func result() -> [Float] { symbols().flatMap { $0.map(Float.init) } }
}
