/// What a model is for.
public enum Task: String, Codable, Sendable, CaseIterable {
    /// A text belongs to one class, or to several.
    case classify
    /// A text has a number.
    case number
    /// Each token of a sentence has a tag in one or several columns.
    case tag
    /// A text is continued.
    case generate
    /// Text is cut into sentences, tokens and words.
    case tokenize
    /// Words are predicted from what stands before and behind them, for other models to start from.
    case pretrain
    /// Words have vectors, which other models may start from.
    case vectors
}
