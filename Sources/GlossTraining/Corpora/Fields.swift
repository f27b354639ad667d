/// Cuts a line into fields at an ASCII byte.
///
/// By bytes, because a separator before a combining mark is still one; cutting by `Character` would miss it, and is
/// slower.
package enum Fields {
    /// The fields of `line`; runs of separators count as one only where `omitsEmpty` says so.
    package static func split(_ line: some StringProtocol, at separator: Unicode.Scalar, omitsEmpty: Bool = false)
        -> [Substring]
    {
        Substring(line).utf8.split(separator: UInt8(ascii: separator), omittingEmptySubsequences: omitsEmpty)
            .map { Substring($0) }
    }
}
