import Foundation
import Testing

/// `gloss manual` and the pages that it writes.
@Suite struct ManualTests {
    private let folder: TemporaryFolder
    private let pages: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        let result = try Command.run(["manual", folder.path])
        try #require(result.status == 0, "\(result.errors)")
        var pages: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            pages[name] = try String(contentsOfFile: folder.file(name), encoding: .utf8)
        }
        self.pages = pages
    }

    @Test func everyCommandHasAPageAndAPlaceInTheFirst() throws {
        let first = try #require(pages["gloss.1"])
        for command in [
            "classify", "tag", "generate", "tokenize", "vocabulary", "train", "evaluate", "models", "status", "doctor",
        ] {
            #expect(pages["gloss-\(command).1"] != nil)
            #expect(first.contains(".BR gloss\\-\(command) (1)\n"))
        }
        #expect(!first.contains("manual (1)"), "the command that writes the pages is not the user's")
        for section in ["NAME", "SYNOPSIS", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "SEE ALSO"] {
            #expect(first.contains("\n.SH \(section)\n"))
        }
    }

    @Test func aPageHasTheOptionsOfTheHelp() throws {
        let help = try Command.run(["classify", "--help"]).output
        let page = try #require(pages["gloss-classify.1"])
        let options = help.matches(of: /\ {2}(--[a-z0-9-]+)/).map { String($0.1) }
        #expect(options.count > 5)
        for option in Set(options) {
            #expect(page.contains("\\fB\(option.replacing("-", with: "\\-"))\\fR"), "\(option)")
        }
        #expect(page.contains("(default: tsv)"))
        #expect(page.contains("cat reviews.txt | gloss classify"))
    }

    @Test(.enabled(if: Tool.isInstalled("groff"), "groff is not installed"))
    func thePagesAreFreeOfFaults() throws {
        for name in pages.keys {
            let result = try Tool("groff", ["-man", "-Tutf8", "-Kutf8", "-ww", "-z", folder.file(name)])
            #expect(result.status == 0)
            #expect(result.output.isEmpty, "\(name): \(result.output)")
        }
    }

    @Test func aFolderThatIsMissingIsNamed() throws {
        let result = try Command.run(["manual", "/missing/folder"])
        #expect(result.status == 74)
        #expect(result.errors.contains("/missing/folder"))
    }
}
