import GlossText

/// A piece of a text, and how little it was expected.
public struct SurprisingPiece: Sendable, Equatable {
    /// Its place, in UTF-8 bytes.
    public var range: Range<Int>
    /// -log p after what stands before it, in nats.
    public var nats: Float
}

extension Generator {
    /// How little each symbol of a text was expected. The pieces stand in order; those of byte pairs cover the text, each of
    /// whole characters, those of words leave its white space out but for line ends.
    ///
    /// Throws `TextError` for a text that cannot be tokenized.
    public func surprisal(of text: String) throws(TextError) -> [SurprisingPiece] {
        var sampling = Sampling()
        sampling.maximumTokens = 0
        var continuation = try Continuation(of: text, by: self, sampling, seed: 0, tellsPrompt: true)
        var read: [Continuation.ReadSymbol] = []
        while true {
            let step = continuation.advance()
            read += step.read
            if step.reason != nil { break }
        }
        switch codec {
        case .words:
            return zip(try wordRanges(of: text), read).map { SurprisingPiece(range: $0, nats: -$1.logProbability) }
        case .bytePairs:
            return pieces(of: read, in: text)
        }
    }

    /// The places of words and line ends, as the codec encodes them.
    private func wordRanges(of text: String) throws(TextError) -> [Range<Int>] {
        var ranges: [Range<Int>] = [], start = 0
        for line in text.lines {
            let content = line.withoutReturn
            for token in try tokenizer.tokens(in: String(content)) {
                ranges.append(start + token.range.lowerBound..<start + token.range.upperBound)
            }
            let end = start + content.utf8.count
            start += line.utf8.count + 1
            ranges.append(end..<start)
        }
        return ranges
    }

    /// Symbols one after the other; those that share a character are one piece.
    private func pieces(of symbols: [Continuation.ReadSymbol], in text: String) -> [SurprisingPiece] {
        let bytes = Array(text.utf8)
        var pieces: [SurprisingPiece] = [], start = 0, end = 0, nats: Float = 0
        for symbol in symbols {
            end += codec.bytes(of: symbol.symbol).count
            nats -= symbol.logProbability
            // A character goes on while its next byte is no first one.
            guard end >= bytes.count || bytes[end] & 0xC0 != 0x80 else { continue }
            pieces.append(SurprisingPiece(range: start..<end, nats: nats))
            (start, nats) = (end, 0)
        }
        return pieces
    }
}
