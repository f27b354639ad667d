/// Whatever splits text into sentences and tokens: rules, or a model that has learned it from a treebank.
public protocol TextSplitter: Sendable {
    /// The sentences of a text with their tokens; a text without a token has none.
    ///
    /// Throws `TextError.Kind.textTooLong` for 2 GiB and more.
    func sentences(in text: String) throws(TextError) -> [Sentence]
}
