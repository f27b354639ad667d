/// Which n-grams of a text's words are features of it, by number: hashed into buckets.
public struct NGrams: Sendable, Equatable {
    /// The longest n-gram of words.
    public var words: Int
    /// The longest n-gram of the characters of one word, a mark at either end counted; 0 takes none.
    public var characters: Int

    /// Characters of the shortest n-gram.
    private static let shortest = 3
    /// Characters of a word that are read: what is longer is hardly a word.
    private static let mostCharacters = 64

    /// The n-grams of 1…`words` words and 3…`characters` characters.
    public init(words: Int, characters: Int = 0) {
        self.words = words
        self.characters = characters
    }

    /// Calls `body` with the bucket of each n-gram, of a power of two of them, and the place of its words.
    private func forEach(_ text: [String], buckets: Int, _ body: (UInt32, Range<Int>) -> Void) {
        func bucket(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 11) & UInt32(buckets - 1) }
        let hashes = text.map(Self.hash)
        for start in hashes.indices {
            var combined: UInt64 = 0
            for length in 0..<min(words, hashes.count - start) {
                combined = Self.mixed(combined ^ hashes[start + length])
                body(bucket(combined), start..<start + length + 1)
            }
        }
        guard characters >= Self.shortest else { return }
        for (place, word) in text.enumerated() {
            // The marks are controls of ASCII, which hardly a word has.
            let scalars = [2] + word.unicodeScalars.prefix(Self.mostCharacters).map { UInt64($0.value) } + [3]
            for start in scalars.indices {
                var combined: UInt64 = 1
                for length in 0..<min(characters, scalars.count - start) {
                    combined = Self.mixed(combined ^ scalars[start + length])
                    if length + 1 >= Self.shortest { body(bucket(combined), place..<place + 1) }
                }
            }
        }
    }

    /// Where the n-grams of each distinct bucket stand.
    func spans(_ text: [String], buckets: Int) -> [UInt32: [Range<Int>]] {
        var result: [UInt32: [Range<Int>]] = [:]
        forEach(text, buckets: buckets) { result[$0, default: []].append($1) }
        return result
    }

    /// The distinct buckets of a text's n-grams, ascending.
    public func features(_ text: [String], buckets: Int) -> [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(text.count * words)
        forEach(text, buckets: buckets) { bucket, _ in result.append(bucket) }
        result.sort()
        var distinct = 0
        for index in result.indices where index == 0 || result[index] != result[distinct - 1] {
            result[distinct] = result[index]
            distinct += 1
        }
        result.removeLast(result.count - distinct)
        return result
    }

    private static func mixed(_ hash: UInt64) -> UInt64 {
        let product = hash &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 29
    }

    /// FNV-1a, 64 bits (Fowler, Noll and Vo).
    private static func hash(_ word: String) -> UInt64 {
        var word = word
        return word.withUTF8 { bytes in
            bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        }
    }
}
