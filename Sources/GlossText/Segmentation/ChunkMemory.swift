/// The words of short chunks that were met before, with their texts.
struct ChunkMemory {
    /// Longer chunks are segmented each time.
    private static let longestRemembered = 48
    /// With more chunks than this, the memory starts afresh.
    private static let maximumRemembered = 1 << 16

    private var chunks = SymbolTable(seed: UInt64.random(in: 0...UInt64.max))
    /// Where the words of each chunk start; one more entry holds the end of the last.
    private var firsts: [Int] = [0]
    private var words: [Word] = []
    private var texts: [String] = []

    /// Calls `body` with the words of a chunk that stands at a byte of the text; false if the chunk is not known.
    @inline(__always)
    func recall(_ chunk: UnsafeBufferPointer<UInt8>, at offset: Int, _ body: (Word) -> Void) -> Bool {
        guard chunk.count <= Self.longestRemembered, let index = chunks.index(of: chunk) else { return false }
        for word in words[firsts[index]..<firsts[index + 1]] { body(word.moved(by: offset)) }
        return true
    }

    /// Remembers the words of a chunk that is not known, if it is short, and notes in them where their texts are.
    mutating func learn(_ chunk: UnsafeBufferPointer<UInt8>, _ found: inout [Word], _ normalizer: Normalizer) {
        guard chunk.count <= Self.longestRemembered else { return }
        if chunks.count >= Self.maximumRemembered { forget() }
        _ = chunks.insert(chunk)
        for index in found.indices {
            let word = found[index]
            found[index].text = Int32(texts.count)
            texts.append(normalizer.normalized(UnsafeBufferPointer(rebasing: chunk[word.start..<word.end])))
        }
        words.append(contentsOf: found)
        firsts.append(words.count)
    }

    /// The text of a word that was recalled or learnt since `trim()`.
    func text(of word: Word) -> String? {
        word.text >= 0 ? texts[Int(word.text)] : nil
    }

    /// Lets texts go that a long text left behind; called between two texts.
    mutating func trim() {
        guard texts.count > 4 * Self.maximumRemembered else { return }
        forget()
        texts.removeAll()
    }

    /// Starts the memory afresh. The texts stay for words that were already found.
    private mutating func forget() {
        chunks = SymbolTable(seed: UInt64.random(in: 0...UInt64.max))
        firsts = [0]
        words.removeAll(keepingCapacity: true)
    }
}
