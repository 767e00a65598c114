import NIOCore
import NIOPosix

/// A port that nobody listens on just now.
public enum LoopbackPort {
    /// - Throws: NIO's error when loopback cannot be bound at all.
    public static func free() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close().get()
        return port
    }
}
