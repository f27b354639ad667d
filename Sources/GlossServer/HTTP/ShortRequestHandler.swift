import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers short requests for texts on the connection's event loop, without a task of their own. What is longer, is a
/// stream or has to wait for its model goes on to the handlers behind, where a task takes its time.
final class ShortRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum State {
        /// A request may begin.
        case idle
        /// A short request is coming.
        case reading(HTTPRequest, Route, ByteBuffer?)
        /// A short request is being worked on.
        case answering
        /// The parts of this request go on.
        case passing
    }

    /// What comes while a short request has no answer yet, and is dealt with afterwards.
    private enum Later {
        case part(HTTPRequestPart)
        case event(Any)
        case error(any Error)
    }

    private let answering: Answering
    private let pace: ConnectionPace
    private let turn: WorkTurn
    private var context: ChannelHandlerContext?
    private var state = State.idle
    /// Requests that went on and are not answered: answers keep the order of their requests.
    private var passed = 0
    private var later: [Later] = []
    private var wantsToRead = false

    init(_ answering: Answering, _ pace: ConnectionPace, _ turn: WorkTurn) {
        self.answering = answering
        self.pace = pace
        self.turn = turn
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelInactive(context: ChannelHandlerContext) {
        later = []
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { take(unwrapInboundIn(data), context) }

    private func take(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch (state, part) {
        case (.answering, _): later.append(.part(part))
        case (.idle, .head(let head)):
            if passed == 0, let route = shortRoute(head) {
                state = .reading(head, route, nil)
                turn.expect()
            } else {
                pass(part, context)
            }
        case (.reading(let head, let route, var buffer), .body(let more)):
            state = .idle
            if buffer == nil { buffer = more } else { buffer?.writeImmutableBuffer(more) }
            state = .reading(head, route, buffer)
        case (.reading(let head, let route, let buffer), .end):
            state = .answering
            begin(head, route, buffer ?? ByteBuffer(), context)
        default: pass(part, context)
        }
    }

    /// The route of a request that may be answered here: texts in JSON, 64 KiB at most, on a connection that stays.
    private func shortRoute(_ head: HTTPRequest) -> Route? {
        guard head.method == .post, let path = head.path, let route = Route(shortPath: path) else { return nil }
        let fields = head.headerFields
        guard let length = fields[.contentLength].flatMap({ Int($0) }),
            (0...min(64 << 10, answering.limits.bodyBytes)).contains(length),
            fields[.connection] == nil, fields[.expect] == nil, fields[.transferEncoding] == nil,
            fields[.contentEncoding] == nil,
            fields[.contentType].map({ $0 == "application/json" || $0 == "application/x-www-form-urlencoded" }) ?? true
        else { return nil }
        return route
    }

    private func begin(_ head: HTTPRequest, _ route: Route, _ body: ByteBuffer, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop), loop = context.eventLoop
        let work = answering.beginShort(route, head.headerFields, body, pace) { reply in
            loop.execute { bound.value.finish(reply) }
        }
        switch work {
        case .work(let pieces): turn.add(pieces)
        case .reply(let reply): finish(reply)
        case .mustWait:
            state = .idle
            pass(.head(head), context)
            pass(.body(body), context)
            pass(.end(nil), context)
        }
    }

    /// Writes the answer and goes on with what came meanwhile.
    private func finish(_ reply: Reply) {
        guard let context else { return }
        reply.write(context) { wrapOutboundOut($0) }
        state = .idle
        if !later.isEmpty { goOn(context) }
        readIfWanted(context)
    }

    private func readIfWanted(_ context: ChannelHandlerContext) {
        guard wantsToRead, later.isEmpty, context.channel.isWritable else { return }
        wantsToRead = false
        context.read()
    }

    private func goOn(_ context: ChannelHandlerContext) {
        let waiting = later
        later = []
        for (index, one) in waiting.enumerated() {
            if case .answering = state {
                later += waiting[index...]
                return
            }
            switch one {
            case .part(let part): take(part, context)
            case .event(let event): tell(event, context)
            case .error(let error): context.fireErrorCaught(error)
            }
        }
        context.fireChannelReadComplete()
    }

    private func pass(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head:
            passed += 1
            state = .passing
        case .body: break
        case .end: state = .idle
        }
        context.fireChannelRead(wrapInboundOut(part))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { passed = max(passed - 1, 0) }
        context.write(data, promise: promise)
    }

    /// A client that sends more requests than it takes answers is not read until it has them.
    func read(context: ChannelHandlerContext) {
        wantsToRead = true
        readIfWanted(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        readIfWanted(context)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) { tell(event, context) }

    /// The end of the client's requests, or of the daemon's patience, is told when nothing is in hand here.
    private func tell(_ event: Any, _ context: ChannelHandlerContext) {
        switch state {
        case .reading, .answering: later.append(.event(event))
        case .idle, .passing: context.fireUserInboundEventTriggered(event)
        }
    }

    /// What is wrong with a request is said behind the answer to the one before.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch state {
        case .answering: return later.append(.error(error))
        case .reading:
            state = .idle
            goOn(context)
        case .idle, .passing: break
        }
        context.fireErrorCaught(error)
    }
}
