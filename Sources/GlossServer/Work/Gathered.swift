import Synchronization

/// The parts of an answer, which come in any order from several pieces of work.
final class Gathered<Part: Sendable>: Sendable {
    private struct State {
        var parts: [Part?]
        var missing: Int
        var isDone = false
    }

    private let state: Mutex<State>
    private let done: @Sendable (Result<[Part], any Error>) -> Void

    /// `done` is called once: with all parts in their order, or with the first failure.
    init(count: Int, done: @escaping @Sendable (Result<[Part], any Error>) -> Void) {
        state = Mutex(State(parts: Array(repeating: nil, count: count), missing: count, isDone: count == 0))
        self.done = done
        if count == 0 { done(.success([])) }
    }

    /// Gives the part of a place.
    func set(_ place: Int, _ result: Result<Part, any Error>) {
        let whole: Result<[Part], any Error>? = state.withLock { state in
            guard !state.isDone else { return nil }
            switch result {
            case .failure(let error):
                state.isDone = true
                return .failure(error)
            case .success(let part):
                if state.parts[place] == nil { state.missing -= 1 }
                state.parts[place] = part
                guard state.missing == 0 else { return nil }
                state.isDone = true
                defer { state.parts = [] }
                return .success(state.parts.compactMap { $0 })
            }
        }
        if let whole { done(whole) }
    }

    /// Ends the wait, unless all parts are there.
    func fail(_ error: any Error) {
        let isFirst = state.withLock { state in
            defer { state.isDone = true }
            return !state.isDone
        }
        if isFirst { done(.failure(error)) }
    }
}
