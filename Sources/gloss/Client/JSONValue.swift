/// A value of JSON (RFC 8259) whose objects keep the order of their keys and whose numbers keep their digits, so that an
/// answer is printed as it would have been in the daemon's place.
enum JSONValue: Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Field])

    /// One key with its value.
    struct Field: Equatable {
        let key: String
        let value: JSONValue
    }

    /// Why bytes are no JSON: the place in bytes.
    struct Fault: Error {
        let place: Int
    }

    /// Reads a whole value. Throws `Fault` for anything else.
    init(parsing bytes: some Collection<UInt8>) throws(Fault) {
        var parser = JSONParser(Array(bytes))
        self = try parser.whole()
    }

    /// The value of the first field with a key; nil for what is no object.
    subscript(_ key: String) -> JSONValue? { fields?.first { $0.key == key }?.value }

    var fields: [Field]? { if case .object(let fields) = self { fields } else { nil } }
    var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    var string: String? { if case .string(let text) = self { text } else { nil } }
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    var int: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
    var double: Double? { if case .number(let digits) = self { Double(digits) } else { nil } }
    /// The number in the precision of probabilities: its shortest digits give the very bits back.
    var float: Float? { if case .number(let digits) = self { Float(digits) } else { nil } }
}
