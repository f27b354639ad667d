#if canImport(Glibc)
    import Glibc
#endif

/// Standard output, unbuffered: callers hand over whole chunks.
enum Output {
    /// Writes `text` as it is; ends the command with the status of an I/O error when it cannot be written.
    static func write(_ text: String) {
        guard !DescriptorWriting.write(text, to: STDOUT_FILENO) else { return }
        Diagnostics.fail(
            CommandError(
                ExitStatus.io,
                "standard output cannot be written (\(String(cString: strerror(errno)))); make room or choose another place"
            ))
    }

    /// Whether a person is reading.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}
