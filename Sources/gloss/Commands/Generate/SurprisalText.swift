import Foundation
import GlossPipeline
import GlossText

/// How little a model expected the pieces of a text, ready to be printed.
struct SurprisalText {
    let text: String
    let pieces: [SurprisingPiece]

    /// Nats from which on a piece is shown as unexpected, and as very unexpected: one in 20, and one in 400.
    private static let unexpected: Float = 3, astonishing: Float = 6

    /// As JSON: each piece with its place in Unicode scalars and its surprisal in nats, and what they come to.
    var json: String {
        let offsets = OffsetConverter(text)
        let objects = pieces.map { piece in
            let place = offsets.range(ofBytes: piece.range, in: .scalars)
            return JSONText.object([
                ("text", JSONText.string(text.slice(piece.range))), ("start", String(place.lowerBound)),
                ("end", String(place.upperBound)), ("surprisal", JSONText.number(Double(piece.nats))),
            ])
        }
        let nats = pieces.reduce(0) { $0 + Double($1.nats) }
        return JSONText.object([
            ("text", JSONText.string(text)), ("tokens", JSONText.array(objects)), ("nats", JSONText.number(nats)),
            ("bits_per_byte", JSONText.number(nats / log(2) / Double(max(text.utf8.count, 1)))),
        ])
    }

    /// The text for a terminal: yellow pieces were not expected, red ones still less.
    var coloured: String {
        var result = "", at = 0
        for piece in pieces {
            result += text.slice(at..<piece.range.lowerBound)
            let word = text.slice(piece.range)
            let colour = piece.nats >= Self.astonishing ? "1;31" : piece.nats >= Self.unexpected ? "33" : nil
            result += colour.map { "\u{1B}[\($0)m\(word)\u{1B}[0m" } ?? word
            at = piece.range.upperBound
        }
        return result + text.slice(at..<text.utf8.count)
    }
}
