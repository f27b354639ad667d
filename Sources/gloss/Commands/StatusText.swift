import GlossText
import GlossTraining

/// A daemon's state as a person reads it. What a daemon does not tell is left out.
struct StatusText {
    private let status: JSONValue
    private let address: DaemonAddress

    init(_ status: JSONValue, _ address: DaemonAddress) {
        self.status = status
        self.address = address
    }

    /// Two columns of what is known, and below them a table of the models.
    var text: String {
        var lines: [(String, String)] = [("socket", address.path)]
        func add(_ name: String, _ value: String?) { if let value { lines.append((name, value)) } }
        add("state", status["state"]?.string)
        add("version", status["version"]?.string)
        add("process", status["pid"]?.int.map(String.init))
        add("up", status["uptime_seconds"]?.double.map(ProgressPrinter.duration))
        add("stores", status["stores"]?.elements.map { $0.compactMap(\.string).joined(separator: ", ") })
        add("memory", status["resident_bytes"]?.int.map(Table.size))
        add("connections", status["connections"]?.int.map(String.init))
        add("waiting", waiting)
        add("requests", status["requests"]?["total"]?.int.map(String.init))
        add("failed", status["requests"]?["failed"]?.int.map(String.init))
        add("rejected", rejected)
        let width = lines.map(\.0.count).max() ?? 0
        let summary = lines.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
        }
        return summary.joined() + models
    }

    private var waiting: String? {
        guard let waiting = status["queue"]?["waiting"]?.int else { return nil }
        return status["queue"]?["limit"]?.int.map { "\(waiting) of \($0)" } ?? String(waiting)
    }

    /// Reasons and how often each was given; nil when nothing was rejected.
    private var rejected: String? {
        let reasons = status["requests"]?["rejected"]?.fields?.filter { ($0.value.int ?? 0) > 0 } ?? []
        guard !reasons.isEmpty else { return nil }
        return reasons.map { "\($0.key) \($0.value.int ?? 0)" }.joined(separator: ", ")
    }

    private var models: String {
        guard let models = status["models"]?.elements, !models.isEmpty else { return "" }
        var table = Table(["MODEL", "TASK", "STATE", "MEMORY", "REQUESTS", "ERROR"])
        for model in models {
            table.add([
                model["id"]?.string ?? "", model["task"]?.string ?? "", model["state"]?.string ?? "",
                model["bytes"]?.int.map(Table.size) ?? "", model["requests"]?.int.map(String.init) ?? "",
                Diagnostics.onOneLine(model["error"]?.string ?? ""),
            ])
        }
        return "\n" + table.text
    }
}
