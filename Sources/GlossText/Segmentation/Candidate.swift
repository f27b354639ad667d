/// A stretch of text that is never cut: what stands between two places where a token may end.
///
/// Candidates are runs of letters and runs of digits; in scripts written without spaces each character, and every other
/// character by itself; combining marks and joiners belong to what they follow. White space stands between candidates.
/// 16 bytes, as there are many. Texts of 2 GiB and more are refused before.
package struct Candidate: Hashable, Sendable {
    /// What a candidate is made of.
    package enum Kind: UInt8, Sendable {
        /// A run of letters.
        case letters
        /// A run of digits.
        case digits
        /// A character of a script that is written without spaces.
        case unspaced
        /// Any other character.
        case other
    }

    /// What the rules say about a candidate's end.
    package enum Cut: UInt8, Sendable {
        /// The token goes on.
        case none
        /// A token ends.
        case token
        /// A sentence ends.
        case sentence
    }

    private let first, last: Int32
    /// What it is made of.
    package let kind: Kind
    /// What the rules say about its end.
    package fileprivate(set) var cut = Cut.none
    /// Whether white space follows, or the text's end.
    package fileprivate(set) var isApart = false

    fileprivate init(_ start: Int, _ end: Int, _ kind: Kind) {
        first = Int32(truncatingIfNeeded: start)
        last = Int32(truncatingIfNeeded: end)
        self.kind = kind
    }

    /// The first byte.
    package var start: Int { Int(first) }
    /// The byte behind the last.
    package var end: Int { Int(last) }

    /// The candidates of valid UTF-8 in order, with the ends that the rules found.
    package static func all(in bytes: UnsafeBufferPointer<UInt8>, _ cuts: [Tokenizer.Cut]) -> [Candidate] {
        var result: [Candidate] = []
        result.reserveCapacity(bytes.count / 4)
        var index = 0
        while index < bytes.count {
            let blank = WhiteSpace.length(bytes, at: index)
            if blank > 0 {
                index += blank
                if !result.isEmpty { result[result.count - 1].isApart = true }
                continue
            }
            let start = index
            let kind = CharacterKind.of(bytes, at: &index)
            // A run goes on, and marks belong to whatever they stand on.
            while index < bytes.count, WhiteSpace.length(bytes, at: index) == 0 {
                var next = index
                let following = CharacterKind.of(bytes, at: &next)
                guard following == .mark || following == .joiner || (following == kind && kind.isRun) else { break }
                index = next
                // What a joiner joins is one character on the screen.
                if following == .joiner, index < bytes.count, WhiteSpace.length(bytes, at: index) == 0 {
                    _ = CharacterKind.of(bytes, at: &index)
                }
            }
            result.append(Candidate(start, index, kind.candidate))
        }
        if !result.isEmpty { result[result.count - 1].isApart = true }
        mark(&result, cuts)
        return result
    }

    private static func mark(_ candidates: inout [Candidate], _ cuts: [Tokenizer.Cut]) {
        var next = cuts[...]
        for index in candidates.indices {
            while let cut = next.first, cut.end <= candidates[index].end {
                if cut.end == candidates[index].end { candidates[index].cut = cut.endsSentence ? .sentence : .token }
                next = next.dropFirst()
            }
        }
    }
}
