import Foundation
import GlossTraining
import Testing

/// A file that holds given bytes and is removed with this value.
final class TemporaryFile {
    let path: String

    init(_ bytes: some Sequence<UInt8>, suffix: String = "") throws {
        path = FileManager.default.temporaryDirectory.path + "/gloss-test-\(UUID().uuidString)\(suffix)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    convenience init(_ text: String, suffix: String = "") throws {
        try self.init(Array(text.utf8), suffix: suffix)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

extension [LabelledText] {
    /// The same without the name of their file, which is this one's.
    func from(_ file: TemporaryFile) -> [LabelledText] {
        map { example in
            #expect(example.file == file.path)
            return LabelledText(text: example.text, labels: example.labels, line: example.line)
        }
    }
}
