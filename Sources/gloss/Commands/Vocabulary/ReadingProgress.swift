import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Shows on a terminal how much text has been read: a bar where the size of all is known, else the amount.
final class ReadingProgress {
    private let total: Int?
    private let isTerminal = isatty(2) == 1
    private let start = Date()
    private var read = 0
    private var drawn = 0

    /// Progress over files; their size is known where each is a plain file and none is compressed.
    init(paths: [String]) {
        var sum = 0
        for path in paths {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            guard let size = attributes?[.size] as? Int, attributes?[.type] as? FileAttributeType == .typeRegular,
                !path.hasSuffix(".gz"), !path.hasSuffix(".xz")
            else {
                total = nil
                return
            }
            sum += size
        }
        total = sum
    }

    /// Counts bytes that were read.
    func add(_ bytes: Int) {
        read += bytes
        guard isTerminal, read - drawn > 1 << 23 else { return }
        drawn = read
        let speed = Double(read) / max(Date().timeIntervalSince(start), 1e-3)
        var line = "\r\u{1B}[Kread \(Table.size(read))"
        if let total, total > 0 {
            let filled = min(24, 24 * read / total)
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
            let left = ProgressPrinter.duration(Double(max(0, total - read)) / speed)
            line += " of \(Table.size(total)) \(bar) \(left) left"
        }
        write(line)
    }

    /// Says that reading is over and `work` goes on.
    func finish(_ work: String) { if isTerminal { write("\r\u{1B}[K\(work) …\n") } }

    private func write(_ text: String) { Diagnostics.write(text) }
}
