/// One word to be written as CoNLL-U, with the white space around it.
public struct CoNLLUToken: Sendable, Hashable {
    /// The form, exactly as it stands in the text.
    public var form: String
    /// The universal part of speech; nil is written as `_`.
    public var upos: String?
    /// The treebank's own part of speech; nil is written as `_`.
    public var xpos: String?
    /// The features (`Case=Nom|Number=Sing`); nil is written as `_`.
    public var feats: String?
    /// Where the form stands in the document, in Unicode scalars.
    public var range: Range<Int>?
    /// The white space before it, for the first word of a document; empty for any other.
    public var spacesBefore: String
    /// The white space after it, up to the next word.
    public var spacesAfter: String
    /// Further attributes of the MISC column, in their order: `NER` and `B-PER`, `P` and `0.97`.
    public var attributes: [Attribute]

    /// The written token, where this is the first word of one that stands for several.
    public var multiword: Multiword?

    /// A written token that stands for several words: spaces and place are its own, not its words'.
    public struct Multiword: Sendable, Hashable {
        /// The form, exactly as it stands in the text.
        public var form: String
        /// How many words it stands for.
        public var words: Int
        /// Where the form stands in the document, in Unicode scalars.
        public var range: Range<Int>?
        /// The white space before it, for the first of a document.
        public var spacesBefore: String
        /// The white space after it, up to the next token.
        public var spacesAfter: String

        /// A written token of `words` words.
        public init(
            form: String, words: Int, range: Range<Int>? = nil, spacesBefore: String = "", spacesAfter: String = " "
        ) {
            self.form = form
            self.words = words
            self.range = range
            self.spacesBefore = spacesBefore
            self.spacesAfter = spacesAfter
        }
    }

    /// One `name=value` of the MISC column.
    public struct Attribute: Sendable, Hashable {
        /// What stands before the equals sign.
        public var name: String
        /// The value, not yet escaped.
        public var value: String

        /// An attribute `name=value`.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A word; one space follows it unless `spacesAfter` says otherwise.
    public init(
        form: String, upos: String? = nil, xpos: String? = nil, feats: String? = nil, range: Range<Int>? = nil,
        spacesBefore: String = "", spacesAfter: String = " ", attributes: [Attribute] = []
    ) {
        self.form = form
        self.upos = upos
        self.xpos = xpos
        self.feats = feats
        self.range = range
        self.spacesBefore = spacesBefore
        self.spacesAfter = spacesAfter
        self.attributes = attributes
    }
}
