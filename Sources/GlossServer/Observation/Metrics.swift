import Foundation
import Synchronization

/// Counts and times, as Prometheus reads them (text exposition format 0.0.4).
final class Metrics: Sendable {
    /// Upper bounds of the buckets of times, in seconds.
    private static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    private struct Histogram {
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
        var sum = 0.0
        var count = 0

        mutating func add(_ value: Double) {
            for (index, bound) in Metrics.bounds.enumerated() where value <= bound { buckets[index] += 1 }
            sum += value
            count += 1
        }
    }

    private struct Answer: Hashable {
        let route: String
        let status: Int
    }

    private struct State {
        var counters: [String: [String: Double]] = [:]
        var histograms: [String: [String: Histogram]] = [:]
        /// Answers, which are counted most often, and their times by route: their labels are written when they are read.
        var answers: [Answer: Int] = [:]
        var times: [String: Histogram] = [:]

        var allCounters: [String: [String: Double]] {
            var all = counters
            for (answer, count) in answers {
                all["gloss_requests_total", default: [:]]["route=\"\(answer.route)\",status=\"\(answer.status)\""] =
                    Double(count)
            }
            return all
        }

        var allHistograms: [String: [String: Histogram]] {
            var all = histograms
            for (route, times) in times { all["gloss_request_seconds", default: [:]]["route=\"\(route)\""] = times }
            return all
        }
    }

    private let state = Mutex(State())

    private static let help = [
        "gloss_requests_total": "Requests by route and status.",
        "gloss_rejections_total": "Requests and connections that were refused, by the limit that they met.",
        "gloss_request_seconds": "From the head of a request to the end of its answer.",
        "gloss_batch_seconds": "Computation of a batch.",
        "gloss_batch_tokens_total": "Tokens that were computed, about.",
        "gloss_batch_pieces_total": "Pieces of work that were computed.",
        "gloss_generated_tokens_total": "Symbols that were generated.",
        "gloss_connections_total": "Connections that were accepted.",
    ]

    /// Adds to a counter; `labels` as in `route="/v1/tag"`.
    func count(_ name: String, _ labels: String = "", by value: Double = 1) {
        state.withLock { $0.counters[name, default: [:]][labels, default: 0] += value }
    }

    /// Adds a time in seconds.
    func time(_ name: String, _ labels: String = "", _ seconds: Double) {
        state.withLock { $0.histograms[name, default: [:]][labels, default: Histogram()].add(seconds) }
    }

    /// Counts an answer of a route by its status, and its time in seconds.
    func answered(route: String, status: Int, seconds: Double) {
        state.withLock { state in
            state.answers[Answer(route: route, status: status), default: 0] += 1
            state.times[route, default: Histogram()].add(seconds)
        }
    }

    /// The counts of a counter by their labels.
    func counts(_ name: String) -> [String: Double] { state.withLock { $0.allCounters[name] ?? [:] } }

    /// Everything as text; `gauges` are what is measured now, by name with labels.
    func text(gauges: [(name: String, help: String, values: [(labels: String, value: Double)])]) -> String {
        let (counters, histograms) = state.withLock { ($0.allCounters, $0.allHistograms) }
        var output = ""
        func head(_ name: String, _ kind: String, _ help: String) {
            output += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
        }
        func line(_ name: String, _ labels: String, _ value: Double) {
            output += name + (labels.isEmpty ? "" : "{\(labels)}") + " \(Self.number(value))\n"
        }
        for (name, values) in counters.sorted(by: { $0.key < $1.key }) {
            head(name, "counter", Self.help[name] ?? "")
            for (labels, value) in values.sorted(by: { $0.key < $1.key }) { line(name, labels, value) }
        }
        for (name, series) in histograms.sorted(by: { $0.key < $1.key }) {
            head(name, "histogram", Self.help[name] ?? "")
            for (labels, histogram) in series.sorted(by: { $0.key < $1.key }) {
                let comma = labels.isEmpty ? "" : ","
                for (bound, count) in zip(Self.bounds, histogram.buckets) {
                    line(name + "_bucket", "\(labels)\(comma)le=\"\(Self.number(bound))\"", Double(count))
                }
                line(name + "_bucket", "\(labels)\(comma)le=\"+Inf\"", Double(histogram.count))
                line(name + "_sum", labels, histogram.sum)
                line(name + "_count", labels, Double(histogram.count))
            }
        }
        for gauge in gauges {
            head(gauge.name, "gauge", gauge.help)
            for (labels, value) in gauge.values { line(gauge.name, labels, value) }
        }
        return output
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }

    /// The resident memory of this process in bytes (proc(5), statm).
    static var residentBytes: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }
}
