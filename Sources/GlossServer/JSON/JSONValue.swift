/// A value of JSON (RFC 8259) whose objects keep the order of their keys and whose numbers keep their digits, so that an
/// answer is printed as it would have been in the daemon's place.
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
    }

    /// Why bytes are no JSON: the place in bytes.
    package struct Fault: Error {
        package let place: Int
    }

    /// Reads a whole value. Throws `Fault` for anything else.
    package init(parsing bytes: some Collection<UInt8>) throws(Fault) {
        var parser = JSONParser(Array(bytes))
        self = try parser.whole()
    }

    /// The value of the first field with a key; nil for what is no object.
    package subscript(_ key: String) -> JSONValue? { fields?.first { $0.key == key }?.value }

    package var fields: [Field]? { if case .object(let fields) = self { fields } else { nil } }
    package var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    package var int: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
    package var double: Double? { if case .number(let digits) = self { Double(digits) } else { nil } }
    /// The number in the precision of probabilities: its shortest digits give the very bits back.
    package var float: Float? { if case .number(let digits) = self { Float(digits) } else { nil } }
}
