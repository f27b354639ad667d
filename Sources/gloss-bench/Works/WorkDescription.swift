import GlossNN

/// What is measured: the shape of a network and of its input. The peers' driver sends it as JSON.
struct WorkDescription: Codable, Sendable {
    /// What is done with the network.
    enum Kind: String, Codable, Sendable {
        /// Scores of every token of all sequences.
        case inference
        /// One step of a classifier: forward, backward, Adam.
        case training
        /// One step of a language model: forward, backward, Adam.
        case languageModel
        /// The best next symbol, again and again.
        case generation
    }

    /// What is done.
    var kind: Kind
    /// The recurrent cells.
    var cell = CellKind.lstm
    /// Layers of the stack, features of a vector, hidden units a direction.
    var layers = 2, embedding = 128, hidden = 256
    /// Whether both directions are read.
    var bidirectional = true
    /// Symbols of the vocabulary and outputs of the last layer.
    var vocabulary = 20_000, classes = 20
    /// Tokens of each sequence; symbols to generate.
    var lengths: [Int]
    /// Threads.
    var threads = 1
    /// What products multiply.
    var precision = Precision.float32

    /// A work of its shape, whatever it leaves out as above.
    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func value<Value: Decodable>(_ key: CodingKeys, _ fallback: Value) throws -> Value {
            try values.decodeIfPresent(Value.self, forKey: key) ?? fallback
        }
        kind = try values.decode(Kind.self, forKey: .kind)
        lengths = try values.decode([Int].self, forKey: .lengths)
        cell = try value(.cell, cell)
        layers = try value(.layers, layers)
        embedding = try value(.embedding, embedding)
        hidden = try value(.hidden, hidden)
        bidirectional = try value(.bidirectional, bidirectional)
        vocabulary = try value(.vocabulary, vocabulary)
        classes = try value(.classes, classes)
        threads = try value(.threads, threads)
        precision = try value(.precision, precision)
    }

    /// A work on sequences of `lengths` with the defaults above.
    init(_ kind: Kind, lengths: [Int]) {
        self.kind = kind
        self.lengths = lengths
    }

    /// Tokens of one run.
    var tokens: Int { lengths.reduce(0, +) }

    /// Multiply-adds of the forward products for one token, counted as two operations each.
    var operationsPerToken: Double {
        let gates = cell == .lstm ? 4 : cell == .gru ? 3 : 1
        let directions = bidirectional ? 2 : 1
        var width = embedding, sum = 0
        for _ in 0..<layers {
            sum += directions * gates * hidden * (width + hidden)
            width = directions * hidden
        }
        if kind != .training { sum += width * classes }
        return 2 * Double(sum)
    }

    /// Operations of one run; a training step costs three forward passes.
    var operations: Double {
        Double(tokens) * operationsPerToken * (kind == .training || kind == .languageModel ? 3 : 1)
    }
}
