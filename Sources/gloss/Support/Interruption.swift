import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Turns the first SIGINT or SIGTERM into a wish that long work sees between two steps; a second one ends the process.
final class Interruption {
    private final class Wish: Sendable {
        let isThere = Atomic(false)
    }

    private let wish = Wish()
    private var sources: [any DispatchSourceSignal] = []

    init() {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [wish] in
                wish.isThere.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
            source.resume()
            sources.append(source)
        }
    }

    var isWished: Bool { wish.isThere.load(ordering: .relaxed) }
}
