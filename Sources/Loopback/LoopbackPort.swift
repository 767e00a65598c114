import NIOCore
import NIOPosix
import Synchronization

/// A port that nobody listens on just now, for who has to know it before it is listened on.
///
/// Where the system gives out ports by itself (for outgoing connections, and to those who ask for any) another could take
/// it meanwhile, so these lie below that range, and none is given twice.
public enum LoopbackPort {
    private static let range = 20_000..<30_000
    /// Programs that run at the same time begin at different places.
    private static let next = Atomic<Int>(Int.random(in: 0..<range.count))

    /// - Throws: NIO's error when loopback cannot be bound at all.
    public static func free() async throws -> Int {
        var failure: (any Error)?
        for _ in range {
            let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
            let port = range.lowerBound + number % range.count
            do {
                let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .bind(host: "127.0.0.1", port: port).get()
                try await channel.close().get()
                return port
            } catch let error as IOError where error.errnoCode == EADDRINUSE {
                failure = error
            }
        }
        throw failure ?? ChannelError.inputClosed
    }
}
