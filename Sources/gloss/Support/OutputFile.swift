import Foundation

/// What a command writes: to a file, complete or not at all, or to standard output.
enum OutputFile {
    /// Writes `text` to `path`, nil being standard output. Throws when the file cannot be written.
    static func write(_ text: String, to path: String?) throws {
        guard let path else { return Output.write(text) }
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            let code = (error as? CocoaError)?.code
            let isForbidden = code == .fileWriteNoPermission || code == .fileWriteVolumeReadOnly
            throw CommandError(
                isForbidden ? ExitStatus.notPermitted : ExitStatus.io,
                "\(path) cannot be written (\(Diagnostics.onOneLine(error.localizedDescription))); name another file")
        }
    }
}
