import Foundation
import GlossTraining
import Testing

struct SearchRecordTests {
    @Test func damagedBytesAreRefused() throws {
        let record = SearchRecord(fingerprint: "f")
        let bytes = try record.encoded()
        #expect(try SearchRecord(decoding: bytes) == record)
        #expect(throws: TrainingError.damagedCheckpoint) { try SearchRecord(decoding: bytes.dropLast()) }
    }
}
