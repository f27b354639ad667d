/// Which input bytes stand behind which output bytes, after a text was changed piece by piece.
public struct OffsetMap: Hashable, Sendable {
    /// A piece that was changed: `output` stands where `input` stood.
    public struct Change: Hashable, Sendable {
        /// Bytes of the input.
        public var input: Range<Int>
        /// Bytes of the output.
        public var output: Range<Int>
    }

    /// The changed pieces in ascending order; everything between them is the same, byte for byte.
    public private(set) var changes: [Change] = []

    /// The map of a text that was not changed.
    public init() {}

    /// Adds a change behind all others.
    package mutating func append(input: Range<Int>, output: Range<Int>) {
        changes.append(Change(input: input, output: output))
    }

    /// The input byte behind an output byte; the start of the changed piece for a byte inside one. O(log changes).
    public func inputOffset(ofOutput offset: Int) -> Int {
        guard let change = lastChange(startingAtOrBefore: offset) else { return offset }
        return offset < change.output.upperBound
            ? change.input.lowerBound : change.input.upperBound + offset - change.output.upperBound
    }

    /// The smallest input range that holds everything behind an output range: a changed piece counts whole.
    public func inputRange(ofOutput range: Range<Int>) -> Range<Int> {
        let start = inputOffset(ofOutput: range.lowerBound)
        guard !range.isEmpty, let change = lastChange(startingAtOrBefore: range.upperBound - 1),
            range.upperBound <= change.output.upperBound
        else { return start..<max(start, inputOffset(ofOutput: range.upperBound)) }
        return start..<change.input.upperBound
    }

    private func lastChange(startingAtOrBefore offset: Int) -> Change? {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].output.lowerBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : changes[low - 1]
    }
}
