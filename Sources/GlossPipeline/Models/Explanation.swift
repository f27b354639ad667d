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
    /// The logit of the class: base plus all attributions, but for the completeness error.
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
    /// Steps are added until the attributions miss by at most 1 % or `maximumSteps` are reached. What is explained is the
    /// logit in float32, whatever the model computes in otherwise. `check` is called before each pass. Throws `TextError` and what
    /// `check` throws.
    public func explain(_ text: String, maximumSteps: Int = 1024, check: () throws -> Void = {}) throws -> Explanation {
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
        func logit(_ x: Variable, tape: Tape?) -> Variable {
            let states = network.encoder.states(x, batch.layout, tape: tape)
            return column(network.head.scores(states, batch.layout, tape: tape)[0], label, tape: tape)
        }
        let base = logit(Variable(Tensor(zeros: features.shape)), tape: nil).value[0]
        let wanted = logit(Variable(features), tape: nil).value[0] - base
        var shares: [Float] = []
        var steps = 16
        repeat {
            shares = try path(features, steps: steps, check: check) { logit($0, tape: $1) }
            steps *= 2
        } while steps <= maximumSteps && abs(shares.reduce(0, +) - wanted) > 0.01 * max(abs(wanted), 1e-3)
        let head = maximum / 2
        let places = words.indices.filter {
            maximum == 0 || words.count <= maximum || $0 < head || $0 >= words.count - maximum + head
        }
        return (places, shares, base)
    }

    /// x · ∫ ∂logit(αx)/∂x dα by the midpoint rule, summed over each row's features. features [rows, n] → [rows]
    private func path(
        _ features: Tensor, steps: Int, check: () throws -> Void, _ logit: (Variable, Tape) -> Variable
    ) rethrows -> [Float] {
        let n = features.columns
        var shares = [Double](repeating: 0, count: features.rows)
        for step in 0..<steps {
            try check()
            var scaled = features
            scaled.scale(by: (Float(step) + 0.5) / Float(steps))
            let tape = Tape()
            let x = tape.variable(scaled)
            let gradients = tape.backward(from: logit(x, tape))
            guard let gradient = gradients[x] else { continue }
            for row in 0..<features.rows {
                for feature in row * n..<(row + 1) * n { shares[row] += Double(features[feature] * gradient[feature]) }
            }
        }
        return shares.map { Float($0 / Double(steps)) }
    }
}
