import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Refuses requests whose head leaves open for which site they are or where they end, with 400, and reads no further: what
/// follows one of them another server might take for a part of it (RFC 9112 sections 3.2, 6.1, 6.3 and 11.2).
///
/// NIO's parser refuses some of them before, others only after it has handed their head on. One lives on the event loop of
/// its connection.
final class RequestHeads: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private var isRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        guard Self.isSound(head) else {
            isRefused = true
            // As one of the parser's own errors: it is answered after the requests before it.
            return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
        }
        // Who speaks HTTP/1.0 waits for the end of the connection, since no answer of ours says that it stays open (RFC 9112
        // section 9.3). The server knows one spelling of the wish.
        if Self.isOld(head.version) || Self.wantsEnd(head.headers) {
            head.headers.replaceOrAdd(name: "Connection", value: "close")
        }
        if Self.isOld(head.version) {
            head.headers.add(name: ProxyTraces.oldVersion.name, value: ProxyTraces.oldVersion.value)
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Of a request that is refused already.
        if !isRefused { context.fireErrorCaught(error) }
    }

    /// Whether it is clear for which site a request is and where it ends.
    static func isSound(_ head: HTTPRequestHead) -> Bool {
        let isOld = isOld(head.version)
        let hosts = head.headers["Host"]
        guard hosts.count < 2, hosts.allSatisfy(isHost), !hosts.isEmpty || isOld else { return false }
        let codings = head.headers["Transfer-Encoding"]
        let lengths = head.headers["Content-Length"]
        guard !codings.isEmpty else { return lengths.count < 2 && lengths.allSatisfy(isLength) }
        return codings.count == 1 && codings[0].lowercased() == "chunked" && lengths.isEmpty && !isOld
    }

    private static func isOld(_ version: HTTPVersion) -> Bool { version == .http1_0 }

    /// Whether `close` is among the options of the connection, in whatever case (RFC 9110 section 7.6.1).
    private static func wantsEnd(_ headers: HTTPHeaders) -> Bool {
        headers[canonicalForm: "Connection"].contains { $0.lowercased() == "close" }
    }

    private static func isLength(_ text: String) -> Bool {
        (1...18).contains(text.utf8.count) && text.utf8.allSatisfy(isDigit)
    }

    /// `uri-host [ ":" port ]` (RFC 9110 section 7.2); one that is empty is of no http address (section 4.2.1).
    static func isHost(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let name: ArraySlice<UInt8>
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")), end > 1,
                bytes[1..<end].allSatisfy({ isPlain($0) || $0 == UInt8(ascii: ":") })
            else { return false }
            name = bytes[...end]
        } else {
            name = bytes.prefix { $0 != UInt8(ascii: ":") }
            guard !name.isEmpty, isRegisteredName(name) else { return false }
        }
        let port = bytes[name.endIndex...]
        guard let colon = port.first else { return true }
        return colon == UInt8(ascii: ":") && port.count <= 6 && port.dropFirst().allSatisfy(isDigit)
    }

    /// RFC 3986 section 3.2.2: `%` is followed by two hexadecimal digits.
    private static func isRegisteredName(_ name: ArraySlice<UInt8>) -> Bool {
        var rest = name
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, rest.prefix(2).allSatisfy(isHexDigit) else { return false }
                rest = rest.dropFirst(2)
            } else if !isPlain(byte) {
                return false
            }
        }
        return true
    }

    /// Letters, digits and `-._~!$&'()*+,;=`.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: isDigit(byte) || "-._~!$&'()*+,;=".utf8.contains(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isHexDigit(_ byte: UInt8) -> Bool { Character(Unicode.Scalar(byte)).isHexDigit }

    /// Puts a ``RequestHeads`` where the head is still as the client sent it: before what turns it into one without
    /// version and `Host`.
    final class Installer: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = NIOAny

        func handlerAdded(context: ChannelHandlerContext) {
            let pipeline = context.pipeline.syncOperations
            do {
                let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
                try pipeline.addHandler(RequestHeads(), position: .before(codec))
            } catch {
                // Nothing is answered unchecked.
                context.fireErrorCaught(error)
                context.close(promise: nil)
            }
        }
    }
}
