import GlossNN
import GlossText

/// What each word of a text did for its most probable class.
public struct Explanation: Sendable, Equatable {
    /// A word and its share.
    public struct Word: Sendable, Equatable {
        /// The word, with its place in UTF-8 bytes of the text.
        public var token: Token
        /// What it adds to the logit of the class; negative where it speaks against.
        public var attribution: Float
    }

    /// The words that were read, in order; a text that is longer than the network reads keeps all for the n-grams.
    public var words: [Word]
    /// The logit of the class without any word: where the sum of attributions starts.
    public var base: Float
    /// The logit of the class: base plus all attributions.
    public var logit: Float

    /// How far the attributions miss what they explain, as a share of it (Sundararajan et al. 2017, proposition 1).
    public var completenessError: Float {
        let explained = logit - base, sum = words.reduce(0) { $0 + $1.attribution }
        return abs(explained - sum) / max(abs(explained), 1e-3)
    }
}

extension TextClassifier {
    /// Why a text has its most probable class: integrated gradients from the zero vector (Sundararajan et al. 2017) for
    /// the network, and each n-gram's weight shared by its words for the second view.
    ///
    /// Steps are added until the attributions miss what they explain by at most 1 % of their sizes' sum, or `maximumSteps` are
    /// reached, fewer for a text of hundreds of words; what is then missing is shared out in proportion to their sizes. What is explained is the logit in float32,
    /// whatever the model computes in otherwise. `check` is called before each pass, of many steps where a text is short. Throws
    /// `TextError` and what `check` throws.
    public func explain(_ text: String, maximumSteps: Int = 243, check: () throws -> Void = {}) throws -> Explanation {
        // Every step goes back through the matrices, which serving does not keep as they were.
        var plain = self
        plain.network.encoder.base = network.encoder.base?.unpacked
        plain.network.encoder.stack = network.encoder.stack.unpacked
        plain.network.head = network.head.unpacked
        return try plain.explanation(text, maximumSteps: maximumSteps, check: check)
    }

    private func explanation(_ text: String, maximumSteps: Int, check: () throws -> Void) throws -> Explanation {
        let tokens = try tokens(text)
        let words = tokens.map(\.text)
        let logits = logits(words: [words], threads: 1)[0]
        let combined = calibration.combine(logits.network, logits.ngrams)
        let label = combined.indices.max { combined[$0] < combined[$1] } ?? 0
        guard !words.isEmpty else { return Explanation(words: [], base: combined[label], logit: combined[label]) }
        var shares = ngramShares(words, label: label).map { $0 * calibration.ngrams }
        let ngramBase = (ngrams?.bias.value[label] ?? 0) * calibration.ngrams
        let network = try networkShares(words, label: label, maximumSteps: maximumSteps, check: check)
        for (place, share) in zip(network.places, network.shares) { shares[place] += share * calibration.network }
        return Explanation(
            words: zip(tokens, shares).map { Explanation.Word(token: $0, attribution: $1) },
            base: network.base * calibration.network + ngramBase, logit: combined[label])
    }

    /// The weight of each distinct n-gram for a class, in equal parts for the words of its occurrences.
    private func ngramShares(_ words: [String], label: Int) -> [Float] {
        var shares = [Float](repeating: 0, count: words.count)
        guard let ngrams else { return shares }
        // In one order, so that sums are the same every time.
        for (bucket, spans) in ngrams.spans(words).sorted(by: { $0.key < $1.key }) {
            var weight: Float = 0
            ngrams.table.forEachRow([Int32(bucket)]) { weight = $1[label] }
            let parts = Float(spans.reduce(0) { $0 + $1.count })
            for span in spans { for word in span { shares[word] += weight / parts } }
        }
        return shares
    }

    /// Integrated gradients of the network's logit by word, with the places of the words that it reads.
    private func networkShares(_ words: [String], label: Int, maximumSteps: Int, check: () throws -> Void) throws -> (
        places: [Int], shares: [Float], base: Float
    ) {
        let maximum = configuration.encoder.maximumTokens
        let sequence = network.lexicon.sequence(words, maximum: maximum)
        let batch = WordBatch([sequence], network.lexicon)
        let features = network.encoder.features(batch, tape: nil).value
        /// The sum of the logits of texts that stand beside each other.
        func logit(_ x: Variable, _ layout: SequenceLayout, tape: Tape?) -> Variable {
            let states = network.encoder.states(x, layout, tape: tape)
            return column(network.head.scores(states, layout, tape: tape)[0], label, tape: tape)
        }
        let base = logit(Variable(Tensor(zeros: features.shape)), batch.layout, tape: nil).value[0]
        let wanted = logit(Variable(features), batch.layout, tape: nil).value[0] - base
        var sums = [Double](repeating: 0, count: features.rows)
        var shares: [Double], missing: Double, size: Double, steps = 9
        repeat {
            // A third as wide, the middles of the steps before are those of every third one.
            steps *= 3
            let middles = (0..<steps).filter { steps == 27 || $0 % 3 != 1 }.map { (Float($0) + 0.5) / Float(steps) }
            try addGradients(of: features, at: middles, to: &sums, check: check, logit)
            shares = sums.map { $0 / Double(steps) }
            missing = Double(wanted) - shares.reduce(0, +)
            size = shares.reduce(0) { $0 + abs($1) }
        } while steps * 3 <= min(maximumSteps, Self.mostRows / features.rows) && abs(missing) > 0.01 * size
        if size > 0 { shares = shares.map { $0 + missing * abs($0) / size } }
        let head = maximum / 2
        let places = words.indices.filter {
            maximum == 0 || words.count <= maximum || $0 < head || $0 >= words.count - maximum + head
        }
        return (places, shares.map { Float($0) }, base)
    }

    /// Rows that all steps together go through at most, where that allows more than the first ones: some seconds.
    private static var mostRows: Int { 30_000 }

    /// Rows of texts that are gone through at once.
    private static var passRows: Int { 2048 }

    /// Adds x · ∂logit(αx)/∂x of each row, summed over its features, for every α: features [rows, n], sums [rows].
    private func addGradients(
        of features: Tensor, at alphas: [Float], to sums: inout [Double], check: () throws -> Void,
        _ logit: (Variable, SequenceLayout, Tape) -> Variable
    ) rethrows {
        let rows = features.rows, n = features.columns, most = max(1, Self.passRows / rows)
        for first in stride(from: 0, to: alphas.count, by: most) {
            try check()
            let part = alphas[first..<min(first + most, alphas.count)], count = part.count
            // Copies of the text beside each other: row `row` of all of them, then the next one.
            let layout = SequenceLayout(lengths: Array(repeating: rows, count: count))
            var scaled = Tensor(uninitialized: [rows * count, n])
            let target = scaled.mutablePointer()
            for row in 0..<rows {
                for (copy, alpha) in part.enumerated() {
                    let start = (row * count + copy) * n
                    for feature in 0..<n { target[start + feature] = alpha * features[row * n + feature] }
                }
            }
            let tape = Tape()
            let x = tape.variable(scaled)
            let gradients = tape.backward(
                from: logit(x, layout, tape), into: Gradients(ofParameters: false))
            guard let gradient = gradients[x] else { continue }
            for row in 0..<rows {
                for copy in 0..<count {
                    let start = (row * count + copy) * n
                    sums[row] += (0..<n).reduce(0.0) { $0 + Double(features[row * n + $1] * gradient[start + $1]) }
                }
            }
        }
    }
}
