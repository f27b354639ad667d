/// Texts of twenty words each, the same in every run.
struct Texts {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private static let words = """
        the a film story and of to is it with that but for as an this in on one not plot cast scene music humour jokes actor \
        director warm cold funny dull bright slow moving clumsy honest empty clever tired fresh loud quiet long short best worst \
        rarely always almost never quite really makes feels looks sounds tells leaves finds loses
        """.split(separator: " ").map(String.init)

    /// The next number of SplitMix64 (Steele, Lea and Flood 2014).
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Twenty words that every model knows.
    mutating func common(_ count: Int = 20) -> String {
        (0..<count).map { _ in Self.words[Int(next() % UInt64(Self.words.count))] }.joined(separator: " ") + " ."
    }

    /// Twenty words, half of which were never seen before.
    mutating func novel() -> String {
        (0..<10).map { _ in
            Self.words[Int(next() % UInt64(Self.words.count))] + " w" + String(next() % 1_000_000_000_000, radix: 36)
        }.joined(separator: " ") + " ."
    }
}
