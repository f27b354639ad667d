import GlossTraining
import Testing

struct SearchConfigurationTests {
    private let run = RunConfiguration(.classify)
    private static let space = "[space]\n\"model.encoder.stack.hidden\" = [8, 16]\n"

    @Test func whatAFileDoesNotSayHasItsDefault() throws {
        let toml = "[search]\nfolds = 4\nbudget = 2.5\n" + Self.space
        let found = try Search(toml: toml, file: "s.toml", run: run).configuration
        var expected = SearchConfiguration()
        expected.folds = 4
        expected.budget = 2.5
        #expect(found == expected)
    }

    @Test(arguments: [
        ("[search]\ntrails = 3\n" + space, "search.trails", "trials"),
        ("[search]\ntrials = 0\n" + space, "search.trials = 0", "give"),
        ("[search]\nfolds = 1\n" + space, "search.folds = 1", "give 0 or at least 2"),
        ("[search]\nhalving = 0\n" + space, "search.halving = 0", "give"),
        ("[search]\nbudget = -1\n" + space, "search.budget = -1", "give"),
        ("[search]\nseed = \"x\"\n" + space, "search.seed", "kind"),
        ("[search]\ntrials = 3\n", "[space]", "names no key"),
        ("[space\n", "s.toml:1", "expected"),
    ])
    func whatIsWrongIsNamed(toml: String, place: String, remedy: String) {
        #expect {
            try Search(toml: toml, file: "s.toml", run: run)
        } throws: { error in
            let message = "\(error)"
            return message.hasPrefix("s.toml") && message.contains(place) && message.contains(remedy)
                && !message.contains("\n")
        }
    }
}
