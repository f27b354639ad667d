/// Continuations that are made side by side, printed one after the other: the first that has not ended appears as it is
/// made, the later ones wait for their turn.
struct ContinuationPage {
    /// What stands before each continuation.
    let opening: String
    let seeds: [UInt64]
    /// Whether seeds and reasons are told.
    let isVerbose: Bool
    private var current = 0
    private var waiting: [String]
    private var ends: [(reason: String, tokens: Int)?]

    init(opening: String, seeds: [UInt64], isVerbose: Bool) {
        (self.opening, self.seeds, self.isVerbose) = (opening, seeds, isVerbose)
        waiting = Array(repeating: "", count: seeds.count)
        ends = Array(repeating: nil, count: seeds.count)
        Output.write(opening)
    }

    /// A piece of a continuation.
    mutating func add(_ piece: String, to index: Int) {
        if index == current { Output.write(piece) } else { waiting[index] += piece }
    }

    /// A continuation is complete.
    mutating func end(_ index: Int, reason: String, tokens: Int) {
        ends[index] = (reason, tokens)
        while current < ends.count, let end = ends[current] {
            Output.write("\n")
            if isVerbose {
                Diagnostics.warn("seed \(seeds[current]), \(end.tokens) symbols, ended by \(end.reason)")
            }
            current += 1
            if current < ends.count { Output.write("\n" + opening + waiting[current]) }
        }
    }
}
