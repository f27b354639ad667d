import GlossText
import Testing

/// What the rules for English keep whole and what they cut.
struct WordRulesTests {
    @Test(arguments: [
        ("I don't, can't or won't.", ["I", "do", "n't", ",", "ca", "n't", "or", "wo", "n't", "."]),
        ("She'll say it's ours", ["She", "'ll", "say", "it", "'s", "ours"]),
        ("He’s here", ["He", "’s", "here"]),
        ("See http://x.org/a_b?c=d#e, now", ["See", "http://x.org/a_b?c=d#e", ",", "now"]),
        ("www.gloss.org/x.", ["www.gloss.org/x", "."]),
        ("Write to a.b-c@mail.example.org!", ["Write", "to", "a.b-c@mail.example.org", "!"]),
        ("Fun 👩‍👩‍👧‍👦🇩🇪1️⃣", ["Fun", "👩‍👩‍👧‍👦", "🇩🇪", "1️⃣"]),
        ("#swift @name", ["#swift", "@name"]),
        ("at 10:30am, 1,000.50 or 50%", ["at", "10:30", "am", ",", "1,000.50", "or", "50", "%"]),
        ("a U.S. firm, e.g. Mr. Fox", ["a", "U.S.", "firm", ",", "e.g.", "Mr.", "Fox"]),
        ("5km in 3kg", ["5", "km", "in", "3", "kg"]),
        ("Well :-) ok <3", ["Well", ":-)", "ok", "<3"]),
    ])
    func english(_ text: String, _ words: [String]) throws {
        let tokens = try Tokenizer(TokenizerConfiguration(kind: .words, normalization: .none)).tokens(in: text)
        #expect(tokens.map(\.text) == words)
    }

    @Test(arguments: [
        ("th", "ภาษาไทย", 2), ("zh", "我们学习中文", 3), ("ja", "日本語を学ぶ", 3), ("ar", "اللغة العربية", 2),
        ("tr", "İstanbul'da ışık", 2), ("de", "Straße und Größe", 3), ("fi", "hyvää yötä", 2),
    ])
    func otherLanguagesComeApart(_ language: String, _ text: String, _ least: Int) throws {
        for kind in [TokenizerConfiguration.Kind.words, .icu] {
            let tokens = try Tokenizer(TokenizerConfiguration(kind: kind, language: language)).tokens(in: text)
            #expect(tokens.count >= least, "\(kind) \(tokens.map(\.text))")
        }
    }
}
