/// Which sequences are computed together.
public enum Batching {
    /// Indices of sequences of similar length, longest first, in batches of at most `tokens` (or one sequence).
    public static func batches(lengths: [Int], tokens: Int) -> [[Int]] {
        let order = lengths.indices.sorted { lengths[$0] != lengths[$1] ? lengths[$0] > lengths[$1] : $0 < $1 }
        var result: [[Int]] = []
        var sum = 0
        for index in order {
            if result.isEmpty || sum + lengths[index] > tokens {
                result.append([])
                sum = 0
            }
            result[result.count - 1].append(index)
            sum += lengths[index]
        }
        return result
    }
}
