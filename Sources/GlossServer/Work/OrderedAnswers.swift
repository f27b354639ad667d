import Synchronization

/// Answers that come in any order and are taken in theirs; those who add wait while too much is out.
package final class OrderedAnswers<Answer: Sendable>: Sendable {
    private struct Slot {
        var weight: Int
        /// Nil until it comes.
        var answer: Answer?
    }

    private struct State {
        /// Places from `taken` on.
        var slots: [Slot] = []
        /// Places that were given out, and answers that were taken.
        var given = 0, taken = 0
        /// What all that is out weighs.
        var weight = 0
        var isClosed = false
        var reader: CheckedContinuation<Void, Never>?
        var writer: (weight: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private enum Found {
        case answers([Answer], CheckedContinuation<Void, Never>?)
        case end
        case none
    }

    private let state = Mutex(State())
    private let limit: Int
    private let heaviest: Int

    /// At most `limit` answers are out, and together they weigh at most `heaviest`, unless it is one alone.
    package init(limit: Int = .max, heaviest: Int = .max) {
        self.limit = limit
        self.heaviest = heaviest
    }

    /// The place of the next answer, once there is room. One caller at a time.
    package func place(weight: Int = 0) async -> Int {
        await withCheckedContinuation { continuation in
            let hasRoom = state.withLock { state in
                if self.hasRoom(weight, state) { return true }
                state.writer = (weight, continuation)
                return false
            }
            if hasRoom { continuation.resume() }
        }
        return state.withLock { state in
            state.slots.append(Slot(weight: weight))
            state.weight += weight
            state.given += 1
            return state.given - 1
        }
    }

    private func hasRoom(_ weight: Int, _ state: State) -> Bool {
        let out = state.given - state.taken
        return out == 0 || out < limit && state.weight + weight <= heaviest
    }

    /// Gives the answer of a place, and what it weighs if that is not what its place did; what comes for a place that has one is
    /// dropped.
    package func set(_ place: Int, _ answer: Answer, weight: Int? = nil) {
        let waiting = state.withLock { state in
            let at = place - state.taken
            if state.slots.indices.contains(at), state.slots[at].answer == nil {
                state.slots[at].answer = answer
                state.weight += (weight ?? state.slots[at].weight) - state.slots[at].weight
                state.slots[at].weight = weight ?? state.slots[at].weight
            }
            var waiting = [takeWriter(&state)]
            if at == 0 {
                waiting.append(state.reader)
                state.reader = nil
            }
            return waiting
        }
        for case let continuation? in waiting { continuation.resume() }
    }

    /// Who waits for a place, if there is room now.
    private func takeWriter(_ state: inout State) -> CheckedContinuation<Void, Never>? {
        guard let writer = state.writer, hasRoom(writer.weight, state) else { return nil }
        state.writer = nil
        return writer.continuation
    }

    /// Gives every place that has no answer this one.
    package func fill(_ answer: Answer) {
        let reader = state.withLock { state in
            for index in state.slots.indices where state.slots[index].answer == nil {
                state.slots[index].answer = answer
            }
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    /// No further place is given out.
    package func close() {
        let reader = state.withLock { state in
            state.isClosed = true
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    /// The next answers that are there without a gap, at least one, no further ones than reach a weight; nil after the last.
    package func next(reaching heavy: Int = .max) async -> [Answer]? {
        while true {
            switch find(heavy) {
            case .answers(let answers, let writer):
                writer?.resume()
                return answers
            case .end: return nil
            case .none:
                await withCheckedContinuation { continuation in
                    let mustWait = state.withLock { state in
                        let isReady =
                            state.slots.first.map { $0.answer != nil }
                            ?? (state.isClosed && state.taken == state.given)
                        if !isReady { state.reader = continuation }
                        return !isReady
                    }
                    if !mustWait { continuation.resume() }
                }
            }
        }
    }

    private func find(_ heavy: Int) -> Found {
        state.withLock { state in
            var answers: [Answer] = [], weight = 0
            for slot in state.slots {
                guard weight < heavy, let answer = slot.answer else { break }
                answers.append(answer)
                weight += slot.weight
            }
            guard !answers.isEmpty else { return state.isClosed && state.taken == state.given ? .end : .none }
            state.slots.removeFirst(answers.count)
            state.taken += answers.count
            state.weight -= weight
            return .answers(answers, takeWriter(&state))
        }
    }
}
