import Synchronization

/// Values that are lent to one caller at a time and kept for the next: making one costs more than using it.
final class Pool<Value: Sendable>: Sendable {
    private let make: @Sendable () throws(TextError) -> Value
    private let idle = Mutex<[Value]>([])

    /// A pool that makes a value whenever all others are lent.
    init(_ make: @escaping @Sendable () throws(TextError) -> Value) {
        self.make = make
    }

    /// Lends a value that nobody else uses for the time of `body`.
    func withValue<Result>(_ body: (Value) throws(TextError) -> Result) throws(TextError) -> Result {
        let value: Value
        if let waiting = idle.withLock({ $0.popLast() }) {
            value = waiting
        } else {
            value = try make()
        }
        defer { idle.withLock { $0.append(value) } }
        return try body(value)
    }
}
