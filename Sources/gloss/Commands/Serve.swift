import ArgumentParser
import Dispatch
import Foundation
import GlossServer
import GlossStore
import GlossTraining
import Logging

/// `gloss serve`.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answers over a Unix socket until it is stopped: the daemon.",
        discussion: """
            SIGTERM finishes what runs and ends with 0; SIGHUP reads the configuration and looks for new models. A \
            socket that systemd hands over is used in place of --socket. Flags come before the configuration file.

            Examples:
              gloss serve --socket /tmp/gloss.sock
              gloss serve --config /etc/gloss/gloss.toml --log-format json
              gloss serve --print-config > gloss.toml
              curl --unix-socket /tmp/gloss.sock http://gloss/v1/classify -d '{"input":"fine"}'
            """)

    @Option(help: ArgumentHelp("Where to listen; by default socket of the configuration.", valueName: "path"))
    var socket: String?

    @Option(help: ArgumentHelp("A TOML file with what differs from the defaults.", valueName: "file"))
    var config: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("One value: limits.requests=64. Repeat for several.", valueName: "key=value"))
    var settings: [String] = []

    @Flag(help: "Print the configuration with every default as TOML, and stop.")
    var printConfig = false

    @Option(help: "How the log is written: text or json.")
    var logFormat = LogFormat.text

    @Option(help: "The least level of the log: trace, debug, info, notice, warning, error or critical.")
    var logLevel = Logger.Level.info

    @OptionGroup var store: StoreOptions

    func run() throws {
        let configuration = try configuration()
        if printConfig { return Output.write(try ConfigurationTree(configuration).toml()) }
        let daemon = Daemon(
            configuration, paths: try StorePaths(store: store.store), version: GlossVersion.current, log: logFormat,
            level: logLevel, reread: { try self.configuration() })
        _Concurrency.Task {
            do {
                try await daemon.run()
                Foundation.exit(0)
            } catch let error as ServerError {
                Diagnostics.fail(CommandError(Self.status(error.kind), error.description))
            } catch {
                Diagnostics.fail(Diagnostics.known(error) ?? CommandError(ExitStatus.software, "\(error)"))
            }
        }
        dispatchMain()
    }

    /// The defaults, the file, the settings, the flags: each overlays those before.
    func configuration() throws -> ServerConfiguration {
        var tree = try ConfigurationTree(ServerConfiguration())
        if let config {
            try tree.overlay(ConfigurationTree(toml: PlainText.whole(path: config), file: config), file: config)
        }
        for setting in settings {
            guard let equals = setting.firstIndex(of: "=") else {
                throw ConfigurationError(place: "--set \(setting)", message: "is no key=value")
            }
            try tree.set(String(setting[..<equals]), String(setting[setting.index(after: equals)...]))
        }
        var configuration = try tree.decoded(ServerConfiguration.self)
        if let socket { configuration.socket = socket }
        if let fault = configuration.fault {
            throw ConfigurationError(place: (config.map { $0 + ": " } ?? "") + fault.key, message: fault.message)
        }
        return configuration
    }

    private static func status(_ kind: ServerError.Kind) -> Int32 {
        switch kind {
        case .taken: ExitStatus.unavailable
        case .notPermitted: ExitStatus.notPermitted
        case .configuration: ExitStatus.configuration
        case .io: ExitStatus.io
        }
    }
}

extension LogFormat: ExpressibleByArgument {}
extension Logger.Level: @retroactive ExpressibleByArgument {}
