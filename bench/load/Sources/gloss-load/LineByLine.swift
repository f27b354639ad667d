import Foundation
import Glibc

/// `gloss classify --local --line-buffered` behind two pipes: what an answer takes in the command's own process.
struct LineByLine {
    private let command: Command

    init(_ command: Command) { self.command = command }

    /// Seconds from each text to its answer, the first hundred left out.
    func times(_ texts: [String]) throws -> [Double] {
        let process = Process(), input = Pipe(), output = Pipe()
        process.executableURL = URL(fileURLWithPath: command.path)
        process.arguments = ["classify", "--local", "--line-buffered"]
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": command.folder]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        defer {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
        let (writing, reading) = (input.fileHandleForWriting.fileDescriptor, output.fileHandleForReading.fileDescriptor)
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        var times: [Double] = []
        for text in texts {
            let line = Array((text + "\n").utf8), start = Clock.now
            guard line.withUnsafeBytes({ write(writing, $0.baseAddress, $0.count) }) == line.count else {
                throw Failure("the command reads no more")
            }
            var last: UInt8 = 0
            while last != 0x0A {
                let count = buffer.withUnsafeMutableBytes { read(reading, $0.baseAddress, $0.count) }
                guard count > 0 else { throw Failure("the command ended") }
                last = buffer[count - 1]
            }
            times.append(Clock.now - start)
        }
        return Array(times.dropFirst(100))
    }
}
