/// Words with ids of their own, and buckets for all that a word is made of: no word is without an id.
///
/// Ids: the words', then `bucketCount` buckets. A word's features are its own id, if it has one, and the buckets of the
/// character n-grams of `<word>`; numbering and hashing are fastText's (Bojanowski et al., 2017), so that its vectors fit.
public struct HashedVocabulary: Sendable, Equatable, Codable {
    /// The words with ids of their own.
    public let words: Vocabulary
    /// How many buckets there are.
    public let bucketCount: Int
    /// The lengths of n-grams, in Unicode scalars; the brackets around the word count.
    public let lengths: ClosedRange<Int>

    /// A vocabulary of words and buckets. Throws `TextError.Kind.invalidLimit` for no bucket and for lengths below 1.
    public init(words: Vocabulary, bucketCount: Int, lengths: ClosedRange<Int> = 3...6) throws(TextError) {
        guard bucketCount > 0, bucketCount <= Int(Int32.max) - words.count else {
            throw TextError(
                .invalidLimit, "\(bucketCount) buckets are too few or too many",
                remedy: "choose between 1 and \(Int(Int32.max) - words.count)")
        }
        guard lengths.lowerBound > 0 else {
            throw TextError(
                .invalidLimit, "n-grams of \(lengths.lowerBound) characters are none", remedy: "begin at 1 or more")
        }
        self.words = words
        self.bucketCount = bucketCount
        self.lengths = lengths
    }

    /// How many ids there are.
    public var count: Int { words.count + bucketCount }

    /// A word's own id, or the bucket of the whole word.
    public func id(of word: String) -> Int32 {
        words.id(of: word) ?? bucket(of: Array(word.utf8)[...])
    }

    /// The word's own id, if it has one, and the buckets of its n-grams, in the order of their starts and ends.
    public func features(of word: String) -> [Int32] {
        var ids = words.id(of: word).map { [$0] } ?? []
        let bytes = Array("<\(word)>".utf8)
        let starts = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]
        for first in starts.indices.dropLast() {
            for length in lengths where first + length < starts.count {
                // A bracket alone says nothing.
                if length == 1, first == 0 || first + 2 == starts.count { continue }
                ids.append(bucket(of: bytes[starts[first]..<starts[first + length]]))
            }
        }
        return ids
    }

    private func bucket(of bytes: ArraySlice<UInt8>) -> Int32 {
        Int32(words.count + Int(Self.hash(bytes)) % bucketCount)
    }

    /// FNV-1a of 32 bits; bytes beyond ASCII count as negative numbers, as in fastText.
    package static func hash(_ bytes: some Sequence<UInt8>) -> UInt32 {
        bytes.reduce(2_166_136_261) { ($0 ^ UInt32(bitPattern: Int32(Int8(bitPattern: $1)))) &* 16_777_619 }
    }
}
