import NIOCore
import NIOHTTPTypes

/// Closes connections whose client takes too long to send a request or to read its answer, and those whose request was
/// answered before it was whole, as one with a body too large is. Idle ones are closed by Hummingbird.
///
/// One lives on the event loop of its connection.
final class SlowClients: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let timeout: TimeAmount
    /// For what a client still sends when the answer is written: closed at once, the answer would not reach it.
    private static let linger = TimeAmount.seconds(2)

    /// When the request has to be whole; nil between requests.
    private var requestDeadline: NIODeadline?
    /// When the answer has to be taken.
    private var answerDeadline: NIODeadline?
    /// Requests that came whole, and answers that were written: the next request may begin before an answer ends.
    private var requests = 0
    private var answers = 0
    private var isClosing = false

    init(timeout: TimeAmount) { self.timeout = timeout }

    func handlerAdded(context: ChannelHandlerContext) { look(context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        switch unwrapInboundIn(data) {
        case .head: requestDeadline = .now() + timeout
        case .body: break
        case .end:
            requestDeadline = nil
            requests += 1
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head:
            answerDeadline = .now() + timeout
            context.write(data, promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.assumeIsolated().whenComplete { _ in self.answerDeadline = nil }
            context.write(data, promise: written)
            answers += 1
            if answers > requests { finish(context) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.fireErrorCaught(error)
        // What follows a request that is none cannot be told from it. The answers to those before it may still be on their
        // way, and its own, after which the connection is closed, comes behind them.
        close(context, after: timeout)
    }

    /// Sends what is written, reads no further request and closes.
    private func finish(_ context: ChannelHandlerContext) {
        isClosing = true
        context.flush()
        close(context, after: Self.linger)
    }

    private func close(_ context: ChannelHandlerContext, after time: TimeAmount) {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }

    /// One look now and then costs less than a timer for every request.
    private func look(_ context: ChannelHandlerContext) {
        let pause = TimeAmount.nanoseconds(max(timeout.nanoseconds / 4, 1))
        context.eventLoop.assumeIsolated().scheduleTask(in: pause) {
            guard context.channel.isActive else { return }
            let now = NIODeadline.now()
            if [self.requestDeadline, self.answerDeadline].contains(where: { $0.map { $0 < now } ?? false }) {
                context.close(promise: nil)
            } else {
                self.look(context)
            }
        }
    }
}
