import Dispatch
import Glibc
import Synchronization

/// Counts the symbols of lines on several threads while further lines are read.
///
/// Lines are collected into chunks and chunks into rounds of a fixed size; between two rounds rare symbols are forgotten
/// if there are too many. What is counted thus depends on the lines alone, whatever the number of threads.
package final class ParallelCounter {
    /// Counts the symbols of one line, its line end included.
    package typealias Count = @Sendable (UnsafeBufferPointer<UInt8>, inout SymbolCounts) throws -> Void

    private struct State: ~Copyable, Sendable {
        let counts = Mutex(SymbolCounts())
        let failure = Mutex<(any Error)?>(nil)
    }

    /// What the workers share; a class, since they outlive no call but the compiler cannot know.
    private final class Shared: Sendable {
        let state = State()
        let count: Count
        init(_ count: @escaping Count) { self.count = count }
    }

    private static let chunkBytes = 4 << 20
    private static let chunksOfRound = 8

    private let threads: Int
    private let maximumSymbols: Int
    private let shared: Shared
    private let group = DispatchGroup()
    private var chunk: [UInt8] = []
    private var round: [[UInt8]] = []

    /// A counter of nothing.
    ///
    /// At most `maximumSymbols` different ones are kept between two rounds of 32 MB: a bound on memory.
    package init(threads: Int, maximumSymbols: Int = 3 << 20, count: @escaping Count) {
        precondition(threads > 0, "\(threads) threads count nothing")
        self.threads = threads
        self.maximumSymbols = maximumSymbols
        shared = Shared(count)
    }

    /// Counts a line and the line end behind it. Throws what counting an earlier one threw.
    package func add(line: String) throws {
        var copy = line
        copy.withUTF8 { chunk.append(contentsOf: $0) }
        chunk.append(UInt8(ascii: "\n"))
        guard chunk.count >= Self.chunkBytes else { return }
        endChunk()
        if round.count == Self.chunksOfRound { try startRound() }
    }

    /// Everything that was counted. Throws what counting threw.
    package func finish() throws -> SymbolCounts {
        endChunk()
        try startRound()
        try endRound()
        return shared.state.counts.withLock { counts in
            let result = counts
            counts = SymbolCounts()
            return result
        }
    }

    private func endChunk() {
        guard !chunk.isEmpty else { return }
        round.append(chunk)
        chunk = []
        chunk.reserveCapacity(Self.chunkBytes + Self.chunkBytes / 16)
    }

    private func startRound() throws {
        try endRound()
        let chunks = round
        round = []
        let next = Counter()
        for _ in 0..<min(threads, chunks.count) {
            DispatchQueue.global().async(group: group) { [shared] in
                while let chunk = next.take(below: chunks.count) {
                    do {
                        let counts = try Self.count(chunks[chunk], shared.count)
                        shared.state.counts.withLock { $0.add(counts) }
                    } catch {
                        shared.state.failure.withLock { $0 = $0 ?? error }
                    }
                }
            }
        }
    }

    private func endRound() throws {
        group.wait()
        if let failure = shared.state.failure.withLock({ $0 }) { throw failure }
        shared.state.counts.withLock { $0.prune(to: maximumSymbols) }
    }

    /// The symbols of a chunk of whole lines.
    private static func count(_ chunk: [UInt8], _ count: Count) throws -> SymbolCounts {
        var counts = SymbolCounts()
        try chunk.withUnsafeBufferPointer { bytes in
            var start = 0
            while let base = bytes.baseAddress, start < bytes.count {
                let hit = memchr(base + start, 0x0A, bytes.count - start)
                let end = hit.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) + 1 } ?? bytes.count
                try count(UnsafeBufferPointer(rebasing: bytes[start..<end]), &counts)
                start = end
            }
        }
        return counts
    }

    /// Numbers for workers to take one after the other.
    private final class Counter: Sendable {
        private let next = Atomic(0)

        func take(below count: Int) -> Int? {
            let number = next.add(1, ordering: .relaxed).oldValue
            return number < count ? number : nil
        }
    }
}
