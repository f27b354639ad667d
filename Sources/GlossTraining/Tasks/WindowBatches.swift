import GlossNN
import GlossPipeline

/// A stretch of one of many sequences.
public struct SequenceWindow: Sendable, Equatable {
    /// Which sequence.
    package var sequence: Int
    /// Its steps.
    package var steps: Range<Int>

    package init(sequence: Int, steps: Range<Int>) {
        self.sequence = sequence
        self.steps = steps
    }
}

/// Long sequences as batches of windows.
package enum WindowBatches {
    /// Batches of windows of similar length in random order, of about `tokens` steps: sequences longer than `longest`
    /// are cut, at other places in each epoch.
    package static func batches(
        lengths: some Sequence<Int>, longest: Int, tokens: Int, using random: inout RandomSource
    ) -> [[SequenceWindow]] {
        var windows: [SequenceWindow] = []
        var steps = 0
        for (index, count) in lengths.enumerated() {
            steps += count
            var start = 0
            var end = count <= longest ? count : 1 + Int(random.next() % UInt64(longest))
            while start < count {
                windows.append(SequenceWindow(sequence: index, steps: start..<end))
                start = end
                end = min(count, start + longest)
            }
        }
        windows.shuffle(using: &random)
        var result: [[SequenceWindow]] = []
        let pool = max(1, tokens / max(1, steps / max(1, windows.count))) * 32
        for start in stride(from: 0, to: windows.count, by: pool) {
            let members = windows[start..<min(start + pool, windows.count)]
            let batches = Batching.batches(lengths: members.map(\.steps.count), tokens: tokens)
            result += batches.map { $0.map { members[members.startIndex + $0] } }
        }
        return result.shuffled(using: &random)
    }

    /// Every `shards`th window, so that lengths are spread evenly.
    package static func split(_ batch: [SequenceWindow], shards: Int) -> [[SequenceWindow]] {
        let count = max(1, min(shards, batch.count))
        return (0..<count).map { shard in stride(from: shard, to: batch.count, by: count).map { batch[$0] } }
    }
}
