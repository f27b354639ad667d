import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import Synchronization

/// What a connection and the answer that is made for it know of each other.
final class ConnectionPace: Sendable {
    /// The peer, and a number of the connection.
    let peer: PeerCredentials?
    let number: UInt64
    private let running = Mutex<RequestControl?>(nil)
    private let isGone = Atomic(false)
    private let mayBeSlow = Atomic(false)

    init(peer: PeerCredentials?, number: UInt64) {
        self.peer = peer
        self.number = number
    }

    /// The request that is being answered: it is cancelled when the connection ends.
    func begin(_ control: RequestControl) {
        running.withLock { $0 = control }
        if isGone.load(ordering: .acquiring) { control.cancel() }
    }

    /// Nothing is being answered.
    func end() { running.withLock { $0 = nil } }

    /// The body may come as slowly as the client likes: a stream.
    var allowsSlowBody: Bool {
        get { mayBeSlow.load(ordering: .relaxed) }
        set { mayBeSlow.store(newValue, ordering: .relaxed) }
    }

    /// Whether the connection has ended.
    var hasGone: Bool { isGone.load(ordering: .acquiring) }

    fileprivate func gone() {
        isGone.store(true, ordering: .releasing)
        running.withLock { $0 }?.cancel()
    }
}

/// Closes connections whose heads or bodies come too slowly, that are idle too long, or that leave answers untaken.
final class PaceHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let pace: ConnectionPace
    private let limits: Limits
    private let refused: (String) -> Void
    /// Its own place in the pipeline, behind the codec: what is written elsewhere would be taken for bytes.
    private var context: ChannelHandlerContext?
    /// The limit that is over at a time, and the alarm that looks whether it is.
    private var due = NIODeadline.distantFuture
    private var limit = ""
    private var reading: (time: NIODeadline, alarm: Scheduled<Void>)?
    private var writing: Scheduled<Void>?
    /// When the reader last took all of a longer part of an answer.
    private var lastTaken = NIODeadline.now()
    /// Bytes of a part up to which it is not worth knowing.
    private static let shortPart = 1 << 10
    /// Requests whose answer has not ended, and whether the last one has begun.
    private var open = 0
    private var hasBegun = false
    /// Whether bytes of a head have come, but not all; and when the body has to be whole.
    private var isHeadComing = false
    /// Whether the last request waits for leave to send its body.
    private var isInvitationDue = false
    private var bodyEnd = NIODeadline.distantFuture

    /// `refused` is told the name of the limit that a connection met.
    init(_ pace: ConnectionPace, _ limits: Limits, refused: @escaping @Sendable (String) -> Void) {
        self.pace = pace
        self.limits = limits
        self.refused = refused
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        expect(limits.idleSeconds, "idleSeconds", context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelInactive(context: ChannelHandlerContext) {
        reading?.alarm.cancel()
        writing?.cancel()
        pace.gone()
        context.fireChannelInactive()
    }

    /// The first bytes of a head: they have to become one soon, however many follow one by one.
    func headBegins() {
        guard let context, open == 0, !isHeadComing else { return }
        isHeadComing = true
        hasBegun = false
        expect(limits.headSeconds, "headSeconds", context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            open += 1
            hasBegun = false
            isHeadComing = false
            pace.allowsSlowBody = false
            bodyEnd = .now() + .milliseconds(Int64(limits.requestSeconds * 1000))
            expectBody(context)
            inviteBody(head, context)
        case .body: expectBody(context)
        case .end:
            isHeadComing = false
            // A request that was refused before its body has its answer already.
            if open == 0 { expect(limits.idleSeconds, "idleSeconds", context) } else { due = .distantFuture }
        }
        context.fireChannelRead(data)
    }

    /// The next part of a body, and its end within the time of a request.
    private func expectBody(_ context: ChannelHandlerContext) {
        let left = Double((bodyEnd - .now()).nanoseconds) / 1e9
        if left < limits.bodySeconds {
            expect(max(left, 0), "requestSeconds", context)
        } else {
            expect(limits.bodySeconds, "bodySeconds", context)
        }
    }

    /// A client that asks before it sends (RFC 9110, section 10.1.1; curl does for long bodies) need not wait in vain, but until
    /// the answers before have ended.
    private func inviteBody(_ head: HTTPRequest, _ context: ChannelHandlerContext) {
        let isStream = head.headerFields[.contentType]?.lowercased().hasPrefix("application/x-ndjson") ?? false
        let length = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        guard head.expectsContinue, isStream || length <= limits.bodyBytes else { return }
        if open == 1 { invite(context) } else { isInvitationDue = true }
    }

    private func invite(_ context: ChannelHandlerContext) {
        isInvitationDue = false
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        hasBegun = true
        if case .end = unwrapOutboundIn(data) {
            open -= 1
            if open == 0 {
                pace.allowsSlowBody = false
                expect(limits.idleSeconds, "idleSeconds", context)
            }
        }
        if case .body(let part) = unwrapOutboundIn(data), part.readableBytes > Self.shortPart {
            let promise = promise ?? context.eventLoop.makePromise()
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            promise.futureResult.whenSuccess { bound.value.lastTaken = .now() }
            return context.write(data, promise: promise)
        }
        context.write(data, promise: promise)
        if open == 1, isInvitationDue { invite(context) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writing?.cancel()
        guard !context.channel.isWritable else { return context.fireChannelWritabilityChanged() }
        watchReader(context, for: limits.writeSeconds)
        context.fireChannelWritabilityChanged()
    }

    /// Closes the connection unless the reader takes something within some seconds, again and again until all can be written.
    private func watchReader(_ context: ChannelHandlerContext, for seconds: Double) {
        let began = NIODeadline.now()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        writing = after(seconds, context) { [refused, limits] in
            let (handler, context) = bound.value
            guard handler.lastTaken < began else {
                let quiet = Double((NIODeadline.now() - handler.lastTaken).nanoseconds) / 1e9
                return handler.watchReader(context, for: max(limits.writeSeconds - quiet, 0.001))
            }
            refused("writeSeconds")
            context.close(promise: nil)
        }
    }

    /// The client has to go on within some seconds. An alarm that is set for an earlier time serves this one as well.
    private func expect(_ seconds: Double, _ limit: String, _ context: ChannelHandlerContext) {
        (due, self.limit) = (.now() + .nanoseconds(Int64(seconds * 1e9)), limit)
        if let reading, reading.time <= due { return }
        reading?.alarm.cancel()
        setAlarm(context)
    }

    private func setAlarm(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let alarm = context.eventLoop.scheduleTask(deadline: due) { bound.value.0.ring(bound.value.1) }
        reading = (due, alarm)
    }

    private func ring(_ context: ChannelHandlerContext) {
        reading = nil
        if due == .distantFuture { return }
        if due > .now() { return setAlarm(context) }
        guard !pace.allowsSlowBody else { return }
        if limit != "idleSeconds" {
            refused(limit)
            // Where an answer before is being written, this would stand in the middle of it.
            if !hasBegun, open <= 1 {
                refuse(
                    Refusal(
                        status: .requestTimeout, code: "timeout",
                        message: "the request came too slowly for limits.\(limit); send it at once", limit: limit),
                    context)
            }
        }
        context.close(promise: nil)
    }

    /// Tells the client why its connection ends.
    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        var reply = Reply(refusal)
        reply.closes = true
        reply.write(context) { wrapOutboundOut($0) }
    }

    /// What is no request has an answer of its own where nothing else is being answered; behind a request, its reader meets it.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard open == 0, let broken = error as? HTTPParserError, broken != .closedConnection,
            broken != .invalidEOFState
        else { return context.fireErrorCaught(error) }
        let refusal = Refusal(broken)
        refused(refusal.reason)
        refuse(refusal, context)
        context.close(promise: nil)
    }

    private func after(_ seconds: Double, _ context: ChannelHandlerContext, _ body: @escaping () -> Void)
        -> Scheduled<Void>
    {
        let body = NIOLoopBound(body, eventLoop: context.eventLoop)
        return context.eventLoop.scheduleTask(in: .milliseconds(Int64(seconds * 1000))) { body.value() }
    }
}

/// Tells the pace when bytes come: they may be the start of a head.
final class FirstByteHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    private let handler: PaceHandler

    init(_ handler: PaceHandler) { self.handler = handler }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        handler.headBegins()
        context.fireChannelRead(data)
    }
}

/// Has the connections of clients of HTTP/1.0 end with their answer, by which they know that it is whole.
final class OldVersionHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), (head.version.major, head.version.minor) < (1, 1) else {
            return context.fireChannelRead(data)
        }
        head.headers.replaceOrAdd(name: "connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}

extension HTTPRequest {
    /// Whether its sender waits for leave to send the body.
    var expectsContinue: Bool { headerFields[.expect]?.lowercased() == "100-continue" }
}
