import Foundation

/// What a search has found out, to be kept so that nothing is tried twice.
public struct SearchRecord: Codable, Sendable, Equatable {
    /// A run that came to its end.
    package struct Finished: Codable, Sendable, Equatable {
        /// Which trial, at which step of the halving, with which part held out; from 0.
        package var trial, rung, fold: Int
        /// What it came to; nil where it diverged.
        package var evaluation: Evaluation?
        /// How long it took.
        package var seconds: Double
    }

    /// What must be equal for the search to go on.
    var fingerprint: String
    /// In the order in which they ended.
    package internal(set) var finished: [Finished] = []
    /// Seconds spent on a run that has not ended yet.
    var unfinished = 0.0

    /// A search that has not begun.
    package init(fingerprint: String) { self.fingerprint = fingerprint }

    /// Seconds spent in all.
    var seconds: Double { finished.reduce(unfinished) { $0 + $1.seconds } }

    /// Whether nothing has ended yet.
    public var isEmpty: Bool { finished.isEmpty }

    /// How many runs have ended.
    public var count: Int { finished.count }

    /// The record as bytes.
    public func encoded() throws -> Data { try JSONEncoder().encode(self) }

    /// The record of `encoded`'s bytes. Throws `TrainingError` when they are damaged.
    public init(decoding data: Data) throws(TrainingError) {
        guard let record = try? JSONDecoder().decode(SearchRecord.self, from: data) else { throw .damagedCheckpoint }
        self = record
    }
}
