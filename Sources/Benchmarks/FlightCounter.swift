import Foundation
import Synchronization

/// Stands between a client and a server on loopback and counts how often the client speaks after the server did: each costs
/// a round trip.
final class FlightCounter: Sendable {
    let port: Int
    private let listener: Int32
    private let count = Atomic(0)
    private let server: Int

    /// - Throws: ``BenchmarkFailure`` where it cannot listen.
    init(to server: Int) throws {
        guard let (listener, port) = Socket.listening() else { throw BenchmarkFailure("no port is free") }
        self.listener = listener
        self.port = port
        self.server = server
        Thread.detachNewThread { [self] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                Thread.detachNewThread { self.carry(client) }
            }
        }
    }

    var flights: Int { count.load(ordering: .relaxed) }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func carry(_ client: Int32) {
        defer { close(client) }
        guard let remote = Socket.open(to: server) else { return }
        defer { close(remote) }
        var isServersTurn = false
        var buffer = [UInt8](repeating: 0, count: 1 << 17)
        var ends = [client, remote].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while poll(&ends, 2, -1) > 0 {
            for index in 0..<2 where ends[index].revents != 0 {
                let read = recv(ends[index].fd, &buffer, buffer.count, 0)
                guard read > 0 else { return }
                if index == 0, !isServersTurn { count.add(1, ordering: .relaxed) }
                isServersTurn = index == 0
                var sent = 0
                while sent < read {
                    let written = buffer.withUnsafeBytes {
                        send(ends[1 - index].fd, $0.baseAddress.map { $0 + sent }, read - sent, Int32(MSG_NOSIGNAL))
                    }
                    guard written > 0 else { return }
                    sent += written
                }
            }
        }
    }
}

/// Sockets on loopback.
enum Socket {
    /// - Returns: nil where nothing listens.
    static func open(to port: Int) -> Int32? {
        var address = loopback(port)
        let end = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(end, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(end)
            return nil
        }
        hurry(end)
        return end
    }

    /// Listens on a free port.
    static func listening() -> (Int32, port: Int)? {
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let end = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(end, $0, length) == 0 && listen(end, 64) == 0 && getsockname(end, $0, &length) == 0
            }
        }
        return result ? (end, Int(UInt16(bigEndian: address.sin_port))) : nil
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func hurry(_ end: Int32) {
        var one: Int32 = 1
        setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }
}
