/// Stretches of text between empty lines.
package enum Paragraphs {
    /// The paragraphs of valid UTF-8 in order, without white space around them.
    package static func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start: Int?
        var index = 0, end = 0, breaks = 0
        while index < bytes.count {
            let blank = WhiteSpace.length(bytes, at: index)
            if blank > 0 {
                let isPair = bytes[index] == 0x0A && index > 0 && bytes[index - 1] == 0x0D
                if (bytes[index] == 0x0A || bytes[index] == 0x0D) && !isPair { breaks += 1 }
                index += blank
                continue
            }
            if let first = start, breaks > 1 {
                result.append(first..<end)
                start = nil
            }
            breaks = 0
            if start == nil { start = index }
            while index < bytes.count, WhiteSpace.length(bytes, at: index) == 0 { index += 1 }
            end = index
        }
        if let start { result.append(start..<end) }
        return result
    }

    /// A copy in which tabs and single line breaks are spaces, so that they change nothing; places stay.
    package static func joined(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        bytes.map { $0 >= 0x09 && $0 <= 0x0D ? 0x20 : $0 }
    }
}
