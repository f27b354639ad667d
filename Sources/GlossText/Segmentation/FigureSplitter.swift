/// Cuts numbers that are joined by marks, and numbers from the units behind them.
struct FigureSplitter {
    private let text: TextBytes
    private let isEnglish: Bool

    /// A splitter of a text.
    init(_ text: TextBytes, isEnglish: Bool) {
        self.text = text
        self.isEnglish = isEnglish
    }

    /// Numbers joined by marks: whole if the table knows their shape, else cut at hyphens, then at slashes.
    func split(_ range: Range<Int>, _ body: (Word) -> Void) {
        if range.isEmpty { return }
        let joints = range.filter { text[$0] == UInt8(ascii: "-") || text[$0] == UInt8(ascii: "/") }
        if joints.isEmpty || isWhole(range, joints: joints) {
            return body(Word(start: range.lowerBound, end: range.upperBound))
        }
        let hyphens = joints.filter { text[$0] == UInt8(ascii: "-") }
        var start = range.lowerBound
        for cut in hyphens.isEmpty ? joints : hyphens {
            split(start..<cut, body)
            body(Word(start: cut, end: cut + 1))
            start = cut + 1
        }
        split(start..<range.upperBound, body)
    }

    /// Cuts a number from the unit behind it; false, and nothing done, if the range is something else.
    func splitMeasure(_ range: Range<Int>, _ body: (Word) -> Void) -> Bool {
        guard isEnglish, TextBytes.isDigit(text[range.lowerBound]) || text[range.lowerBound] == UInt8(ascii: ".") else {
            return false
        }
        var digits = range.lowerBound
        for index in range {
            guard TextBytes.isDigit(text[index]) || Self.joints.contains(text[index]) else { break }
            if TextBytes.isDigit(text[index]) { digits = index + 1 }
        }
        guard range.upperBound - digits <= Measures.longest else { return false }
        let word = text.key(digits..<range.upperBound)
        let unit = word.hasSuffix(".") ? String(word.dropLast()) : word
        guard !Measures.whole.contains(unit), Measures.units.contains(unit) else { return false }
        body(Word(start: range.lowerBound, end: digits))
        if unit.contains(".") {
            body(Word(start: digits, end: range.upperBound, stop: word == unit ? .none : .abbreviation))
        } else {
            body(Word(start: digits, end: digits + unit.utf8.count))
            if word != unit { body(Word(start: range.upperBound - 1, end: range.upperBound)) }
        }
        return true
    }

    private static let joints: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":")]

    private func isWhole(_ range: Range<Int>, joints: [Int]) -> Bool {
        guard range.count <= FigureShapes.longest else { return false }
        if joints.count == 2 && text[joints[0]] == text[joints[1]] { return true }
        let shape = text[range].map { TextBytes.isDigit($0) ? UInt8(ascii: "9") : $0 }
        return FigureShapes.all.contains(String(decoding: shape, as: UTF8.self))
    }
}
