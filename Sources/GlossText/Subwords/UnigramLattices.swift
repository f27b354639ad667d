/// All ways to cut strings into symbols: for each string the places where a symbol fits.
///
/// They are found once. When symbols are given up, their places are dropped, which is far quicker than a new search.
package struct UnigramLattices: Sendable {
    /// A symbol that fits from one byte of a string to another.
    package struct Place: Sendable {
        package var start: UInt16
        package var end: UInt16
        /// -1: a character that is no symbol.
        package var symbol: Int32
    }

    /// The places of all strings, one string behind the other, each by start and then by end.
    package private(set) var places: [Place] = []
    /// Where each string's places start; one more entry holds the end of the last.
    package private(set) var starts: [Int] = [0]
    /// The strings' lengths in bytes.
    package private(set) var lengths: [Int] = []

    /// Lattices of no string.
    package init() {}

    /// How many strings there are.
    package var count: Int { lengths.count }

    /// Adds a string of at most 256 bytes of valid UTF-8; a symbol `except` (the string itself) is left out.
    package mutating func add(_ string: UnsafeBufferPointer<UInt8>, trie: ByteTrie, except: Int32 = -1) {
        precondition(string.count <= 256, "a string of \(string.count) bytes is too long for a lattice")
        var start = 0
        while start < string.count {
            let length = UnigramModel.length(ofScalar: string[start])
            var hasCharacter = false
            trie.forEachPrefix(of: string, from: start) { symbol, end in
                if symbol != except { places.append(Place(start: UInt16(start), end: UInt16(end), symbol: symbol)) }
                if end == start + length { hasCharacter = true }
            }
            if !hasCharacter {
                places.append(Place(start: UInt16(start), end: UInt16(start + length), symbol: -1))
            }
            start += length
        }
        starts.append(places.count)
        lengths.append(string.count)
    }

    /// Drops the places of symbols whose new number is -1 and renumbers the others; keeps the strings for which `keeps`.
    package mutating func renumber(_ numbers: [Int32], keeps: (Int) -> Bool = { _ in true }) {
        var write = 0
        var kept = 0
        var start = 0
        for string in 0..<count {
            let end = starts[string + 1]
            if keeps(string) {
                for read in start..<end {
                    var place = places[read]
                    if place.symbol >= 0 {
                        place.symbol = numbers[Int(place.symbol)]
                        if place.symbol < 0 { continue }
                    }
                    places[write] = place
                    write += 1
                }
                lengths[kept] = lengths[string]
                kept += 1
                starts[kept] = write
            }
            start = end
        }
        places.removeLast(places.count - write)
        lengths.removeLast(lengths.count - kept)
        starts.removeLast(starts.count - kept - 1)
    }

    /// Adds to `expected` how often each symbol is expected in a string, times `count` (the forward-backward algorithm).
    ///
    /// `weights` are the symbols' probabilities, times a constant to the power of their bytes: it stands in every way to
    /// cut the string to the same power and keeps products near 1. Characters that are no symbol stand in every way, so
    /// they weigh nothing.
    package func expect(string: Int, count: Double, weights: [Double], into expected: inout [Double]) {
        let length = lengths[string]
        let range = starts[string]..<starts[string + 1]
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * (length + 1)) { values in
            values.initialize(repeating: 0)
            let (forward, backward) = (0, length + 1)
            values[forward] = 1
            values[backward + length] = 1
            for place in places[range] {
                let weight = place.symbol < 0 ? 1 : weights[Int(place.symbol)]
                values[forward + Int(place.end)] += values[forward + Int(place.start)] * weight
            }
            let total = values[forward + length]
            guard total > 0, total.isFinite else { return }
            for place in places[range].reversed() {
                let (start, end) = (Int(place.start), Int(place.end))
                guard place.symbol >= 0 else {
                    values[backward + start] += values[backward + end]
                    continue
                }
                let onward = weights[Int(place.symbol)] * values[backward + end]
                values[backward + start] += onward
                expected[Int(place.symbol)] += count * values[forward + start] * onward / total
            }
        }
    }

    /// Calls `body` with the symbols of the best way to cut a string, last to first, and returns its score.
    package func best(string: Int, scores: [Double], _ body: (Int32) -> Void) -> Double {
        let length = lengths[string]
        return withUnsafeTemporaryAllocation(of: (score: Double, place: Int).self, capacity: length + 1) { steps in
            steps.initialize(repeating: (-.infinity, -1))
            steps[0].score = 0
            for index in starts[string]..<starts[string + 1] {
                let place = places[index]
                let score =
                    steps[Int(place.start)].score + (place.symbol < 0 ? 0 : scores[Int(place.symbol)])
                if score > steps[Int(place.end)].score { steps[Int(place.end)] = (score, index) }
            }
            var end = length
            while end > 0, steps[end].place >= 0 {
                let place = places[steps[end].place]
                body(place.symbol)
                end = Int(place.start)
            }
            return end == 0 ? steps[length].score : -.infinity
        }
    }
}
