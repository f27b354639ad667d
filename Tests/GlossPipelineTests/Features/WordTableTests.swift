import GlossPipeline
import Testing

struct WordTableTests {
    static let table = WordTable([
        ("don't", ["do", "n't"]), ("can't", ["ca", "n't"]), ("Don't", ["Do", "n't"]), ("it's", ["it", "'s"]),
        ("cannot", ["can", "not"]), ("du", ["de", "le"]), ("du", ["de", "le"]), ("des", ["de", "les"]),
        ("auquel", ["à", "lequel"]), ("gonna", ["gon", "na"]), ("I'd've", ["I", "'d", "'ve"]),
    ])

    @Test(arguments: [
        ("Don't", ["Do", "n't"]), ("WOULDN'T", ["WOULD", "N'T"]), ("Anna's", ["Anna", "'s"]), ("du", ["de", "le"]),
        ("DU", ["DE", "LE"]), ("Du", ["De", "le"]), ("Auquel", ["À", "lequel"]), ("i'd've", ["i", "'d", "'ve"]),
        ("cannot", ["can", "not"]),
    ])
    func tokensComeApartLikeTheirLikes(_ form: String, _ words: [String]) {
        #expect(Self.table.words(form) == words)
    }

    @Test func whatAlwaysCameApartIsCertain() {
        let table = WordTable([("du", ["de", "le"]), ("des", ["de", "les"])], others: ["Des", "les"])
        #expect(table.isCertain("Du"))
        for form in ["des", "les", "u", ""] { #expect(!table.isCertain(form)) }
        #expect(!Self.table.isCertain("du"), "nothing is known of tokens that are one word")
    }

    @Test(arguments: ["", "x", "house", "n't", "日本"])
    func whatNoRuleFitsStaysWhole(_ form: String) {
        #expect(Self.table.words(form) == nil)
    }

    /// Of rules that were seen equally often one is taken by what it says, not by the order of a table that differs each time.
    @Test func equallyFrequentRulesHaveAnOrder() {
        for letter in "bcfgjklmnpqrvwxz" {
            let examples = [
                ("a\(letter)el", ["a\(letter)e", "el"]), ("b\(letter)el", ["b\(letter)", "el"]),
                ("c\(letter)el", ["c\(letter)el", "el"]),
            ]
            let words = WordTable(examples).words("o\(letter)el")
            #expect(words == WordTable(examples.reversed()).words("o\(letter)el"))
            #expect(words == ["o\(letter)el", "el"])
        }
    }
}
