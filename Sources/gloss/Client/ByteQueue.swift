/// Bytes that come in at the end and go out at the start.
struct ByteQueue {
    private var bytes: [UInt8] = []
    private var start = 0

    var isEmpty: Bool { start == bytes.count }
    var count: Int { bytes.count - start }

    /// Adds bytes at the end.
    mutating func append(_ more: some Sequence<UInt8>) {
        if start > 0, start >= bytes.count / 2 { compact() }
        bytes.append(contentsOf: more)
    }

    /// Adds at most 64 KiB that `body` writes; gives what `body` says of their number.
    mutating func fill(_ body: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
        if start > 0, start >= bytes.count / 2 { compact() }
        let end = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: 1 << 16))
        let count = bytes.withUnsafeMutableBytes { body(UnsafeMutableRawBufferPointer(rebasing: $0[end...])) }
        bytes.removeLast((1 << 16) - max(count, 0))
        return count
    }

    /// Removes as many bytes from the start as `body` says it has taken.
    mutating func drain(_ body: (UnsafeRawBufferPointer) -> Int) {
        start += bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start...])) }
        if isEmpty { compact() }
    }

    /// Takes `count` bytes, or all where there are fewer.
    mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        let end = min(start + count, bytes.count)
        defer { start = end }
        return bytes[start..<end]
    }

    /// Takes the bytes up to the next line feed, without it and a carriage return before it; nil while there is none.
    mutating func takeLine() -> ArraySlice<UInt8>? {
        guard let end = bytes[start...].firstIndex(of: 0x0A) else { return nil }
        defer { start = end + 1 }
        let line = bytes[start..<end]
        return line.last == 0x0D ? line.dropLast() : line
    }

    private mutating func compact() {
        bytes.removeFirst(start)
        start = 0
    }
}
