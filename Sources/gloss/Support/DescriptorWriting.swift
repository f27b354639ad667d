#if canImport(Glibc)
    import Glibc
#endif

/// Writes whole texts to file descriptors (write(2)).
enum DescriptorWriting {
    /// Writes all of `text`, waiting where the descriptor does not block and its reader is slow; gives false, with `errno`, where it
    /// cannot be written.
    static func write(_ text: String, to descriptor: CInt) -> Bool {
        var copy = text
        return copy.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let base = rest.baseAddress, !rest.isEmpty {
                let count = Glibc.write(descriptor, base, rest.count)
                if count >= 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                } else if errno == EAGAIN {
                    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&entry, 1, -1)
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }
}
