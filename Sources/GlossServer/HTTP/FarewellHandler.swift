import NIOCore

/// Says why a connection may not be, and ends it when its client has read that.
///
/// What the client sends meanwhile is taken and dropped: a socket that is closed with bytes in it may take its answer along.
final class FarewellHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let refusal: Refusal
    private let waits: Bool

    /// How long a client may take to read.
    private static let patience = TimeAmount.seconds(1)

    /// Ends the connection at once unless it `waits` for the client.
    init(_ refusal: Refusal, waits: Bool) {
        self.refusal = refusal
        self.waits = waits
    }

    func channelActive(context: ChannelHandlerContext) {
        var reply = Reply(refusal)
        reply.closes = true
        context.writeAndFlush(wrapOutboundOut(reply.bytes), promise: nil)
        guard waits else { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        let end = context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in end.cancel() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event as? ChannelEvent == .inputClosed else { return context.fireUserInboundEventTriggered(event) }
        context.close(promise: nil)
    }

    /// The client may have gone without reading.
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
