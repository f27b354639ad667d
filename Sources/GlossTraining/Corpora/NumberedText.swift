/// One example for a numeric target: a text and its value (a rating, a score).
public struct NumberedText: Sendable, Hashable {
    /// The text, as it stands in the file.
    public var text: String
    /// The value to predict; finite.
    public var value: Float
    /// The line of the file it came from, counted from 1.
    public var line: Int

    /// An example from `line` of its file.
    public init(text: String, value: Float, line: Int) {
        self.text = text
        self.value = value
        self.line = line
    }
}
