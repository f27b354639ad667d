import Foundation

/// Small compressed files, each with the command that made it.
enum CompressedSamples {
    /// printf 'one\ntwo\n' | gzip -9n | base64 (gzip 1.12)
    static let gzip = decoded("H4sIAAAAAAACA8vPS+UqKc/nAgDmC7oSCAAAAA==")

    /// printf 'one\ntwo\n' | xz -9 | base64 (XZ Utils 5.4.1)
    static let xz = decoded("/Td6WFoAAATm1rRGAgAhARwAAAAQz1jMAQAHb25lCnR3bwoAUauer1d1cEkAASAIuxnZux+2830BAAAAAARZWg==")

    /// yes line | head -c 1000000 | xz -9e | base64 (XZ Utils 5.4.1): 200,000 lines, more than one buffer.
    static let longXZ = decoded(
        "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM70I/ANhdADYaSh8HtRFpFs9VPF+aS+tMskiNqTT9wjntEmBfQ3Rl56Y9KrzOFZAdnZZ1"
            + "1fSZi8wdo+rKez65ZdqiJCuI9EyQnYSgBSSjm/bgEzA553jyIXy96QionDkaDdtwxcBa1Qj5x9qt/PtSK3TNHlsgQvndUz34KWQJ"
            + "O4DLKmzftTvwxL0uX6oPPktmQpATDv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVT+PWRNjEFpbDub8FwTUcM0ZER"
            + "qq1gHbrOsScYXFmG6WZSWL7e94yqAACOJllioQXBvQAB9AHAhD0AhrOvirHEZ/sCAAAAAARZWg==")

    private static func decoded(_ base64: String) -> [UInt8] { Data(base64Encoded: base64).map(Array.init) ?? [] }
}
