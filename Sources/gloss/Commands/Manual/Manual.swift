import ArgumentParser
import Foundation

/// `gloss manual`: for `make install`, so it stands in no list of commands.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the manual pages.",
        discussion: """
            Examples:
              gloss manual /usr/local/share/man/man1
            """,
        shouldDisplay: false)

    @Argument(help: ArgumentHelp("The folder to write into; it must exist.", valueName: "folder"))
    var folder: String

    func run() throws {
        let root = try CommandDescription(toolInformation: Gloss._dumpHelp())
        for page in ManualPage.pages(of: root) {
            try OutputFile.write(page.text, to: "\(folder)/\(page.name).1")
        }
    }
}
