import Foundation

/// One connection of HTTP/1.1 that is kept, over a blocking socket: it sends any bytes, and asks for nothing but the status
/// of the answer.
final class RawClient {
    /// What came of a request.
    enum Answer: Sendable, Equatable {
        case status(Int)
        /// The connection ended without one.
        case closed
        /// Nothing came in time.
        case silence
        /// Nobody listens any more.
        case refused
    }

    private let port: Int
    private let patience: Int
    private var connection: Int32 = -1
    private var rest: [UInt8] = []
    /// The header of the last answer.
    private(set) var header = ""

    /// - Parameter patience: seconds to wait for an answer.
    init(port: Int, patience: Int) {
        self.port = port
        self.patience = patience
    }

    deinit { disconnect() }

    func disconnect() {
        if connection >= 0 { close(connection) }
        connection = -1
        rest = []
    }

    /// Sends a request and reads its answer to the end.
    ///
    /// - Parameters:
    ///   - isHead: whether the answer has no body.
    ///   - endsConnection: sends nothing more afterwards, and tells the other side so.
    func ask(_ request: [UInt8], isHead: Bool = false, endsConnection: Bool = false) -> Answer {
        let isKept = connection >= 0
        if endsConnection { disconnect() }
        var answer = exchange(request, isHead, endsConnection)
        // The other side may have ended the connection between two requests.
        if answer == .closed, isKept, !endsConnection { answer = exchange(request, isHead, false) }
        let ends = header.lowercased().contains("connection: close")
        if endsConnection || ends || [.closed, .silence].contains(answer) { disconnect() }
        // What follows a request that is none cannot be told from it.
        if case .status(let code) = answer, [400, 408, 413, 431].contains(code) { disconnect() }
        return answer
    }

    private func exchange(_ request: [UInt8], _ isHead: Bool, _ endsConnection: Bool) -> Answer {
        header = ""
        if connection < 0, !connect() { return .refused }
        var sent = 0
        while sent < request.count {
            let count = request.withUnsafeBytes {
                send(connection, $0.baseAddress.map { $0 + sent }, request.count - sent, Int32(MSG_NOSIGNAL))
            }
            // It may have been answered before it was whole.
            guard count > 0 else { break }
            sent += count
        }
        if endsConnection { shutdown(connection, Int32(SHUT_WR)) }
        return read(isHead)
    }

    private func connect() -> Bool {
        connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var one: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        var wait = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { disconnect() }
        return result == 0
    }

    // MARK: - The answer

    private enum Received { case bytes, end, silence }

    private func receive() -> Received {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(connection, &buffer, buffer.count, 0)
        if count > 0 {
            rest += buffer[..<count]
            return .bytes
        }
        return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? .silence : .end
    }

    private func read(_ isHead: Bool) -> Answer {
        let blank = Array("\r\n\r\n".utf8)
        var end: Int?
        while end == nil {
            end = rest.firstRange(of: blank)?.upperBound
            if end != nil { break }
            switch receive() {
            case .bytes: continue
            case .end: return .closed
            case .silence: return .silence
            }
        }
        let head = end ?? 0
        header = String(decoding: rest[..<head], as: UTF8.self)
        rest.removeFirst(head)
        guard let code = Int(header.split(separator: " ").dropFirst().first ?? "") else { return .closed }
        if isHead || code == 204 || code == 304 { return .status(code) }
        return skipBody() ? .status(code) : .silence
    }

    /// - Returns: whether the body came whole.
    private func skipBody() -> Bool {
        let lines = header.lowercased().split(separator: "\r\n")
        if lines.contains(where: { $0.hasPrefix("transfer-encoding:") && $0.contains("chunked") }) {
            let last = Array("0\r\n\r\n".utf8)
            while !(rest == last || rest.suffix(7) == [13, 10] + last) {
                guard receive() == .bytes else { return false }
            }
            rest = []
            return true
        }
        guard let line = lines.first(where: { $0.hasPrefix("content-length:") }),
            let length = Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces))
        else {
            // Until the end of the connection.
            while receive() == .bytes {}
            return true
        }
        while rest.count < length {
            guard receive() == .bytes else { return false }
        }
        rest.removeFirst(length)
        return true
    }
}
