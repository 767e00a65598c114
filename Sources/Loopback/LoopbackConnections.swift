import NIOCore
import Synchronization

/// The open connections of a server, so that stopping it leaves none behind.
final class LoopbackConnections: Sendable {
    private let open = Mutex<[ObjectIdentifier: any Channel]>([:])

    func add(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        open.withLock { $0[id] = channel }
        channel.closeFuture.whenComplete { [weak self] _ in
            self?.open.withLock { $0[id] = nil }
        }
    }

    func beginClosing() {
        for channel in open.withLock({ Array($0.values) }) { channel.close(promise: nil) }
    }

    func closeAll() async {
        let channels = open.withLock { Array($0.values) }
        for channel in channels { try? await channel.close().get() }
    }
}
