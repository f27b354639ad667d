import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// What a command writes: to a file, complete or not at all, to a device or pipe as it comes, or to standard output.
enum OutputFile {
    /// Writes `text` to `path`, nil being standard output. A file keeps its mode, and a link its name. Throws `CommandError` when it
    /// cannot be written.
    static func write(_ text: String, to path: String?) throws {
        guard let path else { return Output.write(text) }
        var status = stat()
        guard stat(path, &status) == 0 else { return try replace(path, by: text, mode: nil) }
        guard status.st_mode & S_IFMT == S_IFREG else { return try append(text, to: path) }
        guard access(path, W_OK) == 0, let real = realpath(path, nil) else { throw failure(path) }
        defer { free(real) }
        try replace(String(cString: real), by: text, mode: status.st_mode & 0o7777)
    }

    /// Puts a file into the place of what is there, if anything is.
    private static func replace(_ path: String, by text: String, mode: mode_t?) throws {
        let draft = path + ".XXXXXX"
        var name = Array(draft.utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw failure(path) }
        let mask = umask(0)
        umask(mask)
        let isWritten =
            DescriptorWriting.write(text, to: descriptor) && fchmod(descriptor, mode ?? 0o666 & ~mask) == 0
            && fsync(descriptor) == 0 && rename(name, path) == 0
        let reason = errno
        close(descriptor)
        guard !isWritten else { return }
        unlink(name)
        errno = reason
        throw failure(path)
    }

    private static func append(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY)
        guard descriptor >= 0 else { throw failure(path) }
        let isWritten = DescriptorWriting.write(text, to: descriptor)
        let reason = errno
        close(descriptor)
        errno = reason
        if !isWritten { throw failure(path) }
    }

    private static func failure(_ path: String) -> CommandError {
        let code = errno
        let isForbidden = code == EACCES || code == EPERM || code == EROFS
        return CommandError(
            isForbidden ? ExitStatus.notPermitted : ExitStatus.io,
            "\(path) cannot be written (\(String(cString: strerror(code)))); name another file")
    }
}
