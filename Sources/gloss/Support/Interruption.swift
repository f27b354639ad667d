import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Turns the first SIGINT, SIGTERM or SIGHUP into a wish that long work sees between two steps; a second one ends the process. A
/// SIGHUP that is ignored, as under nohup(1), stays so.
final class Interruption {
    private final class Wish: Sendable {
        let isThere = Atomic(false)
    }

    private let wish = Wish()
    private var sources: [any DispatchSourceSignal] = []

    init() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var before = sigaction()
            sigaction(number, nil, &before)
            if number == SIGHUP, before.__sigaction_handler.sa_handler.map({ unsafeBitCast($0, to: Int.self) }) == 1 {
                continue
            }
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
