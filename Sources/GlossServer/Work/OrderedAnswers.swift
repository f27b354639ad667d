import Synchronization

/// Answers that come in any order and are taken in theirs; those who add wait while too many are out.
final class OrderedAnswers<Answer: Sendable>: Sendable {
    private struct State {
        /// Answers from `taken` on, nil where none has come.
        var slots: [Answer?] = []
        /// Places that were given out, and answers that were taken.
        var given = 0, taken = 0
        var isClosed = false
        var reader: CheckedContinuation<Void, Never>?
        var writer: CheckedContinuation<Void, Never>?
    }

    private enum Found {
        case answers([Answer], CheckedContinuation<Void, Never>?)
        case end
        case none
    }

    private let state = Mutex(State())
    private let limit: Int

    /// At most `limit` answers are out.
    init(limit: Int = .max) { self.limit = limit }

    /// The place of the next answer, once there is room.
    func place() async -> Int {
        await withCheckedContinuation { continuation in
            let hasRoom = state.withLock { state in
                if state.given - state.taken < limit { return true }
                state.writer = continuation
                return false
            }
            if hasRoom { continuation.resume() }
        }
        return state.withLock { state in
            state.slots.append(nil)
            state.given += 1
            return state.given - 1
        }
    }

    /// Gives the answer of a place.
    func set(_ place: Int, _ answer: Answer) {
        let reader = state.withLock { state in
            let at = place - state.taken
            if state.slots.indices.contains(at), state.slots[at] == nil { state.slots[at] = answer }
            guard at == 0 else { return nil as CheckedContinuation<Void, Never>? }
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    /// No further place is given out.
    func close() {
        let reader = state.withLock { state in
            state.isClosed = true
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    /// The next answers that are there without a gap, at least one; nil after the last.
    func next() async -> [Answer]? {
        while true {
            let found: Found = state.withLock { state in
                var answers: [Answer] = []
                for slot in state.slots {
                    guard let slot else { break }
                    answers.append(slot)
                }
                guard !answers.isEmpty else { return state.isClosed && state.taken == state.given ? .end : .none }
                state.slots.removeFirst(answers.count)
                state.taken += answers.count
                defer { state.writer = nil }
                return .answers(answers, state.writer)
            }
            switch found {
            case .answers(let answers, let writer):
                writer?.resume()
                return answers
            case .end: return nil
            case .none:
                await withCheckedContinuation { continuation in
                    let mustWait = state.withLock { state in
                        let isReady =
                            state.slots.first.map { $0 != nil } ?? (state.isClosed && state.taken == state.given)
                        if !isReady { state.reader = continuation }
                        return !isReady
                    }
                    if !mustWait { continuation.resume() }
                }
            }
        }
    }
}
