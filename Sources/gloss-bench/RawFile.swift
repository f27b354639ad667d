import Foundation

/// Numbers in the machine's own order, as NumPy's `tofile` writes and `fromfile` reads them.
enum RawFile {
    /// All numbers of a file. Throws when it cannot be read.
    static func read<Number>(_ path: String, of type: Number.Type) throws -> [Number] {
        try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes { Array($0.bindMemory(to: Number.self)) }
    }

    /// Writes numbers. Throws when the file cannot be written.
    static func write(_ numbers: [Float], to path: String) throws {
        try numbers.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: path)) }
    }
}
