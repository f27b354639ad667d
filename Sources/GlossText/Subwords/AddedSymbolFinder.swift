/// Finds a vocabulary's added symbols in text: the leftmost, of several at one place the longest.
struct AddedSymbolFinder: Sendable {
    /// A symbol to look for, spelled as it stands in the text that is searched.
    private struct Candidate: Sendable {
        let symbol: SubwordVocabulary.AddedSymbol
        let bytes: [UInt8]
    }

    /// A part of a text: a symbol, or what lies between two.
    struct Part {
        var range: Range<Int>
        var id: Int32?
    }

    /// By first byte, the longest first; for text as it is, and for text that was normalized.
    private var raw: [UInt8: [Candidate]] = [:]
    private var normalized: [UInt8: [Candidate]] = [:]

    init(_ symbols: [SubwordVocabulary.AddedSymbol], textSteps: [TextStep]) {
        for symbol in symbols {
            var bytes = Array(symbol.text.utf8)
            if symbol.isNormalized { for step in textSteps { bytes = step(bytes) } }
            guard let first = bytes.first else { continue }
            let candidate = Candidate(symbol: symbol, bytes: bytes)
            if symbol.isNormalized {
                normalized[first, default: []].append(candidate)
            } else {
                raw[first, default: []].append(candidate)
            }
        }
        let longestFirst = { (candidates: [Candidate]) in candidates.sorted { $0.bytes.count > $1.bytes.count } }
        raw = raw.mapValues(longestFirst)
        normalized = normalized.mapValues(longestFirst)
    }

    /// Whether there is nothing to find in text of this form.
    func isEmpty(isNormalized: Bool) -> Bool { (isNormalized ? normalized : raw).isEmpty }

    /// The parts of a text, without gaps but for the white space that symbols take.
    func parts(of bytes: UnsafeBufferPointer<UInt8>, isNormalized: Bool) -> [Part] {
        let candidates = isNormalized ? normalized : raw
        guard !candidates.isEmpty else { return [Part(range: 0..<bytes.count)] }
        var isFirst = [Bool](repeating: false, count: 256)
        for byte in candidates.keys { isFirst[Int(byte)] = true }
        var parts: [Part] = []
        var start = 0
        var position = 0
        while position < bytes.count {
            guard isFirst[Int(bytes[position])],
                let found = candidates[bytes[position]]?.first(where: { Self.isAt(position, $0, in: bytes) })
            else {
                position += 1
                continue
            }
            let symbol = found.symbol
            var end = position + found.bytes.count
            guard !symbol.isWord || !Self.isInsideWord(position..<end, in: bytes) else {
                position = end
                continue
            }
            var before = position
            if symbol.stripsLeft {
                while before > start, let length = Self.space(endingAt: before, in: bytes) { before -= length }
            }
            if symbol.stripsRight {
                end = PiecePattern.endOfRun(in: bytes, at: end) { $0 == .space || $0 == .lineBreak }
            }
            if before > start { parts.append(Part(range: start..<before)) }
            parts.append(Part(range: before..<end, id: symbol.id))
            (start, position) = (end, end)
        }
        if start < bytes.count { parts.append(Part(range: start..<bytes.count)) }
        return parts
    }

    private static func isAt(_ position: Int, _ candidate: Candidate, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        position + candidate.bytes.count <= bytes.count
            && bytes[position..<position + candidate.bytes.count].elementsEqual(candidate.bytes)
    }

    /// The length of the white space that ends at `end`, if some does.
    private static func space(endingAt end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let start = startOfScalar(before: end, in: bytes)
        let kind = ScalarClass.at(start, in: bytes).class
        return kind == .space || kind == .lineBreak ? end - start : nil
    }

    private static func isInsideWord(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let isWord = { (index: Int) in
            let kind = ScalarClass.at(index, in: bytes).class
            return kind == .letter || kind == .mark || kind == .number || bytes[index] == UInt8(ascii: "_")
        }
        return (range.lowerBound > 0 && isWord(startOfScalar(before: range.lowerBound, in: bytes)))
            || (range.upperBound < bytes.count && isWord(range.upperBound))
    }

    private static func startOfScalar(before end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var start = end - 1
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }
}
