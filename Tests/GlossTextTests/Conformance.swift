import Foundation
import GlossTestSupport

/// Unicode's own test files, unpacked.
enum Conformance {
    /// The lines of a gzip file without comments and empty lines, numbered from 1. Empty if gzip cannot read it.
    static func lines(_ name: String) throws -> [(number: Int, text: String)] {
        let text = try SampleData.text("unicode/\(name).txt")
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            let content = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
            return content.isEmpty || content.hasPrefix("@") ? nil : (index + 1, content)
        }
    }

    /// The text of code points as these files write them: "0061 0308"; nil for a lone surrogate, which no text holds.
    static func text(_ codes: some StringProtocol) -> String? {
        var scalars = String.UnicodeScalarView()
        for code in codes.split(separator: " ") {
            guard let value = UInt32(code, radix: 16), let scalar = Unicode.Scalar(value) else { return nil }
            scalars.append(scalar)
        }
        return String(scalars)
    }

    /// A line of a break test: "÷ 0061 × 0308 ÷" → the text, and the bytes at which it may break, ends included.
    static func breaks(_ line: String) -> (text: String, places: [Int])? {
        var text = ""
        var places: [Int] = []
        for part in line.split(separator: " ") {
            switch part {
            case "÷": places.append(text.utf8.count)
            case "×": break
            default:
                guard let character = Self.text(part) else { return nil }
                text.unicodeScalars.append(contentsOf: character.unicodeScalars)
            }
        }
        return (text, places)
    }
}
