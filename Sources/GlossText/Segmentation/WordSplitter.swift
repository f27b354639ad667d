/// Cuts the candidates of `WordRules` into tokens by the tables: abbreviations keep their full stop, contractions and
/// hyphenated words come apart.
struct WordSplitter {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let isEnglish: Bool

    /// A splitter of valid UTF-8 bytes; contractions, prefixes and measures are split in English only.
    init(_ bytes: UnsafeBufferPointer<UInt8>, isEnglish: Bool) {
        self.bytes = bytes
        self.isEnglish = isEnglish
    }

    /// Calls `body` with each token of a segment in order.
    func split(_ segment: Segment, _ body: (Word) -> Void) {
        var range = Blanks.skip(bytes, segment.start..<segment.end)..<segment.end
        if range.isEmpty { return }
        switch WordRules.Shape(rawValue: segment.tag) ?? .other {
        case .other, .fraction, .dictionary, .whole:
            body(Word(start: range.lowerBound, end: range.upperBound))
        case .page:
            let quote = lengthOfApostrophe(at: range.lowerBound)
            if quote > 0 { body(Word(start: range.lowerBound, end: range.lowerBound + quote)) }
            body(Word(start: range.lowerBound + quote, end: range.upperBound))
        case .figures:
            let marks = startOfMarks(in: range)
            splitFigures(range.lowerBound..<marks, body)
            if marks < range.upperBound { body(Word(start: marks, end: range.upperBound)) }
        case .word:
            splitWord(range, body)
        case .compound:
            splitCompound(range, body)
        case .marked:
            splitMarked(range, body)
        case .apostrophe:
            splitOpening(range, body)
        case .face:
            body(Word(start: range.lowerBound, end: range.lowerBound + 1))
            range = range.lowerBound + 1..<range.upperBound
            splitCompound(range, body)
        case .measure:
            if !splitMeasure(range, body) { splitCompound(range, body) }
        }
    }

    // MARK: Full stops

    private func splitCompound(_ range: Range<Int>, _ body: (Word) -> Void) {
        let dots = range.filter { bytes[$0] == UInt8(ascii: ".") && !isBetweenDigits($0, in: range) }
        guard let first = dots.first, let last = dots.last else { return splitHyphens(range, body) }
        let endsWithStop = last == range.upperBound - 1
        if let stop = stop(of: range, dots: dots, endsWithStop: endsWithStop) {
            return body(Word(start: range.lowerBound, end: range.upperBound, stop: endsWithStop ? stop : .none))
        }
        if first == last && endsWithStop {
            splitHyphens(range.lowerBound..<last, body)
            return body(Word(start: last, end: range.upperBound))
        }
        let inner = endsWithStop ? dots.dropLast() : dots[...]
        if inner.count >= 2
            || isName(endingAfter: inner[inner.endIndex - 1], before: endsWithStop ? last : range.upperBound)
        {
            let end = endsWithStop ? last : range.upperBound
            body(Word(start: range.lowerBound, end: end))
            if endsWithStop { body(Word(start: end, end: range.upperBound)) }
            return
        }
        var start = range.lowerBound
        for dot in inner {
            splitCompound(start..<dot + 1, body)
            start = dot + 1
        }
        splitCompound(start..<range.upperBound, body)
    }

    /// Whether a domain's or a file's name ends with what stands behind its last full stop.
    private func isName(endingAfter dot: Int, before end: Int) -> Bool {
        let ending = dot + 1..<end
        let capitals = bytes[ending].lazy.filter(isCapital).count
        guard capitals == 0 || capitals == ending.count || (capitals == 1 && isCapital(bytes[dot + 1])) else {
            return false
        }
        return Names.endings.contains(key(ending))
    }

    /// What the full stops of an abbreviation are; nil if the range is none.
    private func stop(of range: Range<Int>, dots: [Int], endsWithStop: Bool) -> Word.Stop? {
        let stem = range.lowerBound..<(endsWithStop ? range.upperBound - 1 : range.upperBound)
        if isAcronym(stem, dots: dots) { return dots.count == 1 ? .initial : .abbreviation }
        guard endsWithStop || dots.count > 1 || stem.count <= 4, isEnglish else { return nil }
        let key = key(stem)
        if !endsWithStop && !key.contains(".") { return nil }
        if Abbreviations.capitalized.contains(key), !isCapital(bytes[stem.lowerBound]) { return nil }
        if Abbreviations.titles.contains(key) { return .title }
        if Abbreviations.beforeNumbers.contains(key) { return .beforeNumber }
        return Abbreviations.others.contains(key) ? .abbreviation : nil
    }

    /// Single letters with full stops between them: “U.S”, “p.m”; a single capital letter but “I” is an initial.
    private func isAcronym(_ stem: Range<Int>, dots: [Int]) -> Bool {
        var start = stem.lowerBound
        var letters = 0
        for dot in dots + [stem.upperBound] where dot <= stem.upperBound && dot >= start {
            guard scalarCount(start..<dot) == 1, isLetter(bytes[start]) else { return false }
            letters += 1
            start = dot + 1
        }
        if letters > 1 { return true }
        return stem.count == 1 && isCapital(bytes[stem.lowerBound]) && bytes[stem.lowerBound] != UInt8(ascii: "I")
    }

    /// A compound and marks; of two marks the first may be an abbreviation's full stop.
    private func splitMarked(_ range: Range<Int>, _ body: (Word) -> Void) {
        var marks = startOfMarks(in: range)
        let withStop = range.lowerBound..<marks + 1
        if range.upperBound - marks == 2, bytes[marks] == UInt8(ascii: "."),
            stop(of: withStop, dots: withStop.filter { bytes[$0] == UInt8(ascii: ".") }, endsWithStop: true) != nil
        {
            marks += 1
            body(Word(start: range.lowerBound, end: marks))
        } else {
            splitCompound(range.lowerBound..<marks, body)
        }
        body(Word(start: marks, end: range.upperBound))
    }

    private func startOfMarks(in range: Range<Int>) -> Int {
        var index = range.upperBound
        while index > range.lowerBound {
            if Self.marks.contains(bytes[index - 1]) {
                index -= 1
            } else if index - range.lowerBound >= 3, bytes[index - 3] == 0xE2, bytes[index - 2] == 0x80,
                bytes[index - 1] == 0xA6
            {
                index -= 3
            } else {
                break
            }
        }
        return index
    }

    // MARK: Hyphens

    private func splitHyphens(_ range: Range<Int>, _ body: (Word) -> Void) {
        let parts = self.parts(of: range)
        guard parts.count > 1 else { return splitApostrophes(range, body) }
        var start = parts[0].lowerBound
        for (index, part) in parts.enumerated() {
            guard index < parts.count - 1 else {
                splitApostrophes(start..<part.upperBound, body)
                break
            }
            let hyphen = part.upperBound..<parts[index + 1].lowerBound
            if isEnglish && joins(part, parts[index + 1]) { continue }
            splitApostrophes(start..<part.upperBound, body)
            body(Word(start: hyphen.lowerBound, end: hyphen.upperBound))
            start = hyphen.upperBound
        }
    }

    /// Whether a hyphen joins a bound form to the rest; not in names: “Pan-Am” but “pan-African”.
    private func joins(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        if Prefixes.endings.contains(key(right)) { return true }
        guard let first = bytes[right].first, Prefixes.all.contains(key(left)) else { return false }
        return left.count == 1 || !(isCapital(bytes[left.lowerBound]) && isCapital(first))
    }

    /// What stands between hyphens; the one of ASCII, U+2010 and U+2011.
    private func parts(of range: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            var length = 0
            if bytes[index] == UInt8(ascii: "-") { length = 1 }
            if bytes[index] == 0xE2, index + 2 < range.upperBound, bytes[index + 1] == 0x80,
                bytes[index + 2] == 0x90 || bytes[index + 2] == 0x91
            {
                length = 3
            }
            if length > 0 {
                parts.append(start..<index)
                start = index + length
            }
            index += max(length, 1)
        }
        parts.append(start..<range.upperBound)
        return parts
    }

    // MARK: Apostrophes

    private func splitApostrophes(_ range: Range<Int>, _ body: (Word) -> Void) {
        guard isEnglish, range.count > 2 else { return splitWord(range, body) }
        var cuts: [Int] = []
        var end = range.upperBound
        while let apostrophe = lastApostrophe(in: range.lowerBound..<end), apostrophe.lowerBound > range.lowerBound {
            let tail = key(apostrophe.upperBound..<end)
            let before = apostrophe.lowerBound - 1
            if tail == "t", before > range.lowerBound, bytes[before] | 0x20 == UInt8(ascii: "n") {
                cuts.append(before)
            } else if tail == "s", range.lowerBound..<apostrophe.lowerBound == digits(from: range.lowerBound) {
                break
            } else if Contractions.clitics.contains(tail) {
                cuts.append(apostrophe.lowerBound)
            } else if tail == "all", apostrophe.lowerBound == range.lowerBound + 1 {
                cuts.append(apostrophe.upperBound)
            } else {
                break
            }
            end = cuts[cuts.count - 1]
            if tail == "all" { break }
        }
        var start = range.lowerBound
        for cut in cuts.reversed() where cut > start {
            emitHead(start..<cut, body)
            start = cut
        }
        if cuts.isEmpty { splitWord(range, body) } else { body(Word(start: start, end: range.upperBound)) }
    }

    private func digits(from start: Int) -> Range<Int> {
        start..<(bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count)
    }

    private func emitHead(_ range: Range<Int>, _ body: (Word) -> Void) {
        body(Word(start: range.lowerBound, end: range.upperBound))
    }

    private func splitOpening(_ range: Range<Int>, _ body: (Word) -> Void) {
        let length = lengthOfApostrophe(at: range.lowerBound)
        let rest = range.lowerBound + length..<range.upperBound
        let word = key(rest)
        let isYear = word.utf8.count <= 3 && word.utf8.prefix(2).allSatisfy { $0 &- 0x30 < 10 } && word.utf8.count >= 2
        if isEnglish && (Contractions.openings.contains(word) || isYear) {
            return body(Word(start: range.lowerBound, end: range.upperBound))
        }
        body(Word(start: range.lowerBound, end: rest.lowerBound))
        splitCompound(rest, body)
    }

    // MARK: Figures

    /// Numbers joined by marks: whole if the table knows their shape, else cut at hyphens, then at slashes.
    private func splitFigures(_ range: Range<Int>, _ body: (Word) -> Void) {
        let joints = range.filter { bytes[$0] == UInt8(ascii: "-") || bytes[$0] == UInt8(ascii: "/") }
        if joints.isEmpty || isFigure(range, joints: joints) {
            return body(Word(start: range.lowerBound, end: range.upperBound))
        }
        let hyphens = joints.filter { bytes[$0] == UInt8(ascii: "-") }
        var start = range.lowerBound
        for cut in hyphens.isEmpty ? joints : hyphens {
            splitFigures(start..<cut, body)
            body(Word(start: cut, end: cut + 1))
            start = cut + 1
        }
        splitFigures(start..<range.upperBound, body)
    }

    private func isFigure(_ range: Range<Int>, joints: [Int]) -> Bool {
        guard range.count <= FigureShapes.longest else { return false }
        let shape = bytes[range].map { isDigit($0) ? UInt8(ascii: "9") : $0 }
        return FigureShapes.all.contains(String(decoding: shape, as: UTF8.self))
            || joints.count == 2 && bytes[joints[0]] == bytes[joints[1]]
    }

    private func isBetweenDigits(_ index: Int, in range: Range<Int>) -> Bool {
        index > range.lowerBound && index + 1 < range.upperBound && isDigit(bytes[index - 1])
            && isDigit(bytes[index + 1])
    }

    // MARK: Words

    private func splitWord(_ range: Range<Int>, _ body: (Word) -> Void) {
        if splitMeasure(range, body) { return }
        guard isEnglish, range.count <= 8, let lengths = Contractions.merged[key(range)] else {
            return body(Word(start: range.lowerBound, end: range.upperBound))
        }
        var start = range.lowerBound
        for length in lengths {
            body(Word(start: start, end: start + length))
            start += length
        }
    }

    /// Cuts a number from the unit behind it; false if the range is something else.
    private func splitMeasure(_ range: Range<Int>, _ body: (Word) -> Void) -> Bool {
        guard isEnglish, isDigit(bytes[range.lowerBound]) || bytes[range.lowerBound] == UInt8(ascii: ".") else {
            return false
        }
        var digits = range.lowerBound
        for index in range {
            guard isDigit(bytes[index]) || Self.numeric.contains(bytes[index]) else { break }
            if isDigit(bytes[index]) { digits = index + 1 }
        }
        guard range.upperBound - digits <= Measures.longest else { return false }
        let word = key(digits..<range.upperBound)
        let unit = word.hasSuffix(".") ? String(word.dropLast()) : word
        guard !Measures.whole.contains(unit), Measures.units.contains(unit) else { return false }
        body(Word(start: range.lowerBound, end: digits))
        if unit.contains(".") {
            let stop = word == unit ? Word.Stop.none : .abbreviation
            body(Word(start: digits, end: range.upperBound, stop: stop))
        } else {
            body(Word(start: digits, end: digits + unit.utf8.count))
            if word != unit { body(Word(start: range.upperBound - 1, end: range.upperBound)) }
        }
        return true
    }

    // MARK: Bytes

    private static let marks: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")]
    private static let numeric: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":")]

    /// The text of a range in small letters with plain apostrophes, as the tables have it.
    private func key(_ range: Range<Int>) -> String {
        String(decoding: bytes[range].map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private func isCapital(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") < 26 }

    private func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    private func scalarCount(_ range: Range<Int>) -> Int {
        bytes[range].reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    }

    private func lastApostrophe(in range: Range<Int>) -> Range<Int>? {
        for index in range.reversed() {
            let length = lengthOfApostrophe(at: index)
            if length > 0 && index + length <= range.upperBound { return index..<index + length }
        }
        return nil
    }

    /// The bytes of ' ` ´ ’ ＇; 0 for anything else.
    private func lengthOfApostrophe(at index: Int) -> Int {
        switch bytes[index] {
        case UInt8(ascii: "'"), UInt8(ascii: "`"): 1
        case 0xC2: index + 1 < bytes.count && bytes[index + 1] == 0xB4 ? 2 : 0
        case 0xE2: index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x99 ? 3 : 0
        case 0xEF: index + 2 < bytes.count && bytes[index + 1] == 0xBC && bytes[index + 2] == 0x87 ? 3 : 0
        default: 0
        }
    }
}
