import GlossText

/// How written tokens come apart into words, learned from a treebank: `don't` → `do n't`, `du` → `de le`.
///
/// A rule takes characters off the token's end and puts others there, then adds words. It is found by the token's longest
/// known ending, so that a token that was never seen comes apart like its likes.
public struct WordTable: Codable, Sendable, Equatable {
    /// What happens to a token, in small letters.
    struct Rule: Codable, Hashable, Sendable {
        /// Characters (scalars) taken off the end.
        var dropped: Int
        /// What the first word has in their place.
        var ending: String
        /// The words that follow.
        var rest: [String]
        /// Of a whole token: it always came apart.
        var isCertain: Bool?
    }

    private var rules: [String: Rule] = [:]
    /// Kinds of candidates on both sides of white space inside of a token (“10 000”), a bit a pair: elsewhere white space
    /// ends a token whatever the network says.
    private var joints: UInt16 = 0

    /// Endings that are longer than the rule needs, by at most this many characters, are learned as exceptions.
    private static let context = 3

    /// A table of nothing.
    public init() {}

    /// Learns from written tokens and their words, two or more each; `others` are the tokens that are one word,
    /// where it is known which.
    public init(_ examples: [(form: String, words: [String])], others: Set<String>? = nil) {
        let others = others.map { Set($0.map { $0.lowercased() }) }
        var counts: [String: [Rule: Int]] = [:]
        for (form, words) in examples where words.count > 1 {
            let form = Array(form.lowercased().unicodeScalars)
            let words = words.map { $0.lowercased() }
            let first = Array(words[0].unicodeScalars)
            let common = zip(form, first).prefix { $0 == $1 }.count
            let rule = Rule(
                dropped: form.count - common, ending: Self.text(first[common...]), rest: Array(words.dropFirst()))
            for length in Set((rule.dropped...min(form.count, rule.dropped + Self.context)) + [form.count])
            where length > 0 {
                // A whole token is not an ending: “#” stands before it.
                let ending = Self.text(form[(form.count - length)...])
                counts[ending, default: [:]][rule, default: 0] += 1
                if length == form.count { counts["#" + ending, default: [:]][rule, default: 0] += 1 }
            }
        }
        for (ending, found) in counts {
            // Equally frequent ones are told apart by all that they say, so that the same data has the same table.
            func order(_ rule: Rule) -> [String] { rule.rest + ["", rule.ending, String(rule.dropped)] }
            rules[ending] =
                found.max {
                    $0.value != $1.value
                        ? $0.value < $1.value : order($1.key).lexicographicallyPrecedes(order($0.key))
                }?.key
            if let others, ending.hasPrefix("#"), !others.contains(String(ending.dropFirst())) {
                rules[ending]?.isCertain = true
            }
        }
    }

    /// Whether a written token is known and always came apart.
    package func isCertain(_ form: String) -> Bool {
        rules.isEmpty ? false : rules["#" + form.lowercased()]?.isCertain ?? false
    }

    /// Whether a token goes on over white space between candidates of these kinds.
    func joins(_ left: Candidate.Kind, _ right: Candidate.Kind) -> Bool {
        joints & Self.joint(left, right) != 0
    }

    /// Notes that tokens go on over white space between candidates of these kinds.
    package mutating func join(_ left: Candidate.Kind, _ right: Candidate.Kind) { joints |= Self.joint(left, right) }

    private static func joint(_ left: Candidate.Kind, _ right: Candidate.Kind) -> UInt16 {
        1 << (UInt16(left.rawValue) * 4 + UInt16(right.rawValue))
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    /// The words of a written token, its own letters kept where they are; nil if no rule fits.
    package func words(_ form: String) -> [String]? {
        let original = Array(form.unicodeScalars)
        let small = form.lowercased().unicodeScalars.map { $0 }
        guard original.count == small.count else { return nil }
        var found = rules["#" + Self.text(small[...])]
        for length in stride(from: min(small.count, 24), to: 0, by: -1) where found == nil {
            found = rules[Self.text(small[(small.count - length)...])]
        }
        guard let rule = found, rule.dropped <= original.count else { return nil }
        let kept = original.count - rule.dropped
        let isCapital = original.allSatisfy { !$0.properties.isLowercase } && original.count > 1
        var words = [Self.text(original[..<kept])]
        if (rule.ending + rule.rest.joined()).unicodeScalars.elementsEqual(small[kept...]) {
            // The words are the token's parts: cut the original.
            var at = kept + rule.ending.unicodeScalars.count
            words[0] += Self.text(original[kept..<at])
            for word in rule.rest {
                let end = at + word.unicodeScalars.count
                words.append(Self.text(original[at..<end]))
                at = end
            }
        } else {
            words[0] += isCapital ? rule.ending.uppercased() : rule.ending
            words += rule.rest.map { isCapital ? $0.uppercased() : $0 }
            if kept == 0, original[0].properties.isUppercase, !isCapital {
                words[0] = words[0].prefix(1).uppercased() + words[0].dropFirst()
            }
        }
        return words.contains("") ? nil : words
    }
}
