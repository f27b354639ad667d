/// Holds back what may yet become a stop string.
package struct StopBuffer {
    private let stops: [String]
    private var held = ""

    package init(_ stops: [String]) { self.stops = stops.filter { !$0.isEmpty } }

    /// What may be shown after `piece`, and whether a stop string was met: nothing from it on is shown.
    package mutating func append(_ piece: String) -> (shown: String, stopped: Bool) {
        held += piece
        // A stop string may be a part of a character, as "\r" is of a line end.
        let found = stops.compactMap { held.unicodeScalars.firstRange(of: $0.unicodeScalars)?.lowerBound }.min()
        if let found {
            defer { held = "" }
            return (String(held[..<found]), true)
        }
        let keep = (stops.map { held.overlap(withStartOf: $0) }.max() ?? 0)
        let end = held.unicodeScalars.index(held.unicodeScalars.endIndex, offsetBy: -keep)
        defer { held = String(held[end...]) }
        return (String(held[..<end]), false)
    }

    /// What is left to show at the end of the text, after a last `piece`.
    package mutating func finish(_ piece: String) -> String {
        let (shown, stopped) = append(piece)
        defer { held = "" }
        return stopped ? shown : shown + held
    }
}

extension String {
    /// Unicode scalars at the end that are the start of `stop`, fewer than all of it.
    fileprivate func overlap(withStartOf stop: String) -> Int {
        let wanted = Array(stop.unicodeScalars)
        let end = Array(unicodeScalars.suffix(wanted.count - 1))
        for length in stride(from: end.count, to: 0, by: -1) where end.suffix(length) == wanted.prefix(length) {
            return length
        }
        return 0
    }
}
