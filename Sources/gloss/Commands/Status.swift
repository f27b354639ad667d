import ArgumentParser
import Foundation
import GlossText

/// `gloss status`.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows how the daemon is doing.",
        discussion: """
            Asks the daemon at GLOSS_HOST, else the system's, else your own; ends with 69 when none answers.

            Examples:
              gloss status
              gloss status --json
              GLOSS_HOST=unix:///tmp/gloss.sock gloss status
            """)

    @Flag(help: "Print the daemon's own JSON object.")
    var json = false

    func run() throws {
        let candidates = try DaemonAddress.candidates()
        var failures: [DaemonError] = []
        for address in candidates {
            do throws(DaemonError) {
                let connection = try DaemonConnection(address)
                let (status, text) = try connection.page("/v1/status")
                guard status == 200, let value = try? JSONValue(parsing: text.utf8) else {
                    throw .unintelligible(address, found: "status \(status) at /v1/status")
                }
                return Output.write(
                    json ? text.trimmingCharacters(in: .newlines) + "\n" : StatusText(value, address).text)
            } catch {
                guard case .absent = error else { throw error }
                failures.append(error)
            }
        }
        // A socket that may not be used says more than a place where none is.
        if let failure = failures.first(where: { $0.exitStatus == ExitStatus.notPermitted }) ?? failures.last {
            throw failure
        }
        throw CommandError(ExitStatus.unavailable, "GLOSS_HOST is local, so that no daemon is asked; unset it")
    }
}
