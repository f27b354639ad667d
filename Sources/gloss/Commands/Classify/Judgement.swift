import GlossServer
import GlossTraining

/// What a model says of one text.
enum Judgement: Sendable {
    /// A class; `probabilities` are those of every label, in the model's order.
    case label(String, probability: Float, probabilities: [(label: String, value: Float)], isMultiLabel: Bool)
    /// A number.
    case number(Float)

    /// What a daemon answered; nil when that is no judgement.
    init?(_ answer: JSONValue) {
        if let value = answer["value"]?.float {
            self = .number(value)
            return
        }
        guard let label = answer["label"]?.string, let probability = answer["probability"]?.float,
            let fields = answer["probabilities"]?.fields
        else { return nil }
        let probabilities = fields.compactMap { field in field.value.float.map { (label: field.key, value: $0) } }
        guard probabilities.count == fields.count else { return nil }
        self = .label(
            label, probability: probability, probabilities: probabilities, isMultiLabel: answer["labels"] != nil)
    }

    /// The columns before the text in a table: label and probability, or a number.
    var columns: [String] {
        switch self {
        case .label(let label, let probability, _, _): [label, rounded(Double(probability), 4)]
        case .number(let value): [rounded(Double(value), 4)]
        }
    }

    /// The same as keys and values of JSON.
    var fields: [(key: String, value: String)] {
        switch self {
        case .label(let label, let probability, let probabilities, let isMultiLabel):
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
            return fields
        case .number(let value): return [("value", JSONText.number(Double(value)))]
        }
    }
}
