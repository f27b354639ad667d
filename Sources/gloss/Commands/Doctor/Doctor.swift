import ArgumentParser
import GlossStore

/// `gloss doctor`.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Looks for what is wrong with processor, models, disk, daemon and service, and says how to mend it.",
        discussion: """
            Changes nothing. Ends with 0 when nothing is broken, else with the status of the first fault: 65 a damaged \
            store, 69 no daemon where one should be, 74 no room, 77 not permitted, 78 configuration.

            Examples:
              gloss doctor
              gloss doctor --json
              gloss doctor --root packages/gloss/tree
            """)

    @Flag(help: "Print one JSON object a finding.")
    var json = false

    @Option(help: ArgumentHelp("Look for configuration and units below this folder.", valueName: "folder"))
    var root = "/"

    @OptionGroup var store: StoreOptions

    func run() throws {
        let paths = try StorePaths(store: store.store)
        let findings =
            [ProcessorExamination.finding] + StoreExamination(paths: paths).findings
            + [DiskExamination(path: paths.user).finding] + DaemonExamination().findings
            + ServiceExamination(root: root).findings
        for finding in findings { Output.write(json ? finding.json + "\n" : Self.text(finding)) }
        let faults = findings.filter { $0.state == .fault }
        if let first = faults.first {
            throw CommandError(first.exitStatus, "\(faults.count) \(faults.count == 1 ? "fault" : "faults") found")
        }
    }

    private static func text(_ finding: Finding) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(width - text.count, 0))
        }
        let remedy = finding.remedy.map { padded("", 18) + "→ \($0)\n" } ?? ""
        return "\(padded(finding.state.rawValue, 7))\(padded(finding.subject, 11))\(finding.text)\n" + remedy
    }
}
