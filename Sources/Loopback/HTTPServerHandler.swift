import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// Answers one connection's requests in order.
final class HTTPServerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let responder: HTTPResponder
    private let log: HTTPRequestLog
    private var head: HTTPRequestHead?

    init(responder: @escaping HTTPResponder, log: HTTPRequestLog) {
        self.responder = responder
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head else { return }
            self.head = nil
            let request = HTTPServerRequest(
                method: head.method.rawValue, path: head.uri,
                headers: head.headers.map { ($0.name, $0.value) }, receivedAt: Date())
            log.add(request)
            let reply = responder(request)
            later(reply.delayMilliseconds, context) { $0.send(reply, isHead: head.method == .HEAD, $1) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func send(_ reply: HTTPServerReply, isHead: Bool, _ context: ChannelHandlerContext) {
        var headers = HTTPHeaders(reply.headers.map { ($0.name, $0.value) })
        let hasBody = reply.status != 304 && reply.status != 204
        if reply.pace == .endless {
            headers.add(name: "Transfer-Encoding", value: "chunked")
        } else if hasBody {
            headers.replaceOrAdd(name: "Content-Length", value: String(reply.body.count))
        }
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: reply.status), headers: headers)
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        guard hasBody, !isHead else { return end(context) }
        switch reply.pace {
        case .atOnce:
            write(reply.body[...], context)
            end(context)
        case .trickled(let bytes, let interval): trickle(reply.body[...], bytes, interval, context)
        case .endless: repeatForever(reply.body, context)
        }
    }

    private func trickle(_ rest: ArraySlice<UInt8>, _ bytes: Int, _ interval: Int, _ context: ChannelHandlerContext) {
        guard !rest.isEmpty, context.channel.isActive else { return end(context) }
        write(rest.prefix(bytes), context)
        later(interval, context) { $0.trickle(rest.dropFirst(bytes), bytes, interval, $1) }
    }

    private func repeatForever(_ body: [UInt8], _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        // Waiting for room keeps a client that stops reading from filling this process's memory.
        if context.channel.isWritable { write(body[...], context) }
        later(context.channel.isWritable ? 0 : 1, context) { $0.repeatForever(body, $1) }
    }

    private func write(_ bytes: ArraySlice<UInt8>, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
    }

    private func end(_ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func later(
        _ milliseconds: Int, _ context: ChannelHandlerContext,
        _ work: @escaping @Sendable (HTTPServerHandler, ChannelHandlerContext) -> Void
    ) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(milliseconds))) { work(bound.value.0, bound.value.1) }
    }
}

/// The requests of all connections, in order of arrival.
final class HTTPRequestLog: Sendable {
    private let entries = Mutex<[HTTPServerRequest]>([])

    var all: [HTTPServerRequest] { entries.withLock { $0 } }

    func add(_ request: HTTPServerRequest) { entries.withLock { $0.append(request) } }
}
