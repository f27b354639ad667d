import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Gives back the memory that is kept for tensors to come: for a process that has loaded what it needs.
public func releaseKeptMemory() { TensorMemory.releaseKept() }

/// Where tensors get their memory. Large blocks that a tensor gives back are kept for the next one of about that size:
/// a step of training frees and asks for the same blocks again, and fresh pages cost as much as the arithmetic on them.
enum TensorMemory {
    /// A block and the bytes that it really has.
    struct Block: @unchecked Sendable {
        let base: UnsafeMutableRawPointer
        let capacity: Int
        /// What the allocator gave and takes back.
        fileprivate let memory: UnsafeMutableRawPointer
    }

    /// What tensors without scalars hold.
    private static let empty: Block = {
        let base = UnsafeMutableRawPointer.allocate(byteCount: line, alignment: line)
        return Block(base: base, capacity: 0, memory: base)
    }()

    /// Bytes of a cache line.
    private static let line = 64

    /// Blocks from this size on are kept, up to `mostKept` bytes together; those of the size that nobody has asked for or given
    /// back for longest make room.
    private static let leastKept = 1 << 15
    private static let mostKept = 1 << 29

    /// Blocks from this size on ask for huge pages: fewer page faults, and streams that the processor reads ahead of.
    private static let leastHuge = 1 << 22
    private static let hugePage = 1 << 21

    private struct Kept: Sendable {
        var blocks: [Int: [Block]] = [:]
        var bytes = 0
        /// When blocks of a capacity were last taken or given back, by a clock that counts both.
        var used: [Int: Int] = [:]
        var clock = 0

        /// Keeps a block; the blocks that make room for it, or itself where it is larger than all that may be kept.
        mutating func keep(_ block: Block) -> [Block] {
            guard block.capacity <= mostKept else { return [block] }
            var dropped: [Block] = []
            while bytes + block.capacity > mostKept,
                let oldest = blocks.keys.min(by: { used[$0, default: 0] < used[$1, default: 0] })
            {
                if let last = blocks[oldest]?.popLast() {
                    bytes -= oldest
                    dropped.append(last)
                }
                if blocks[oldest]?.isEmpty ?? true {
                    blocks[oldest] = nil
                    used[oldest] = nil
                }
            }
            clock += 1
            used[block.capacity] = clock
            blocks[block.capacity, default: []].append(block)
            bytes += block.capacity
            return dropped
        }

        /// A block of a capacity or, so that batches of ever other sizes do not each leave blocks of their own behind, a larger
        /// one of up to twice as much.
        mutating func take(_ capacity: Int) -> Block? {
            var wanted = capacity
            while wanted <= 2 * capacity {
                if let block = blocks[wanted]?.popLast() {
                    bytes -= wanted
                    clock += 1
                    used[wanted] = clock
                    return block
                }
                wanted = TensorMemory.capacity(wanted + 1)
            }
            return nil
        }
    }

    private static let kept = Mutex(Kept())

    /// A block of at least `bytes`, aligned to a cache line; what it holds is unknown.
    static func allocate(_ bytes: Int) -> Block {
        if bytes == 0 { return empty }
        let capacity = capacity(bytes)
        if capacity >= leastKept {
            if let found = kept.withLock({ $0.take(capacity) }) { return found }
        }
        guard capacity >= leastHuge else {
            // The allocator keeps small blocks at hand for a thread, but none with an alignment that was asked for.
            let memory = UnsafeMutableRawPointer.allocate(
                byteCount: capacity + line, alignment: MemoryLayout<Double>.alignment)
            return Block(base: memory.alignedUp(toMultipleOf: line), capacity: capacity, memory: memory)
        }
        let base = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: hugePage)
        #if os(Linux)
            // Advice alone: where it is not taken, pages are small.
            _ = madvise(base, capacity, MADV_HUGEPAGE)
        #endif
        return Block(base: base, capacity: capacity, memory: base)
    }

    /// Takes a block back.
    static func release(_ block: Block) {
        if block.capacity == 0 { return }
        let dropped = block.capacity >= leastKept ? kept.withLock { $0.keep(block) } : [block]
        for block in dropped { block.memory.deallocate() }
    }

    /// Frees the blocks that are kept.
    static func releaseKept() {
        let blocks = kept.withLock { kept in
            defer { kept = Kept() }
            return kept.blocks.values.joined().map(\.memory)
        }
        for block in blocks { block.deallocate() }
    }

    /// Small sizes in cache lines; large ones in eighths of a power of two, so that sizes that differ little share blocks.
    fileprivate static func capacity(_ bytes: Int) -> Int {
        let lines = (bytes + line - 1) / line * line
        guard lines > leastKept else { return lines }
        let step = 1 << (Int.bitWidth - lines.leadingZeroBitCount - 4)
        return (lines + step - 1) / step * step
    }
}
