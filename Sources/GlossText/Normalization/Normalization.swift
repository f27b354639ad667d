/// A Unicode normalization form (UAX #15).
public enum Normalization: String, Codable, Hashable, Sendable, CaseIterable {
    /// The text as it is.
    case none
    /// Canonical composition: one spelling for what looks the same.
    case nfc
    /// Compatibility composition: full-width letters, ligatures and the like become ordinary letters as well.
    case nfkc
}
