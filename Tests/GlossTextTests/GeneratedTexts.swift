import Foundation

/// Strings of everything that has ever broken a tokenizer, the same for the same seed.
struct GeneratedTexts {
    /// How many a test takes: 20,000, or as the environment says (`GLOSS_GENERATED_TEXTS=1000000`).
    static let count = ProcessInfo.processInfo.environment["GLOSS_GENERATED_TEXTS"].flatMap(Int.init) ?? 20_000

    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    private mutating func random(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: (mixed ^ mixed >> 31) % UInt64(bound))
    }

    /// The bytes of the next text; one in sixteen is not UTF-8.
    mutating func next() -> [UInt8] {
        let isBroken = random(16) == 0
        var bytes: [UInt8] = []
        for _ in 0..<random(24) {
            switch random(isBroken ? 12 : 10) {
            case 0: bytes += character(0x11_0000)
            case 1: bytes += character(0x3000)
            case 2: bytes += Self.marks[random(Self.marks.count)].utf8
            case 3, 4: bytes += Self.spaces[random(Self.spaces.count)].utf8
            case 5: bytes += Self.wholes[random(Self.wholes.count)].utf8
            case 6: bytes.append(UInt8(0x21 + random(94)))
            case 7: bytes += Self.words[random(Self.words.count)].utf8
            case 8: for _ in 0..<random(6) { bytes.append(UInt8(0x30 + random(10))) }
            case 9: for _ in 0..<random(9) { bytes.append(UInt8(0x21 + random(15))) }
            case 10: bytes += [0xED, UInt8(0xA0 + random(32)), UInt8(0x80 + random(64))]
            default: bytes.append(UInt8(0x80 + random(128)))
            }
        }
        return bytes
    }

    private mutating func character(_ bound: Int) -> [UInt8] {
        guard let scalar = Unicode.Scalar(UInt32(random(bound))) else { return [] }
        return Array(String(scalar).utf8)
    }

    private static let marks = [
        "\u{301}", "\u{308}\u{327}", "\u{200D}", "\u{FE0F}", "\u{20E3}", "\u{64B}", "\u{E31}", "\u{200E}", "\u{202E}",
        "\u{2067}", "\u{2069}", "\u{FEFF}", "\u{AD}", "\u{200B}", "\u{E0067}",
    ]
    private static let spaces = [
        " ", "  ", "\n", "\r\n", "\r", "\t", "\0", "\u{A0}", "\u{3000}", "\u{2028}", "\u{2029}", "\u{85}", "\n\n",
        "\u{B}", "\u{1F}",
    ]
    private static let wholes = [
        "👩‍👩‍👧‍👦", "🇩🇪", "🇩", "1️⃣", "don't", "http://x.org/a?b=c#d", "a.b@c.org", "#tag", "@name", "U.S.", "10:30",
        "1,000.50", "e-mail", ":-)", "<3", "...", "''", "can’t", "www.", "a@", "http://", "mailto:",
    ]
    private static let words = [
        "word", "The", "ไทยภาษา", "中文字", "ひらがな", "カタカナ", "한국어", "العربية", "שלום", "ĞİıŞ", "ﬁ", "ß", "Ω", "x",
    ]
}
