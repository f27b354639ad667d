/// Cuts words that are joined by full stops, hyphens, apostrophes and other marks: abbreviations keep their full stop,
/// contractions and most hyphenated words come apart.
struct CompoundSplitter {
    private let text: TextBytes
    private let figures: FigureSplitter
    private let isEnglish: Bool

    /// A splitter of a text.
    init(_ text: TextBytes, figures: FigureSplitter, isEnglish: Bool) {
        self.text = text
        self.figures = figures
        self.isEnglish = isEnglish
    }

    /// Cuts a compound and the sentence marks behind it, of which the first may be an abbreviation's full stop.
    func split(_ range: Range<Int>, marks: Range<Int>, _ body: (Word) -> Void) {
        let hasStop = marks.count == 1 || marks.count == 2
        guard hasStop, text[marks.lowerBound] == UInt8(ascii: ".") else {
            splitStops(range, isFollowedByStop: false, body)
            if !marks.isEmpty { body(Word(start: marks.lowerBound, end: marks.upperBound)) }
            return
        }
        let keepsStop = splitStops(range, isFollowedByStop: true, body)
        let rest = marks.lowerBound + (keepsStop ? 1 : 0)..<marks.upperBound
        if !rest.isEmpty { body(Word(start: rest.lowerBound, end: rest.upperBound)) }
    }

    // MARK: Full stops

    /// Cuts at full stops inside of a compound. Tells whether the last token took the full stop behind the range.
    @discardableResult
    private func splitStops(_ range: Range<Int>, isFollowedByStop: Bool, _ body: (Word) -> Void) -> Bool {
        // Behind a mark of direction a compound may start with its joint.
        if range.isEmpty { return false }
        let stops = text.indices(of: UInt8(ascii: "."), in: range).filter { !isDecimal($0, in: range) }
        if let stop = abbreviation(range, stops: stops, isFollowedByStop: isFollowedByStop) {
            body(Word(start: range.lowerBound, end: range.upperBound + (isFollowedByStop ? 1 : 0), stop: stop))
            return isFollowedByStop
        }
        guard let last = stops.last else {
            if text[range].allSatisfy(TextBytes.isPlainLetter) {
                splitWord(range, body)
            } else {
                splitAmpersands(range, body)
            }
            return false
        }
        if stops.count >= 2 || isName(endingAfter: last, before: range.upperBound) {
            body(Word(start: range.lowerBound, end: range.upperBound))
            return false
        }
        if !splitStops(range.lowerBound..<last, isFollowedByStop: true, body) { body(Word(start: last, end: last + 1)) }
        return splitStops(last + 1..<range.upperBound, isFollowedByStop: isFollowedByStop, body)
    }

    /// What the full stop at the end of an abbreviation is; nil if the range is no abbreviation.
    private func abbreviation(_ range: Range<Int>, stops: [Int], isFollowedByStop: Bool) -> Word.Stop? {
        guard isFollowedByStop || !stops.isEmpty, range.count <= Abbreviations.longest else { return nil }
        if isAcronym(range, stops: stops, isFollowedByStop: isFollowedByStop) {
            guard isFollowedByStop else { return Word.Stop.none }
            return stops.isEmpty ? .initial : .abbreviation
        }
        guard isEnglish else { return nil }
        let key = text.key(range)
        if Abbreviations.capitalized.contains(key), !TextBytes.isCapital(text[range.lowerBound]) { return nil }
        let stop: Word.Stop
        if Abbreviations.titles.contains(key) {
            stop = .title
        } else if Abbreviations.beforeNumbers.contains(key) {
            stop = .beforeNumber
        } else if Abbreviations.others.contains(key) {
            stop = .abbreviation
        } else {
            return nil
        }
        return isFollowedByStop ? stop : Word.Stop.none
    }

    /// Single letters with full stops between them: “U.S”, “p.m”; a single capital letter but “I” is an initial.
    private func isAcronym(_ range: Range<Int>, stops: [Int], isFollowedByStop: Bool) -> Bool {
        var start = range.lowerBound
        for end in stops + [range.upperBound] {
            let width = start < end ? UTF8.width(text.scalar(at: start)) : 0
            guard width == end - start, width > 0, TextBytes.isLetter(text[start]) else { return false }
            start = end + 1
        }
        if !stops.isEmpty { return true }
        return isFollowedByStop && range.count == 1 && TextBytes.isCapital(text[range.lowerBound])
            && text[range.lowerBound] != UInt8(ascii: "I")
    }

    /// Whether a domain's or a file's name ends with what stands behind its last full stop.
    private func isName(endingAfter stop: Int, before end: Int) -> Bool {
        let ending = stop + 1..<end
        guard ending.count <= 5 else { return false }
        let capitals = text[ending].filter(TextBytes.isCapital).count
        let isOneCase =
            capitals == 0 || capitals == ending.count || (capitals == 1 && TextBytes.isCapital(text[stop + 1]))
        return isOneCase && Names.endings.contains(text.key(ending))
    }

    private func isDecimal(_ index: Int, in range: Range<Int>) -> Bool {
        index > range.lowerBound && index + 1 < range.upperBound && TextBytes.isDigit(text[index - 1])
            && TextBytes.isDigit(text[index + 1])
    }

    // MARK: Ampersands and plus signs

    /// Keeps short names whole (“AT&T”, “P&L”) and cuts at all other ampersands and at plus signs.
    private func splitAmpersands(_ range: Range<Int>, _ body: (Word) -> Void) {
        let cuts = range.filter { text[$0] == UInt8(ascii: "&") || text[$0] == UInt8(ascii: "+") }
        let isName =
            cuts.count == 1 && text[cuts[0]] == UInt8(ascii: "&") && cuts[0] - range.lowerBound <= 3
            && range.upperBound - cuts[0] <= 3
        if isName { return body(Word(start: range.lowerBound, end: range.upperBound)) }
        var start = range.lowerBound
        for cut in cuts {
            splitHyphens(start..<cut, body)
            body(Word(start: cut, end: cut + 1))
            start = cut + 1
        }
        splitHyphens(start..<range.upperBound, body)
    }

    // MARK: Hyphens

    private func splitHyphens(_ range: Range<Int>, _ body: (Word) -> Void) {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        for index in range where text.lengthOfHyphen(at: index) > 0 {
            parts.append(start..<index)
            start = index + text.lengthOfHyphen(at: index)
        }
        parts.append(start..<range.upperBound)
        start = range.lowerBound
        for (part, next) in zip(parts, parts.dropFirst()) where !(isEnglish && joins(part, next)) {
            splitApostrophes(start..<part.upperBound, body)
            body(Word(start: part.upperBound, end: next.lowerBound))
            start = next.lowerBound
        }
        splitApostrophes(start..<range.upperBound, body)
    }

    /// Whether a hyphen joins a bound form to the rest; not in names: “Pan-Am” but “pan-African”.
    private func joins(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        if right.count <= Prefixes.longest, Prefixes.endings.contains(text.key(right)) { return true }
        guard left.count <= Prefixes.longest, Prefixes.all.contains(text.key(left)) else { return false }
        return left.count == 1
            || !(TextBytes.isCapital(text[left.lowerBound]) && TextBytes.isCapital(text[right.lowerBound]))
    }

    // MARK: Apostrophes

    /// Whether an apostrophe belongs to the word that it opens: “'s”, “'em”, “'90s”.
    func isOpening(_ range: Range<Int>, apostrophe: Int) -> Bool {
        let rest = range.lowerBound + apostrophe..<range.upperBound
        guard isEnglish, rest.count <= Contractions.longest else { return false }
        let word = text.key(rest)
        let isYear = word.utf8.count >= 2 && word.utf8.count <= 3 && word.utf8.prefix(2).allSatisfy(TextBytes.isDigit)
        return isYear || Contractions.openings.contains(word)
    }

    private func splitApostrophes(_ range: Range<Int>, _ body: (Word) -> Void) {
        if range.isEmpty { return }
        var cuts: [Int] = []
        var end = range.upperBound
        while isEnglish, let cut = lastCut(in: range.lowerBound..<end) {
            cuts.append(cut)
            end = cut
        }
        guard !cuts.isEmpty else { return splitWord(range, body) }
        var start = range.lowerBound
        for cut in cuts.reversed() {
            body(Word(start: start, end: cut))
            start = cut
        }
        body(Word(start: start, end: range.upperBound))
    }

    /// Where the last part of a contraction splits off: “do|n't”, “I|'d|'ve”, “y'|all”.
    private func lastCut(in range: Range<Int>) -> Int? {
        let tails = range.suffix(Contractions.longest).reversed()
        guard let apostrophe = tails.first(where: { text.lengthOfApostrophe(at: $0) > 0 }),
            apostrophe > range.lowerBound
        else { return nil }
        let tail = text.key(apostrophe + text.lengthOfApostrophe(at: apostrophe)..<range.upperBound)
        if tail == "t" {
            let start = apostrophe - 1
            return start > range.lowerBound && text[start] | 0x20 == UInt8(ascii: "n") ? start : nil
        }
        if tail == "all" { return apostrophe == range.lowerBound + 1 ? range.upperBound - 3 : nil }
        guard Contractions.clitics.contains(tail) else { return nil }
        // Decades and plurals of numbers stay whole: “1990's”.
        let isNumber = text[range.lowerBound..<apostrophe].reversed().allSatisfy(TextBytes.isDigit)
        return tail == "s" && isNumber ? nil : apostrophe
    }

    // MARK: Words

    private func splitWord(_ range: Range<Int>, _ body: (Word) -> Void) {
        if figures.splitMeasure(range, body) { return }
        guard isEnglish, range.count <= Contractions.longest, let lengths = Contractions.merged[text.key(range)] else {
            return body(Word(start: range.lowerBound, end: range.upperBound))
        }
        var start = range.lowerBound
        for length in lengths {
            body(Word(start: start, end: start + length))
            start += length
        }
    }
}
