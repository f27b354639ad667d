import Foundation
import Glibc

/// `gloss-load [--gloss PATH] [--scale SHARE] [--soak REQUESTS] [--peer SOCKET] [SCENARIO …]`
@main
enum Main {
    private static let usage = """
        usage: gloss-load [--gloss PATH] [--scale SHARE] [--soak REQUESTS] [--peer SOCKET] [SCENARIO ...]
        Measures the daemon on its socket, prints a table, and ends with 1 when a wish is not fulfilled.
        Scenarios: latency throughput bulk process start overload swaps; and soak, peer, which have to be named.
        Run it at the root of the repository, on a machine that does nothing else.
        """

    static func main() {
        // A daemon that goes away is a finding, not the end.
        signal(SIGPIPE, SIG_IGN)
        do {
            exit(try run(Array(CommandLine.arguments.dropFirst())) == 0 ? 0 : 1)
        } catch {
            FileHandle.standardError.write(Data("gloss-load: \(error)\n".utf8))
            exit(70)
        }
    }

    private static func run(_ arguments: [String]) throws -> Int {
        var path = ".build/release/gloss", scale = 1.0, requests = 2_000_000, peer = "", names: [String] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--gloss": path = rest.popFirst() ?? ""
            case "--scale": scale = rest.popFirst().flatMap(Double.init) ?? 1
            case "--soak": requests = rest.popFirst().flatMap { Int($0) } ?? requests
            case "--peer": peer = rest.popFirst() ?? ""
            case "--help", "-h":
                print(usage)
                return 0
            default: names.append(argument)
            }
        }
        if names.isEmpty { names = ["latency", "throughput", "bulk", "process", "start", "overload", "swaps"] }
        let folder = NSTemporaryDirectory() + "/gloss-load-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let absolute = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        var scenarios = Scenarios(command: Command(path: absolute, folder: folder), scale: scale)
        for name in names {
            switch name {
            case "latency": try scenarios.latency()
            case "throughput": try scenarios.throughput()
            case "bulk": try scenarios.bulk()
            case "process": try scenarios.process()
            case "start": try scenarios.start()
            case "overload": try scenarios.overload()
            case "swaps": try scenarios.swaps()
            case "peer": try scenarios.peer(peer)
            case "soak": try scenarios.soak(requests)
            default: throw Failure("\(name) is no scenario\n" + usage)
            }
        }
        return scenarios.table.failures
    }
}
