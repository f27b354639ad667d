/// How well a text was cut, as the CoNLL 2018 shared task counts it (Zeman et al. 2018, section 4): a predicted unit is
/// right when its characters, white space left out, are exactly those of a gold unit.
///
/// Words of multiword tokens are right when their forms align: the longest common subsequence, case ignored, within
/// each stretch that multiword tokens of either side cover.
public struct TokenizationScore: Sendable {
    /// Tokens as they are written.
    public let tokens: MatchCounts
    /// Words, multiword tokens taken apart.
    public let words: MatchCounts
    /// Sentences.
    public let sentences: MatchCounts
    /// The right words, as numbers among all words of either side.
    let alignment: [(gold: Int, predicted: Int)]

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
        alignment = Self.alignment(gold.words, predicted.words)
        words = MatchCounts(correct: alignment.count, gold: gold.words.count, predicted: predicted.words.count)
    }

    private static func equalSpans(_ gold: [Range<Int>], _ predicted: [Range<Int>]) -> MatchCounts {
        MatchCounts(
            correct: Set(gold).intersection(predicted).count, gold: gold.count, predicted: predicted.count)
    }

    private static func alignment(
        _ gold: [SegmentedText.Word], _ predicted: [SegmentedText.Word]
    ) -> [(gold: Int, predicted: Int)] {
        let regions = multiwordRegions(gold + predicted)
        let (goldInside, goldOutside) = split(gold, by: regions)
        let (predictedInside, predictedOutside) = split(predicted, by: regions)
        let places = Dictionary(goldOutside.map { ($0.span, $0.index) }) { first, _ in first }
        var result = predictedOutside.compactMap { word in places[word.span].map { (gold: $0, predicted: word.index) } }
        for (goldWords, predictedWords) in zip(goldInside, predictedInside) {
            result += longestCommonSubsequence(goldWords, predictedWords)
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

    /// The words that lie inside each region, and those that lie in none.
    private static func split(
        _ words: [SegmentedText.Word], by regions: [Range<Int>]
    ) -> (inside: [[SegmentedText.Word]], outside: [SegmentedText.Word]) {
        var inside = [[SegmentedText.Word]](repeating: [], count: regions.count)
        var outside: [SegmentedText.Word] = []
        var region = 0
        for word in words {
            while region < regions.count, regions[region].upperBound <= word.span.lowerBound { region += 1 }
            if region < regions.count, regions[region].lowerBound <= word.span.lowerBound,
                word.span.upperBound <= regions[region].upperBound
            {
                inside[region].append(word)
            } else {
                outside.append(word)
            }
        }
        return (inside, outside)
    }

    private static func longestCommonSubsequence(
        _ left: [SegmentedText.Word], _ right: [SegmentedText.Word]
    ) -> [(gold: Int, predicted: Int)] {
        // lengths[i][j]: of what stands from i and j on.
        var lengths = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
        for i in left.indices.reversed() {
            for j in right.indices.reversed() {
                lengths[i][j] =
                    left[i].form == right[j].form
                    ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
            }
        }
        var result: [(gold: Int, predicted: Int)] = []
        var i = 0, j = 0
        while i < left.count, j < right.count {
            if left[i].form == right[j].form {
                result.append((left[i].index, right[j].index))
                i += 1
                j += 1
            } else if lengths[i + 1][j] >= lengths[i][j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        return result
    }

    private static func mismatch(_ gold: [Unicode.Scalar], _ predicted: [Unicode.Scalar]) -> TextMismatch {
        let position = zip(gold, predicted).prefix { $0 == $1 }.count
        func excerpt(_ characters: [Unicode.Scalar]) -> String {
            String(String.UnicodeScalarView(characters.dropFirst(position).prefix(20)))
        }
        return TextMismatch(position: position, gold: excerpt(gold), predicted: excerpt(predicted))
    }
}
