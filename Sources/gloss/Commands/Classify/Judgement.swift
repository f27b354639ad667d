import GlossServer
import GlossTraining

/// What a model says of one text, ready to be printed.
struct Judgement: Sendable {
    /// The columns before the text: label and probability, or a number.
    let columns: [String]
    /// The same as keys and values of JSON.
    private(set) var fields: [(key: String, value: String)]
    /// What the words did, where that was asked for.
    private(set) var words: ExplainedWords?

    /// A class. `probabilities` are those of every label, in the model's order.
    init(label: String, probability: Float, probabilities: [(label: String, value: Float)], isMultiLabel: Bool) {
        columns = [label, rounded(Double(probability), 4)]
        var fields = [
            (key: "label", value: JSONText.string(label)),
            (key: "probability", value: JSONText.number(Double(probability))),
        ]
        if isMultiLabel {
            let held = probabilities.filter { $0.value >= 0.5 }.map { JSONText.string($0.label) }
            fields.append(("labels", JSONText.array(held)))
        }
        let all = probabilities.map { (key: $0.label, value: JSONText.number(Double($0.value))) }
        fields.append(("probabilities", JSONText.object(all)))
        self.fields = fields
    }

    /// A number.
    init(value: Float) {
        columns = [rounded(Double(value), 4)]
        fields = [("value", JSONText.number(Double(value)))]
    }

    /// The same with what the words did.
    func explained(by words: ExplainedWords) -> Judgement {
        var copy = self
        copy.words = words
        copy.fields.append(("explanation", words.json))
        return copy
    }

    /// What a daemon answered; nil when that is no judgement.
    init?(_ answer: JSONValue) {
        if let value = answer["value"]?.float {
            self.init(value: value)
            return
        }
        guard let label = answer["label"]?.string, let probability = answer["probability"]?.float,
            let fields = answer["probabilities"]?.fields
        else { return nil }
        let probabilities = fields.compactMap { field in field.value.float.map { (label: field.key, value: $0) } }
        guard probabilities.count == fields.count else { return nil }
        self.init(
            label: label, probability: probability, probabilities: probabilities, isMultiLabel: answer["labels"] != nil)
        if let words = ExplainedWords(answer["explanation"]) { self = explained(by: words) }
    }
}
