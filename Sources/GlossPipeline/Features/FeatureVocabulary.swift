import Foundation
import GlossText

/// Which hashed features of candidates have a row of their own; each slot's others share one.
struct FeatureVocabulary: Codable, Sendable, Equatable {
    /// The hashes, most frequent first.
    private let known: [UInt32]
    /// Open addressing: a hash and its row behind each other; row 0 is free.
    private let places: [UInt32]

    /// The features that `each` names, of those seen `minimumCount` times the most frequent, `maximumSize` rows in all.
    init(minimumCount: Int, maximumSize: Int, each: (_ count: (UInt32) -> Void) throws -> Void) rethrows {
        var counts: [UInt32: Int] = [:]
        try each { counts[$0, default: 0] += 1 }
        let kept = counts.filter { $0.value >= minimumCount }
            .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
            .prefix(max(0, maximumSize - CandidateFeatures.count)).map(\.key)
        self.init(kept)
    }

    private init(_ known: [UInt32]) {
        self.known = known
        var places = [UInt32](repeating: 0, count: 2 << Int(log2(Double(max(known.count, 1) * 2)).rounded(.up)))
        for (index, hash) in known.enumerated() {
            var place = Int(hash) * 2 & (places.count - 1)
            while places[place + 1] != 0 { place = (place + 2) & (places.count - 1) }
            places[place] = hash
            places[place + 1] = UInt32(index + CandidateFeatures.count)
        }
        self.places = places
    }

    /// Rows of the table: one a slot for what is unknown, one a known feature.
    var count: Int { known.count + CandidateFeatures.count }

    /// The row of a slot's feature.
    @inline(__always)
    func row(_ hash: UInt32, slot: Int) -> Int32 {
        places.withUnsafeBufferPointer { places in
            var place = Int(hash) * 2 & (places.count - 1)
            while places[place + 1] != 0 {
                if places[place] == hash { return Int32(places[place + 1]) }
                place = (place + 2) & (places.count - 1)
            }
            return Int32(slot)
        }
    }

    /// Reads the hashes, four little-endian bytes each.
    init(from decoder: any Decoder) throws {
        let data = try decoder.singleValueContainer().decode(Data.self)
        self.init(
            stride(from: data.startIndex, to: data.endIndex - 3, by: 4).map { at in
                (0..<4).reduce(0) { $0 | UInt32(data[at + $1]) << (8 * $1) }
            })
    }

    /// Writes the hashes, four little-endian bytes each.
    func encode(to encoder: any Swift.Encoder) throws {
        var container = encoder.singleValueContainer()
        let bytes = known.flatMap { hash in (0..<4).map { UInt8(truncatingIfNeeded: hash >> (8 * $0)) } }
        try container.encode(Data(bytes))
    }
}
