/// How well a text was cut, as the CoNLL 2018 shared task counts it (Zeman et al. 2018, section 4): a predicted unit is
/// right when its characters, white space left out, are exactly those of a gold unit.
///
/// Words of multiword tokens are right when their forms align: the longest common subsequence, case ignored, within
/// each stretch that multiword tokens of either side cover.
public struct TokenizationScore: Sendable, Hashable {
    /// Tokens as they are written.
    public let tokens: MatchCounts
    /// Words, multiword tokens taken apart.
    public let words: MatchCounts
    /// Sentences.
    public let sentences: MatchCounts

    /// The two sides are not cuts of the same text.
    public struct TextMismatch: Error, CustomStringConvertible, Sendable, Hashable {
        /// How many characters, white space left out, agree before the first that does not.
        public let position: Int
        /// What follows there in the gold text, up to 20 characters.
        public let gold: String
        /// What follows there in the predicted text, up to 20 characters.
        public let predicted: String

        /// One line that shows where the texts part.
        public var description: String {
            "the texts differ after \(position) characters: gold \"\(gold)\", predicted \"\(predicted)\"; "
                + "cut the gold text itself"
        }
    }

    /// Compares two cuts of one text. Throws `TextMismatch` when the texts differ in more than white space.
    public init(gold: SegmentedText, predicted: SegmentedText) throws(TextMismatch) {
        guard gold.characters == predicted.characters else {
            throw Self.mismatch(gold.characters, predicted.characters)
        }
        tokens = Self.equalSpans(gold.tokens, predicted.tokens)
        sentences = Self.equalSpans(gold.sentences, predicted.sentences)
        words = Self.alignedWords(gold.words, predicted.words)
    }

    private static func equalSpans(_ gold: [Range<Int>], _ predicted: [Range<Int>]) -> MatchCounts {
        MatchCounts(
            correct: Set(gold).intersection(predicted).count, gold: gold.count, predicted: predicted.count)
    }

    private static func alignedWords(
        _ gold: [SegmentedText.Word], _ predicted: [SegmentedText.Word]
    ) -> MatchCounts {
        let regions = multiwordRegions(gold + predicted)
        let (goldInside, goldOutside) = split(gold, by: regions)
        let (predictedInside, predictedOutside) = split(predicted, by: regions)
        var result = equalSpans(goldOutside, predictedOutside)
        for (goldForms, predictedForms) in zip(goldInside, predictedInside) {
            result += MatchCounts(
                correct: longestCommonSubsequence(goldForms, predictedForms), gold: goldForms.count,
                predicted: predictedForms.count)
        }
        return result
    }

    /// The stretches that multiword tokens cover, those that overlap joined, in order.
    private static func multiwordRegions(_ words: [SegmentedText.Word]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        let spans = words.filter(\.isInMultiwordToken).map(\.span)
        for span in spans.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = result.last, span.lowerBound < last.upperBound {
                result[result.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                result.append(span)
            }
        }
        return result
    }

    /// The forms that lie inside each region, and the spans of the words that lie in none.
    private static func split(
        _ words: [SegmentedText.Word], by regions: [Range<Int>]
    ) -> (inside: [[String]], outside: [Range<Int>]) {
        var inside = [[String]](repeating: [], count: regions.count)
        var outside: [Range<Int>] = []
        var region = 0
        for word in words {
            while region < regions.count, regions[region].upperBound <= word.span.lowerBound { region += 1 }
            if region < regions.count, regions[region].lowerBound <= word.span.lowerBound,
                word.span.upperBound <= regions[region].upperBound
            {
                inside[region].append(word.form)
            } else {
                outside.append(word.span)
            }
        }
        return (inside, outside)
    }

    private static func longestCommonSubsequence(_ left: [String], _ right: [String]) -> Int {
        var lengths = [Int](repeating: 0, count: right.count + 1)
        for leftForm in left {
            var diagonal = 0
            for (index, rightForm) in right.enumerated() {
                let above = lengths[index + 1]
                lengths[index + 1] = leftForm == rightForm ? diagonal + 1 : max(above, lengths[index])
                diagonal = above
            }
        }
        return lengths.last ?? 0
    }

    private static func mismatch(_ gold: [Unicode.Scalar], _ predicted: [Unicode.Scalar]) -> TextMismatch {
        let position = zip(gold, predicted).prefix { $0 == $1 }.count
        func excerpt(_ characters: [Unicode.Scalar]) -> String {
            String(String.UnicodeScalarView(characters.dropFirst(position).prefix(20)))
        }
        return TextMismatch(position: position, gold: excerpt(gold), predicted: excerpt(predicted))
    }
}
