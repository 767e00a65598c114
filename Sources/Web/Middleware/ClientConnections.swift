import Core
import NIOCore
import Site
import Synchronization
import Transport

/// Closes the connections of a client that has more at once than one reader needs, so that it cannot take the places of all
/// others. A trusted proxy stands for many and is not counted.
final class ClientConnections: Sendable {
    private let most: Int
    private let trusted: [IPNetwork]
    /// By line; none is kept at 0, so that there are never more than connections.
    private let open = Mutex<[UInt64: Int]>([:])

    init(_ limits: WebLimits) {
        most = limits.clientConnections
        trusted = limits.trustedProxies
    }

    /// For one connection.
    func handler() -> any RemovableChannelHandler & ChannelInboundHandler { Handler(connections: self) }

    /// What is counted for an address; nil where nothing is.
    private func key(_ address: SocketAddress?) -> UInt64? {
        guard most > 0, let client = address?.ipAddress.flatMap({ IPAddress($0) }),
            !trusted.contains(where: { $0.contains(client) })
        else { return nil }
        return client.lineKey
    }

    /// - Returns: whether there is room for one more; it is counted then.
    private func enter(_ key: UInt64) -> Bool {
        open.withLock { open in
            let count = open[key, default: 0]
            guard count < most else { return false }
            open[key] = count + 1
            return true
        }
    }

    private func leave(_ key: UInt64) {
        open.withLock { open in
            let count = open[key, default: 0]
            open[key] = count > 1 ? count - 1 : nil
        }
    }

    /// Lives on the event loop of its connection.
    private final class Handler: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = NIOAny
        private let connections: ClientConnections
        /// What this connection is counted under.
        private var entered: UInt64?
        private var isRefused = false

        init(connections: ClientConnections) { self.connections = connections }

        func handlerAdded(context: ChannelHandlerContext) { if context.channel.isActive { enter(context) } }

        func channelActive(context: ChannelHandlerContext) {
            enter(context)
            if !isRefused { context.fireChannelActive() }
        }

        func channelInactive(context: ChannelHandlerContext) {
            leave()
            context.fireChannelInactive()
        }

        func handlerRemoved(context: ChannelHandlerContext) { leave() }

        private func enter(_ context: ChannelHandlerContext) {
            guard entered == nil, !isRefused, let key = connections.key(context.remoteAddress) else { return }
            if connections.enter(key) {
                entered = key
            } else {
                isRefused = true
                context.close(promise: nil)
            }
        }

        private func leave() {
            if let entered { connections.leave(entered) }
            entered = nil
        }
    }
}
