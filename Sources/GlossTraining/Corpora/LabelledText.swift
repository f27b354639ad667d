/// One example for classification: a text and its label, or its labels.
public struct LabelledText: Sendable, Hashable {
    /// The text, as it stands in the file.
    public var text: String
    /// The labels: one, or several where an example may belong to several classes. Never empty, none twice.
    public var labels: [String]
    /// The line of the file it came from, counted from 1.
    public var line: Int
    /// The file it came from, as errors name it.
    public var file: String

    /// An example from `line` of `file`.
    public init(text: String, labels: [String], line: Int, file: String = "") {
        self.text = text
        self.labels = labels
        self.line = line
        self.file = file
    }

    /// Where it stands, as errors say it.
    var place: String { "\(file):\(line)" }
}
