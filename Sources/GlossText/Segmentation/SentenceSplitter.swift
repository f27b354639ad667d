/// Finds where sentences end between words, by marks, capitals, abbreviations and line breaks.
struct SentenceSplitter {
    /// A line that is at least this long, in bytes, and ends without a mark goes on in the next line.
    static let wrappedLineLength = 50

    private let bytes: TextBytes

    /// A splitter of valid UTF-8 bytes.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = TextBytes(bytes)
    }

    /// The indices in `words` at which sentences start.
    ///
    /// The full stop of an abbreviation at a sentence's end becomes a token of its own: “at 5 p.m” + “.”.
    func starts(in words: inout [Word]) -> [Int] {
        var result: [Int] = []
        var detached: [Int] = []
        var last: Ending?
        var lineStart = 0
        for index in words.indices {
            let word = words[index]
            let gap = index == 0 ? 0..<0 : words[index - 1].end..<word.start
            let lines = index == 0 ? LineBreaks(count: 0, end: 0) : lineBreaks(in: gap)
            let begins =
                index == 0 || lines.count > 1
                || (lines.count == 1 && endsLine(words[index - 1], from: lineStart, ending: last, before: word))
                || isRule(word) && !gap.isEmpty && !isRule(words[index - 1])
                || (last.map { ends($0, after: words[index - 1], before: words[index...].prefix(2)) } ?? false)
            if lines.count > 0 { lineStart = lines.end }
            if begins {
                if index > 0, words[index - 1].stop != .none { detached.append(index - 1) }
                result.append(index + detached.count)
                last = nil
            }
            let context = words[max(0, index - 2)...index]
            if isLabel(context.suffix(2), opens: (result.last ?? 0) == index - 1 + detached.count) {
                last = nil
            } else if isStamp(context) {
                last = .stamp
            } else {
                last = ending(at: word, previous: last, gapIsEmpty: gap.isEmpty)
            }
        }
        if let word = words.last, word.stop != .none { detached.append(words.count - 1) }
        detachStops(at: detached, in: &words)
        return result
    }

    private func detachStops(at indices: [Int], in words: inout [Word]) {
        guard !indices.isEmpty else { return }
        var result: [Word] = []
        result.reserveCapacity(words.count + indices.count)
        var next = indices[...]
        for (index, word) in words.enumerated() {
            guard next.first == index else {
                result.append(word)
                continue
            }
            next = next.dropFirst()
            result.append(Word(start: word.start, end: word.end - 1))
            result.append(Word(start: word.end - 1, end: word.end))
        }
        words = result
    }

    // MARK: Marks

    /// What may have ended the sentence.
    private enum Ending {
        /// A full stop, or one at the end of an abbreviation.
        case stop(Word.Stop)
        /// An exclamation mark, a question mark or both.
        case mark
        /// Three full stops, or a longer row.
        case ellipsis
        /// A face of marks: “:-)”.
        case face
        /// The address of a page.
        case address
        /// A row of lines, stars or the like.
        case rule
        /// A date and a time, as they stand above a message.
        case stamp
        /// A mark of a script that needs no space behind it.
        case wide
    }

    /// The ending that stands at a word, or that goes on through a closing quotation mark, bracket or face behind it.
    private func ending(at word: Word, previous: Ending?, gapIsEmpty: Bool) -> Ending? {
        if word.stop != .none { return .stop(word.stop) }
        let text = bytes[word.start..<word.end]
        if isRule(word) { return .rule }
        switch bytes[word.start] {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
            if text.contains(where: { $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "?") }) { return .mark }
            guard text.allSatisfy({ $0 == UInt8(ascii: ".") }) else { return nil }
            return text.count == 1 ? .stop(.none) : .ellipsis
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "\""), UInt8(ascii: "'"):
            return gapIsEmpty ? previous : nil
        case UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="):
            return text.count > 1 && bytes[word.start] != bytes[word.start + 1] ? .face : nil
        case UInt8(ascii: "h") where text.starts(with: "http".utf8),
            UInt8(ascii: "w") where text.starts(with: "www.".utf8):
            return text.count > 8 ? .address : nil
        case 0x80...:
            let scalar = bytes.scalar(at: word.start)
            if Self.wideMarks.contains(scalar) { return .wide }
            if scalar == "\u{2026}" { return .ellipsis }
            return gapIsEmpty && Self.closing.contains(scalar) ? previous : nil
        default:
            return nil
        }
    }

    private static let wideMarks: Set<Unicode.Scalar> = [
        "\u{3002}", "\u{FF01}", "\u{FF1F}", "\u{FF61}", "\u{0964}", "\u{0965}", "\u{061F}", "\u{06D4}", "\u{1362}",
        "\u{17D4}", "\u{17D5}", "\u{104B}", "\u{203C}", "\u{2047}", "\u{2048}", "\u{2049}", "\u{0589}",
    ]
    private static let closing: Set<Unicode.Scalar> = [
        "\u{2019}", "\u{201D}", "\u{00BB}", "\u{300D}", "\u{300F}", "\u{FF09}", "\u{3011}", "\u{203A}", "\u{201C}",
    ]

    // MARK: What follows

    private func ends(_ ending: Ending, after previous: Word, before next: ArraySlice<Word>) -> Bool {
        guard let word = next.first else { return false }
        let isApart = previous.end < word.start
        if !isApart && isClosing(word) || isFace(word) { return false }
        let start = beginning(of: word, next.dropFirst().first)
        switch ending {
        case .face, .address:
            return isApart && start == .capital
        case .wide:
            return true
        case .rule:
            return isApart
        case .stamp:
            return isApart && start == .capital
        case .mark:
            return isApart ? start != .mark && (start != .small || isMark(previous)) : start == .capital
        case .ellipsis:
            return isApart && start == .capital
        case .stop(.none):
            return isApart
                ? start != .mark && (start != .small || isMark(previous)) : start == .capital && isMark(previous)
        case .stop(.title):
            return false
        case .stop(.beforeNumber):
            return isApart && start == .capital
        case .stop(.initial):
            return isApart && start == .capital && startsSentences(word)
        case .stop(.abbreviation):
            return isApart && start == .capital && (startsSentences(word) || endsLists(previous))
        }
    }

    /// How the text after an ending begins.
    private enum Beginning {
        case capital, small, digit, opening, mark, other
    }

    private func beginning(of word: Word, _ following: Word?) -> Beginning {
        let scalar = bytes.scalar(at: word.start)
        switch scalar {
        case "A"..."Z": return .capital
        case "a"..."z": return .small
        case "0"..."9": return .digit
        case "\"", "'", "(", "[", "\u{201C}", "\u{2018}", "\u{00AB}", "\u{201E}", "`":
            guard let following, following.start == word.end else { return .opening }
            let inner = beginning(of: following, nil)
            return inner == .small ? .small : .opening
        case ",", ";", ":", ")", "]", ".", "!", "?": return word.end - word.start == 1 ? .mark : .other
        default:
            if scalar.properties.isLowercase { return .small }
            return scalar.properties.isUppercase ? .capital : .other
        }
    }

    private func isClosing(_ word: Word) -> Bool {
        switch bytes[word.start] {
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        case ..<0x80: false
        default: Self.closing.contains(bytes.scalar(at: word.start))
        }
    }

    /// A row of at least three equal lines, stars or the like.
    private func isRule(_ word: Word) -> Bool {
        let first = bytes[word.start]
        return word.end - word.start >= 3 && Self.lines.contains(first)
            && bytes[word.start..<word.end].allSatisfy { $0 == first }
    }

    /// “11/28/2000 04:15 PM”.
    private func isStamp(_ words: ArraySlice<Word>) -> Bool {
        guard words.count == 3, let date = words.first, let half = words.last, half.end - half.start == 2,
            bytes[half.start + 1] | 0x20 == UInt8(ascii: "m"), [0x61, 0x70].contains(bytes[half.start] | 0x20)
        else { return false }
        let time = words[words.startIndex + 1]
        return bytes[date.start..<date.end].filter { $0 == UInt8(ascii: "/") }.count == 2
            && bytes[time.start..<time.end].contains(UInt8(ascii: ":"))
    }

    /// The number or letter of an item and its full stop, where they open a sentence: “1. First”.
    private func isLabel(_ words: ArraySlice<Word>, opens: Bool) -> Bool {
        guard opens, words.count == 2, let label = words.first, let stop = words.last, stop.end - stop.start == 1,
            bytes[stop.start] == UInt8(ascii: "."), label.end == stop.start
        else { return false }
        let text = bytes[label.start..<label.end]
        return text.count == 1 || (text.count <= 3 && text.allSatisfy(TextBytes.isDigit))
    }

    private func isMark(_ word: Word) -> Bool {
        TextBytes.isMark(bytes[word.end - 1])
    }

    private func isFace(_ word: Word) -> Bool {
        word.end - word.start > 1 && Self.eyes.contains(bytes[word.start]) && bytes[word.start] != bytes[word.start + 1]
    }

    private static let lines: [UInt8] = Array("-=*~#+".utf8)
    private static let eyes: [UInt8] = [UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "=")]

    private func endsLists(_ word: Word) -> Bool {
        bytes[word.start..<word.end].map { $0 | 0x20 }.starts(with: "etc".utf8)
    }

    private func startsSentences(_ word: Word) -> Bool {
        SentenceStarters.all.contains(
            String(
                decoding: bytes[word.start..<word.end].map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 },
                as: UTF8.self))
    }

    // MARK: Lines

    private struct LineBreaks {
        var count: Int
        /// The byte behind the last.
        var end: Int
    }

    private func lineBreaks(in gap: Range<Int>) -> LineBreaks {
        var breaks = LineBreaks(count: 0, end: gap.lowerBound)
        for index in gap where bytes[index] == 0x0A || bytes[index] == 0x0D {
            if bytes[index] == 0x0A && index > gap.lowerBound && bytes[index - 1] == 0x0D {
                breaks.end = index + 1
                continue
            }
            breaks.count += 1
            breaks.end = index + 1
        }
        return breaks
    }

    /// Whether a single line break ends a sentence: not in the middle of text that was wrapped to lines.
    private func endsLine(_ previous: Word, from lineStart: Int, ending: Ending?, before word: Word) -> Bool {
        if let ending {
            switch ending {
            case .stop(.title), .stop(.beforeNumber), .stop(.initial), .stop(.abbreviation): break
            default: return true
            }
        }
        if beginning(of: word, nil) == .small { return false }
        return previous.end - lineStart < Self.wrappedLineLength
    }
}
