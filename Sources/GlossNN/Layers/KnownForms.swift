import Synchronization

/// Features of words that were computed before, by their characters: texts repeat their words, and what a word's characters say
/// depends on nothing else. All copies of a module share them.
final class KnownForms: Sendable {
    /// Words that are kept; when there are more, all are forgotten and found again.
    static let capacity = 8192

    private struct Kept {
        var places: [[Int32]: Int] = [:]
        /// [capacity, features], of which the first rows are in use; no rows before the first word.
        var forms: Tensor

        mutating func insert(_ word: [Int32], _ form: UnsafePointer<Float>) {
            guard places[word] == nil else { return }
            if places.count == capacity { places.removeAll(keepingCapacity: true) }
            if forms.rows == 0 { forms = Tensor(uninitialized: [capacity, forms.columns]) }
            let place = places.count
            places[word] = place
            (forms.mutablePointer() + place * forms.columns).update(from: form, count: forms.columns)
        }
    }

    private let kept: Mutex<Kept>

    init(features: Int) { kept = Mutex(Kept(forms: Tensor(uninitialized: [0, features]))) }

    /// The features of words, [words, features]; `compute` is asked for those that are not known.
    func forms(_ words: [[Int32]], compute: ([[Int32]]) -> Tensor) -> Tensor {
        var missing: [Int] = []
        var y = kept.withLock { kept in
            let features = kept.forms.columns
            var y = Tensor(uninitialized: [words.count, features])
            let target = y.mutablePointer()
            for (row, word) in words.enumerated() {
                if let place = kept.places[word] {
                    (target + row * features).update(from: kept.forms.pointer + place * features, count: features)
                } else {
                    missing.append(row)
                }
            }
            return y
        }
        guard !missing.isEmpty else { return y }
        let computed = compute(missing.map { words[$0] })
        let target = y.mutablePointer(), features = y.columns
        for (index, row) in missing.enumerated() {
            (target + row * features).update(from: computed.pointer + index * features, count: features)
        }
        kept.withLock { kept in
            for (index, row) in missing.enumerated() {
                kept.insert(words[row], computed.pointer + index * computed.columns)
            }
        }
        return y
    }
}
