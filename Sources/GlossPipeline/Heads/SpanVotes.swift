/// A span of a sentence's steps.
package struct FoundSpan {
    var range: Range<Int>
    var type: String
    /// The probability of the whole span.
    var probability: Float

    /// A span of its parts.
    package init(range: Range<Int>, type: String, probability: Float) {
        self.range = range
        self.type = type
        self.probability = probability
    }
}

/// What words are in some sentences of a document: the spans found there that are more likely than not.
package struct SpanVotes {
    /// Words of a sentence that are spans in others.
    package struct Place: Equatable {
        /// Where they stand.
        package var range: Range<Int>
        /// Σ probability of the spans, by type.
        package var votes: [String: Float]

        /// A place of its parts.
        package init(range: Range<Int>, votes: [String: Float]) {
            self.range = range
            self.votes = votes
        }
    }

    /// Σ probability of the spans that are these words, by type, in millionths: whole numbers, so that what was added can be
    /// taken out again to the bit.
    private var votes: [[String]: [String: Int]] = [:]
    /// How many spans begin with a word, by their number of words.
    private var lengths: [String: [Int: Int]] = [:]

    /// Words of the longest span that votes.
    package static let longest = 8
    private static let unit: Float = 1e6

    /// No votes.
    package init() {}

    /// What is the same in all places of a word. Words that begin with a capital are the same in any case; one in small letters is
    /// another word, as `us` beside `US`.
    package static func key(_ word: String) -> String {
        word.first?.isUppercase == true ? word.uppercased() : word
    }

    /// Adds the spans of a sentence; `words` are keys.
    package mutating func add(_ spans: [FoundSpan], of words: [String]) { count(spans, words, times: 1) }

    /// Takes the spans of a sentence out again.
    package mutating func remove(_ spans: [FoundSpan], of words: [String]) { count(spans, words, times: -1) }

    private mutating func count(_ spans: [FoundSpan], _ words: [String], times sign: Int) {
        for span in spans where span.range.count <= Self.longest && span.probability > 0.5 {
            let key = Array(words[span.range])
            votes[key] = votes[key, default: [:]]
                .adding(sign * Int((span.probability * Self.unit).rounded()), to: span.type)
            lengths[key[0]] = lengths[key[0], default: [:]].adding(sign, to: key.count)
        }
    }

    /// Where a sentence has words that vote: its own `spans`, and outside of them from left to right the longest stretches.
    package func places(in words: [String], _ spans: [FoundSpan]) -> [Place] {
        func place(_ range: Range<Int>) -> Place? {
            guard lengths[words[range.lowerBound]]?[range.count] != nil, let found = votes[Array(words[range])] else {
                return nil
            }
            return Place(range: range, votes: found.mapValues { Float($0) / Self.unit })
        }
        guard !votes.isEmpty else { return [] }
        var result: [Place] = []
        var start = 0
        for span in spans + [FoundSpan(range: words.count..<words.count, type: "", probability: 0)] {
            while start < span.range.lowerBound {
                let most = min(span.range.lowerBound - start, Self.longest)
                let found =
                    lengths[words[start]] == nil
                    ? nil : (1...most).reversed().lazy.compactMap { place(start..<start + $0) }.first
                if let found { result.append(found) }
                start = found?.range.upperBound ?? start + 1
            }
            if !span.range.isEmpty, let found = place(span.range) { result.append(found) }
            start = span.range.upperBound
        }
        return result
    }
}

extension Dictionary where Value == Int {
    /// These sums with one of them changed, without those that are zero; nil if none is left.
    fileprivate func adding(_ share: Int, to key: Key) -> Self? {
        var sums = self
        let sum = sums[key, default: 0] + share
        sums[key] = sum == 0 ? nil : sum
        return sums.isEmpty ? nil : sums
    }
}
