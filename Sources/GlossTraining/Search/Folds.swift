import GlossNN

/// The parts of a training set that are held out in turn, for cross-validation.
public enum Folds {
    /// Parts that have each kind of example in equal measure; `kinds` gives the kind of each.
    ///
    /// The only example of a kind is never held out: nothing would be left to learn it from.
    /// Throws `TrainingError` where there are more folds than examples.
    public static func even<Example>(_ examples: [Example], kinds: (Example) -> String, folds: Int, seed: UInt64)
        throws(TrainingError) -> [(train: [Example], held: [Example])]
    {
        try check(examples.count, folds)
        var random = RandomSource(seed: seed, stream: 0xF01D)
        var members: [String: [Int]] = [:]
        for index in examples.indices.shuffled(using: &random) {
            members[kinds(examples[index]), default: []].append(index)
        }
        var fold = [Int?](repeating: nil, count: examples.count)
        var next = 0
        for (_, indices) in members.sorted(by: { $0.key < $1.key }) where indices.count > 1 {
            for index in indices {
                fold[index] = next % folds
                next += 1
            }
        }
        guard next >= folds else {
            throw .data(
                "of the training data's \(examples.count) examples \(next) have a label that another one has, too few for "
                    + "search.folds = \(folds); give fewer folds or more data")
        }
        return (0..<folds).map { held in split(examples) { fold[$0] == held } }
    }

    /// Parts that follow each other, for examples whose order means something.
    ///
    /// Throws `TrainingError` where there are more folds than examples.
    public static func blocks<Example>(_ examples: [Example], folds: Int) throws(TrainingError) -> [(
        train: [Example], held: [Example]
    )] {
        try check(examples.count, folds)
        return (0..<folds).map { fold in
            let block = examples.count * fold / folds..<examples.count * (fold + 1) / folds
            return split(examples) { block.contains($0) }
        }
    }

    private static func split<Example>(_ examples: [Example], _ isHeld: (Int) -> Bool) -> (
        train: [Example], held: [Example]
    ) {
        (
            examples.indices.filter { !isHeld($0) }.map { examples[$0] },
            examples.indices.filter(isHeld).map { examples[$0] }
        )
    }

    private static func check(_ count: Int, _ folds: Int) throws(TrainingError) {
        guard folds <= count else {
            throw .configuration(
                key: "search.folds", value: "\(folds)",
                remedy: "the training data has \(count) examples; give at most as many folds")
        }
    }
}
