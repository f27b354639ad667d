private import CICU

/// A segment of a text: its UTF-8 bytes and the tag of the rule that made it.
package struct Segment: Hashable, Sendable {
    package var start: Int
    package var end: Int
    package var tag: Int32
}

/// One of ICU's break iterators. It holds a text's state, so it serves one call at a time; see `SegmenterPool`.
///
/// `@unchecked Sendable`: the pool hands each segmenter to one caller at a time.
package final class Segmenter: @unchecked Sendable {
    /// Which rules a segmenter follows.
    package enum Rules: Hashable, Sendable {
        /// UAX #29 words, with dictionaries for Thai, Lao, Khmer, Burmese, Chinese and Japanese.
        case words(language: String)
        /// UAX #29 sentences.
        case sentences(language: String)
        /// UAX #29 extended grapheme clusters.
        case graphemes(language: String)
        /// Rules of ours, in the notation of ICU's rule-based break iterators.
        case custom(String)
    }

    private static let batchSize = 256
    private let handle: OpaquePointer

    /// Opens a segmenter; throws `TextError.Kind.segmentation` if ICU cannot.
    package init(_ rules: Rules) throws(TextError) {
        var code: Int32 = 0
        var place: (line: Int32, column: Int32) = (0, 0)
        let opened: OpaquePointer?
        switch rules {
        case .words(let language): opened = cicu_open(CICU_WORD, language, &code)
        case .sentences(let language): opened = cicu_open(CICU_SENTENCE, language, &code)
        case .graphemes(let language): opened = cicu_open(CICU_GRAPHEME, language, &code)
        case .custom(let source):
            opened = cicu_open_rules(source, Int32(source.utf8.count), &place.line, &place.column, &code)
        }
        guard let opened else {
            throw Self.error("opening the rules", code, at: place.line > 0 ? .init(line: Int(place.line)) : nil)
        }
        handle = opened
    }

    private init(handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        cicu_close(handle)
    }

    /// A second segmenter with the same rules, without compiling them again.
    package func clone() throws(TextError) -> Segmenter {
        var code: Int32 = 0
        guard let copy = cicu_clone(handle, &code) else { throw Self.error("copying the rules", code) }
        return Segmenter(handle: copy)
    }

    /// Calls `body` with each segment of a text in order; together they cover it without gaps.
    package func forEachSegment(
        in bytes: UnsafeBufferPointer<UInt8>, _ body: (Segment) -> Void
    ) throws(TextError) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        guard bytes.count < Int(Int32.max) else {
            throw TextError(
                .textTooLong, "the text has \(bytes.count) bytes, the limit is \(Int32.max - 1)",
                remedy: "split it into smaller documents")
        }
        var code: Int32 = 0
        guard cicu_set_text(handle, base, Int64(bytes.count), &code) else {
            throw Self.error("reading the text", code)
        }
        withUnsafeTemporaryAllocation(of: cicu_span.self, capacity: Self.batchSize) { spans in
            while true {
                let count = Int(cicu_next(handle, spans.baseAddress, Int32(Self.batchSize)))
                if count == 0 { break }
                for span in spans[..<count] {
                    body(Segment(start: Int(span.start), end: Int(span.end), tag: span.status))
                }
            }
        }
    }

    private static func error(_ action: String, _ code: Int32, at place: TextError.Place? = nil) -> TextError {
        TextError(
            .segmentation, "\(action) failed with \(String(cString: cicu_error_name(code)))", at: place,
            remedy: "check that ICU \(String(cString: cicu_version())) and its data are installed whole")
    }
}
