/// Byte-pair encoding over bytes or characters: which symbols a piece starts from, and which of them are merged.
struct PairModel: Sendable {
    /// What a merge joins and makes.
    struct Merge: Sendable, Equatable {
        var left: Int32
        var right: Int32
        var result: Int32
    }

    /// The merges, first to last.
    let merges: [Merge]
    /// Whether pieces start from bytes; else from characters.
    let isByteLevel: Bool
    /// Stands for characters that are no symbol; nil: they get lost.
    let unknown: Int32?
    /// Whether several unknown characters in a row are one symbol.
    let fusesUnknown: Bool
    /// The symbols of the 256 bytes: what pieces start from, or what stands for characters that are no symbol.
    let bytes: [Int32]?
    /// Whether a piece that is a symbol is taken as it is, without merging.
    let takesWholePieces: Bool
    /// What the file writes before a character that does not start a piece, and behind one that ends it.
    let prefix, suffix: String
    private let pairs: PairMerges

    init(
        merges: [Merge], isByteLevel: Bool, unknown: Int32? = nil, fusesUnknown: Bool = false, bytes: [Int32]?,
        takesWholePieces: Bool = false, prefix: String = "", suffix: String = ""
    ) {
        self.merges = merges
        self.isByteLevel = isByteLevel
        self.unknown = unknown
        self.fusesUnknown = fusesUnknown
        self.bytes = bytes
        self.takesWholePieces = takesWholePieces
        self.prefix = prefix
        self.suffix = suffix
        var pairs = PairMerges(capacity: merges.count)
        for merge in merges { _ = pairs.append(merge.left, merge.right, becomes: merge.result) }
        self.pairs = pairs
    }

    /// Appends the ids of a piece of valid UTF-8, whose symbols are in `table`.
    func encode(_ piece: UnsafeBufferPointer<UInt8>, table: SymbolTable, into ids: inout [Int32]) {
        if takesWholePieces, let id = table.index(of: piece) { return ids.append(Int32(id)) }
        let start = ids.count
        if isByteLevel, let bytes {
            for byte in piece where bytes[Int(byte)] >= 0 { ids.append(bytes[Int(byte)]) }
        } else {
            appendCharacters(of: piece, table: table, to: &ids)
        }
        pairs.merge(&ids, from: start)
    }

    private func appendCharacters(
        of piece: UnsafeBufferPointer<UInt8>, table: SymbolTable, to ids: inout [Int32]
    ) {
        var isAfterUnknown = false
        var start = 0
        while start < piece.count {
            let end = start + UnigramModel.length(ofScalar: piece[start])
            let scalar = UnsafeBufferPointer(rebasing: piece[start..<end])
            if let id = index(of: scalar, isFirst: start == 0, isLast: end == piece.count, in: table) {
                ids.append(id)
                isAfterUnknown = false
            } else if let bytes {
                ids.append(contentsOf: scalar.map { bytes[Int($0)] })
                isAfterUnknown = false
            } else if let unknown, !(isAfterUnknown && fusesUnknown) {
                ids.append(unknown)
                isAfterUnknown = true
            }
            start = end
        }
    }

    private func index(
        of scalar: UnsafeBufferPointer<UInt8>, isFirst: Bool, isLast: Bool, in table: SymbolTable
    ) -> Int32? {
        if (isFirst || prefix.isEmpty) && (!isLast || suffix.isEmpty) { return table.index(of: scalar).map(Int32.init) }
        let spelling = (isFirst ? [] : Array(prefix.utf8)) + scalar + (isLast ? Array(suffix.utf8) : [])
        return spelling.withUnsafeBufferPointer { table.index(of: $0) }.map(Int32.init)
    }
}
