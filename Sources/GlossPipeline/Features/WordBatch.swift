import GlossNN

/// Sequences laid out for the network.
public struct WordBatch: Sendable {
    /// Where each sequence's steps stand.
    public let layout: SequenceLayout
    /// [rows]: word ids.
    let ids: [Int32]
    /// Characters of each distinct word, and [rows] which of them a row has; empty where characters are not read.
    let characters: [[Int32]]
    let wordIndex: [Int32]
    /// [columns][rows]: ids of further input columns.
    let columns: [[Int32]]
    let unknown: Int32

    /// Lays out `sequences`, each with at least one word, for inference on so many threads.
    public init(_ sequences: [WordSequence], _ lexicon: Lexicon, threads: Int = 1) {
        // It wakes while the words are looked up.
        if threads > 1 { SpareThread.shared.prepare() }
        let layout = SequenceLayout(lengths: sequences.map(\.count), threads: threads)
        self.layout = layout
        ids = layout.packed(sequences.map(\.ids))
        unknown = lexicon.words.unknownID ?? 0
        columns = lexicon.columns.indices.map { column in layout.packed(sequences.map { $0.columns[column] }) }
        var indices: [String: Int32] = [:]
        var distinct: [[Int32]] = [], spellings: [String] = []
        if lexicon.characters != nil {
            let rows = sequences.map { sequence in
                sequence.words.map { word in
                    // Strings are equal where their characters are; their scalars may differ, and are what is read.
                    if let index = indices[word], spellings[Int(index)].utf8.elementsEqual(word.utf8) { return index }
                    let index = Int32(distinct.count)
                    indices[word] = index
                    spellings.append(word)
                    distinct.append(lexicon.characterIDs(word))
                    return index
                }
            }
            wordIndex = layout.packed(rows)
        } else {
            wordIndex = []
        }
        characters = distinct
    }
}
