import Foundation
import GlossTraining

#if canImport(Glibc)
    import Glibc
#endif

/// Shows a training run on standard error: a bar on a terminal, a line each time the state is kept elsewhere, and everywhere a line
/// an evaluation.
final class ProgressPrinter {
    private let isTerminal = isatty(2) == 1
    private var drawn = Date.distantPast

    func show(_ event: TrainingEvent) {
        switch event {
        case .step(let progress): draw(progress)
        case .kept(let progress):
            guard !isTerminal else { return }
            write(
                line: "epoch \(progress.epoch)/\(progress.epochs)  batch \(progress.batch)/\(progress.batches)"
                    + "  loss \(rounded(progress.loss, 4))  \(Self.pace(progress)), state kept")
        case .evaluated(let epoch, let evaluation, let loss, let isBest, let seconds):
            write(
                line: "epoch \(epoch)  loss \(rounded(loss, 4))  \(evaluation.shown)\(isBest ? "  best so far" : "")"
                    + "  \(Self.duration(seconds))")
        }
    }

    private func draw(_ progress: TrainingProgress) {
        guard isTerminal, Date().timeIntervalSince(drawn) > 0.2 else { return }
        drawn = Date()
        let width = 24
        let filled = width * progress.batch / max(progress.batches, 1)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let best = progress.evaluation.map { "  best \($0.shown)" } ?? ""
        write(
            "\r\u{1B}[Kepoch \(progress.epoch)/\(progress.epochs) \(bar) loss \(rounded(progress.loss, 4))\(best)"
                + "  \(Self.pace(progress))")
    }

    private static func pace(_ progress: TrainingProgress) -> String {
        "\(Int(progress.tokensPerSecond)) tokens/s  \(duration(progress.secondsLeft)) left"
    }

    private func clear() { if isTerminal { write("\r\u{1B}[K") } }

    /// Writes a line below what has been shown.
    func write(line: String) {
        clear()
        write(line + "\n")
    }

    private func write(_ text: String) { Diagnostics.write(text) }

    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite else { return "?" }
        let whole = Int(min(max(seconds, 0), 1e12).rounded())
        return whole >= 3600
            ? "\(whole / 3600) h \(whole / 60 % 60) min"
            : whole >= 60 ? "\(whole / 60) min \(whole % 60) s" : "\(whole) s"
    }
}
