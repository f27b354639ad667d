/// How numbers with hyphens and slashes look that are one token: telephone numbers, postal codes, dates.
///
/// Three groups with twice the same mark between them are one token whatever their lengths.
enum FigureShapes {
    /// The longest shape in bytes, with room for three groups of a long number.
    static let longest = 24

    /// The shapes, with 9 for every digit.
    static let all: Set<String> = [
        "999-9999", "9999-9999", "99999-9999", "9-999-999-9999", "999/999-9999", "999-999.9999", "99-999-999-9999",
        "9/99", "99/99", "99999-9", "999-999-999-9999",
    ]
}
