/// A value of JSON (RFC 8259) whose objects keep the order of their keys and whose numbers keep their digits, so that an
/// answer is printed as it would have been in the daemon's place.
///
/// Foundation's readers keep objects in dictionaries of `String`, which hold canonically equivalent keys equal: of a
/// vocabulary's "é" in one and in two scalars one would be lost. Here an object is a list.
package enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Field])

    /// One key with its value.
    package struct Field: Equatable, Sendable {
        package let key: String
        package let value: JSONValue

        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// Reads a whole value from UTF-8. Where `repairsSurrogates`, half of a surrogate pair becomes U+FFFD.
    ///
    /// Throws `TextError.Kind.malformed` with the byte at which it is none.
    package init(parsing bytes: some Collection<UInt8>, repairsSurrogates: Bool = true) throws(TextError) {
        var parser = JSONParser(Array(bytes), repairsSurrogates: repairsSurrogates)
        self = try parser.whole()
    }

    /// An object of keys and values.
    package init(_ fields: [(String, JSONValue)]) { self = .object(fields.map { Field($0.0, $0.1) }) }

    /// The value of the first field with a key; nil where there is none, it is null, or this is no object.
    package subscript(_ key: String) -> JSONValue? {
        let found = fields?.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
        return found == .null ? nil : found
    }

    package var fields: [Field]? { if case .object(let fields) = self { fields } else { nil } }
    package var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    package var int: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
    package var double: Double? { if case .number(let digits) = self { Double(digits) } else { nil } }
    /// The number in the precision of probabilities: its shortest digits give the very bits back.
    package var float: Float? { if case .number(let digits) = self { Float(digits) } else { nil } }

    /// The value as JSON again.
    package var json: String {
        switch self {
        case .null: "null"
        case .bool(let value): String(value)
        case .number(let digits): digits
        case .string(let text): JSONText.string(text)
        case .array(let elements): JSONText.array(elements.map(\.json))
        case .object(let fields): JSONText.object(fields.map { ($0.key, $0.value.json) })
        }
    }
}
