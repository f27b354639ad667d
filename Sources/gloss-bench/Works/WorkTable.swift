import GlossNN

#if canImport(Glibc)
    import Glibc
#endif

/// The works that `gloss-bench run` measures.
enum WorkTable {
    /// Names and shapes.
    static var all: [(name: String, work: WorkDescription)] {
        var entries = float32
        for (name, work) in float32 where work.threads == 1 && work.cell == .lstm {
            let isTraining = work.kind == .training || work.kind == .languageModel
            for precision in [Precision.bfloat16, .int8] where !isTraining || precision != .int8 {
                var lower = work
                lower.precision = precision
                entries.append(("\(name), \(precision)", lower))
            }
        }
        return entries
    }

    private static var float32: [(name: String, work: WorkDescription)] {
        var entries: [(String, WorkDescription)] = []
        for cell in [CellKind.lstm, .gru, .rnn] {
            var single = WorkDescription(.inference, lengths: [25])
            single.cell = cell
            entries.append(("\(cell.rawValue), one sentence of 25", single))
            var many = WorkDescription(.inference, lengths: variedLengths(768))
            many.cell = cell
            entries.append(("\(cell.rawValue), 768 varied sentences", many))
        }
        var two = WorkDescription(.inference, lengths: variedLengths(768))
        two.threads = 2
        entries.append(("lstm, 768 varied sentences, 2 threads", two))
        for threads in [1, 2] {
            for (name, lengths) in [("32 × 30", Array(repeating: 30, count: 32)), ("32 varied", variedLengths(32))] {
                var training = WorkDescription(.training, lengths: lengths)
                training.classes = 5
                training.threads = threads
                entries.append(("training \(name)\(suffix(threads))", training))
            }
            var model = WorkDescription.languageModel(.languageModel, lengths: Array(repeating: 64, count: 32))
            model.threads = threads
            entries.append(("language model training 32 × 64\(suffix(threads))", model))
        }
        entries.append(("generation", .languageModel(.generation, lengths: [100])))
        entries.append(
            ("generation, 16 streams", .languageModel(.generation, lengths: Array(repeating: 100, count: 16))))
        return entries
    }

    private static func suffix(_ threads: Int) -> String { threads == 1 ? "" : ", \(threads) threads" }

    /// Lengths of sentences: log-normal around 18 tokens, 2 to 100.
    static func variedLengths(_ count: Int) -> [Int] {
        var random = RandomSource(seed: 7)
        return (0..<count).map { _ in
            min(max(Int(exp(log(Double(18)) + 0.6 * Double(random.normal())).rounded()), 2), 100)
        }
    }
}

extension WorkDescription {
    /// A language model's work: two forward layers of 512, 8192 symbols.
    static func languageModel(_ kind: Kind, lengths: [Int]) -> WorkDescription {
        var work = WorkDescription(kind, lengths: lengths)
        work.embedding = 256
        work.hidden = 512
        work.bidirectional = false
        work.vocabulary = 8192
        work.classes = 8192
        return work
    }
}
