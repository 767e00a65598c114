import NIOCore

/// A server's side of TLS, by whichever library: this one needs none.
public struct LoopbackCertificate: Sendable {
    /// Makes what stands first in a connection's pipeline, and says by `TLSUserEvent` when the handshake is done.
    let makeHandler: @Sendable () -> any ChannelHandler

    public init(_ makeHandler: @escaping @Sendable () -> any ChannelHandler) { self.makeHandler = makeHandler }
}
