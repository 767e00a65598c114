import NIOCore
import NIOPosix

/// A name server on loopback (UDP) that knows the records it is given, for tests.
public final class DNSAnswerer: Sendable {
    /// What a name has, in the form of RFC 1035 section 3.3.
    public enum Record: Sendable {
        case txt(String)
        case mx(preference: UInt16, host: String)
        case ptr(String)
        /// Four bytes.
        case a([UInt8])
    }

    /// The port it listens on, of 127.0.0.1.
    public let port: Int
    private let channel: any Channel

    private init(channel: any Channel, port: Int) {
        self.channel = channel
        self.port = port
    }

    /// Starts to answer.
    ///
    /// - Parameter records: by name, in lower case and without a dot at the end. Names that are not here do not exist.
    public static func start(_ records: [String: [Record]]) async throws -> DNSAnswerer {
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DNSAnswerHandler(records: records))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return DNSAnswerer(channel: channel, port: channel.localAddress?.port ?? 0)
    }

    public func stop() async { try? await channel.close().get() }
}

extension DNSAnswerer.Record {
    var type: UInt16 {
        switch self {
        case .a: 1
        case .ptr: 12
        case .mx: 15
        case .txt: 16
        }
    }

    var data: [UInt8] {
        switch self {
        case .a(let bytes): bytes
        case .ptr(let host): DNSAnswerHandler.name(host)
        case .mx(let preference, let host):
            [UInt8(preference >> 8), UInt8(preference & 255)] + DNSAnswerHandler.name(host)
        case .txt(let text):
            stride(from: 0, to: max(1, text.utf8.count), by: 255).flatMap { start in
                let piece = Array(text.utf8.dropFirst(start).prefix(255))
                return [UInt8(piece.count)] + piece
            }
        }
    }
}

private final class DNSAnswerHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let records: [String: [DNSAnswerer.Record]]

    init(records: [String: [DNSAnswerer.Record]]) { self.records = records }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard let answer = answer(Array(envelope.data.readableBytesView)) else { return }
        let reply = AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: answer))
        context.writeAndFlush(wrapOutboundOut(reply), promise: nil)
    }

    /// The answer to a message with one question; nil for anything else.
    private func answer(_ query: [UInt8]) -> [UInt8]? {
        guard query.count > 12, let (name, end) = Self.question(query), end + 4 <= query.count else { return nil }
        let type = UInt16(query[end]) << 8 | UInt16(query[end + 1])
        let known = records[name.lowercased()]
        let found = (known ?? []).filter { $0.type == type }
        // A response, recursion available; NXDOMAIN for a name that does not exist.
        var answer = query[0..<2] + [0x85, 0x80 | (known == nil ? 3 : 0), 0, 1, 0, UInt8(found.count), 0, 0, 0, 0]
        answer += query[12..<end + 4]
        for record in found {
            let data = record.data
            // The name is that of the question, at byte 12; class IN, an hour to live.
            answer += [0xC0, 12, UInt8(type >> 8), UInt8(type & 255), 0, 1, 0, 0, 0x0E, 0x10]
            answer += [UInt8(data.count >> 8), UInt8(data.count & 255)] + data
        }
        return Array(answer)
    }

    private static func question(_ query: [UInt8]) -> (name: String, end: Int)? {
        var (labels, position) = ([String](), 12)
        while position < query.count {
            let length = Int(query[position])
            if length == 0 { return (labels.joined(separator: "."), position + 1) }
            guard position + 1 + length <= query.count else { return nil }
            labels.append(String(decoding: query[position + 1..<position + 1 + length], as: UTF8.self))
            position += 1 + length
        }
        return nil
    }

    static func name(_ host: String) -> [UInt8] {
        host.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }
}
