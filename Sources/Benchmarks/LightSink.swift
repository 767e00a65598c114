import CTextScan
import Foundation

/// Takes mail and forgets it, with as little work as can be: one thread, `poll`, and a search for the end of each message.
/// It runs as a program of its own so that what it uses is not counted as the sender's.
struct LightSink {
    private struct Session {
        var isBody = false
        /// The end of what came last, where a line or the end of a message may have begun.
        var rest: [UInt8] = []
    }

    private var sessions: [Int32: Session] = [:]
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// Listens on a free port, tells which on standard output, and serves until it is ended.
    static func run() -> Never {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(listener, $0, length)
                listen(listener, 256)
                getsockname(listener, $0, &length)
            }
        }
        FileHandle.standardOutput.write(Data("\(UInt16(bigEndian: address.sin_port))\n".utf8))
        var sink = LightSink()
        while true {
            sink.serve(listener)
            // Many connections are read at one waking.
            if sink.sessions.count > 1 { usleep(200) }
        }
    }

    private mutating func serve(_ listener: Int32) {
        var sockets = ([listener] + sessions.keys).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&sockets, nfds_t(sockets.count), -1) > 0 else { return }
        for socket in sockets where socket.revents != 0 {
            if socket.fd == listener {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { continue }
                var one: Int32 = 1
                setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
                sessions[connection] = Session()
                answer(connection, "220 sink\r\n")
            } else {
                read(socket.fd)
            }
        }
    }

    private mutating func answer(_ connection: Int32, _ text: String) {
        var text = text
        text.withUTF8 { _ = send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    private mutating func read(_ connection: Int32) {
        guard var session = sessions[connection] else { return }
        let before = session.rest.count
        for (index, byte) in session.rest.enumerated() { buffer[index] = byte }
        let count = recv(connection, &buffer[before], buffer.count - before, 0)
        guard count > 0 else {
            close(connection)
            sessions[connection] = nil
            return
        }
        var answers = ""
        let end = before + count
        let start = buffer.withUnsafeBytes { Self.take($0[0..<end], &session, &answers) }
        session.rest = Array(buffer[start..<end])
        sessions[connection] = session
        if !answers.isEmpty { answer(connection, answers) }
    }

    /// - Returns: where what is not yet dealt with begins.
    private static func take(_ bytes: Slice<UnsafeRawBufferPointer>, _ session: inout Session, _ answers: inout String)
        -> Int
    {
        var start = bytes.startIndex
        guard let base = bytes.base.baseAddress else { return start }
        while start < bytes.endIndex {
            let left = bytes.endIndex - start
            if session.isBody {
                guard let end = end(of: base, from: start, to: bytes.endIndex) else {
                    return max(start, bytes.endIndex - 4)
                }
                start = end
                session.isBody = false
                answers += "250 2.0.0 taken\r\n"
                continue
            }
            guard let newline = memchr(base + start, 10, left) else { return start }
            switch 0x20 | base.load(fromByteOffset: start, as: UInt8.self) {
            case UInt8(ascii: "e"): answers += "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE\r\n"
            case UInt8(ascii: "d"):
                answers += "354 go on\r\n"
                session.isBody = true
            case UInt8(ascii: "q"): answers += "221 bye\r\n"
            default: answers += "250 ok\r\n"
            }
            start = UnsafeRawPointer(newline) - base + 1
        }
        return start
    }

    /// Behind CR LF `.` CR LF. Whole blocks are passed over: to look for each line's end would take most of the time.
    private static func end(of base: UnsafeRawPointer, from start: Int, to end: Int) -> Int? {
        var start = start
        while start + block + 3 <= end {
            let bytes = (base + start).assumingMemoryBound(to: UInt8.self)
            if broadsheet_text_scan(bytes, block, bytes[block]) & Int32(TEXTSCAN_LEADING_DOT) != 0,
                let found = plainEnd(of: base, from: start, to: start + block + 3)
            {
                return found
            }
            start += block
        }
        return plainEnd(of: base, from: start, to: end)
    }

    private static let block = 4096

    private static func plainEnd(of base: UnsafeRawPointer, from start: Int, to end: Int) -> Int? {
        var start = start
        while let found = memchr(base + start, 10, end - start) {
            start = UnsafeRawPointer(found) - base + 1
            if start + 3 <= end, memcmp(base + start, ".\r\n", 3) == 0 { return start + 3 }
        }
        return nil
    }
}

/// A ``LightSink`` in a process of its own.
final class SinkProcess {
    let port: Int
    private let process = Process()

    /// - Throws: ``BenchmarkFailure`` when it does not start.
    init() throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [Self.argument]
        process.standardOutput = output
        try process.runUnmasked()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw BenchmarkFailure("the sink did not start")
        }
        self.port = port
    }

    /// What the program is started with to be a sink.
    static let argument = "--as-sink"

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
