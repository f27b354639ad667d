#if canImport(Glibc)
    import Glibc
#endif

/// Standard output, buffered unless it is a terminal.
enum Output {
    /// Writes `text` as it is.
    static func write(_ text: String) {
        print(text, terminator: "")
    }

    /// Sends what is buffered. A reader that is gone ends the command quietly.
    static func flush() {
        fflush(nil)
    }

    /// Whether a person is reading.
    static var isTerminal: Bool { isatty(1) == 1 }
}
