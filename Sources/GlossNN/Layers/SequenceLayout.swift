/// Where the steps of sequences of different lengths stand in one tensor, without padding.
///
/// The rows are time-major: all sequences' first steps, longest sequence first, then the second steps of those that
/// have one, and so on. `[rows, features]` tensors of a batch follow this order.
public struct SequenceLayout: Sendable, Equatable {
    /// Steps of each sequence, in the caller's order.
    public let lengths: [Int]
    /// The caller's index of the sequence at each rank; rank 0 is the longest.
    public let order: [Int]
    /// Sequences that are alive at each step.
    public let active: [Int]
    /// The first row of each step.
    public let offsets: [Int]
    /// The number of rows: the sum of the lengths.
    public let rows: Int
    /// The threads that inference may take for what does not depend on each other, as both directions of a layer.
    public let threads: Int

    /// The layout of sequences of the given lengths, each ≥ 1.
    public init(lengths: [Int], threads: Int = 1) {
        precondition(lengths.allSatisfy { $0 > 0 }, "a sequence has at least one step")
        self.lengths = lengths
        self.threads = threads
        order = lengths.indices.sorted { lengths[$0] != lengths[$1] ? lengths[$0] > lengths[$1] : $0 < $1 }
        var active = [Int](repeating: 0, count: lengths.max() ?? 0)
        for length in lengths { active[length - 1] += 1 }
        for step in active.indices.dropLast().reversed() { active[step] += active[step + 1] }
        var offsets: [Int] = []
        var row = 0
        for count in active {
            offsets.append(row)
            row += count
        }
        self.active = active
        self.offsets = offsets
        rows = row
    }

    /// Whether the caller's order of sequences is that of the ranks already.
    var isRanked: Bool { zip(order, order.indices).allSatisfy { $0 == $1 } }

    /// The number of sequences.
    public var batch: Int { lengths.count }

    /// The row of a step of the sequence at a rank.
    @inline(__always)
    public func row(rank: Int, step: Int) -> Int { offsets[step] + rank }

    /// Puts per-sequence values, in the caller's order, into the order of rows.
    public func packed<Value>(_ sequences: [[Value]]) -> [Value] {
        var result: [Value] = []
        result.reserveCapacity(rows)
        for step in active.indices {
            for rank in 0..<active[step] { result.append(sequences[order[rank]][step]) }
        }
        return result
    }

    /// Puts values in the order of rows back into sequences, in the caller's order.
    public func unpacked<Value>(_ values: [Value]) -> [[Value]] {
        var result = lengths.map { length -> [Value] in
            var sequence: [Value] = []
            sequence.reserveCapacity(length)
            return sequence
        }
        for step in active.indices {
            for rank in 0..<active[step] { result[order[rank]].append(values[offsets[step] + rank]) }
        }
        return result
    }
}
