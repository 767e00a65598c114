import Foundation
import Loopback

/// Three PostgreSQL servers under Patroni and behind HAProxy, run by `Tests/switchover`.
final class PatroniCluster {
    /// What can be done to the primary. The raw values are the script's words.
    enum Event: String, CaseIterable {
        /// It hands over to a standby, as planned.
        case handover = "switch"
        /// It and its Patroni end at once.
        case kill
        /// Both stop where they are, and their connections stay open, as where a machine hangs.
        case freeze
    }

    enum Replication: String, CaseIterable {
        case asynchronous, synchronous
    }

    static let script = "Tests/switchover"

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let port: Int
    private var unread = ""

    /// - Parameter folder: what the script has prepared. Its servers' logs stay there, below `data`.
    /// - Throws: ``BenchmarkFailure`` where it does not run after a while.
    init(folder: String, _ replication: Replication) async throws {
        var ports: [Int] = []
        for _ in 0..<9 { ports.append(try await LoopbackPort.free()) }
        port = ports[0]
        let log = "\(folder)/log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.executableURL = URL(fileURLWithPath: Self.script)
        process.arguments = ["run", folder, replication.rawValue] + ports.map(String.init)
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.runUnmasked()
        guard try line() == "ready" else {
            stop()
            throw BenchmarkFailure("the servers do not run; \(log) and \(folder)/data may say why")
        }
    }

    func stop() {
        // All that it has started end with it: they have a process namespace of their own.
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The address of a database there, by the proxy.
    func address(_ database: String) -> String { "postgres://postgres@127.0.0.1:\(port)/\(database)" }

    /// What a statement gives, as text.
    ///
    /// - Throws: ``BenchmarkFailure``, also as long as the proxy leads to no primary.
    func query(_ database: String, _ sql: String) throws -> String {
        let words = ["-q", "-A", "-t", "-d", address(database) + "?connect_timeout=3", "-c", sql]
        return try Peer.run("/usr/bin/env", ["psql"] + words, isQuiet: true)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Does something to the primary and returns when another has taken over.
    func strike(_ event: Event) throws {
        try expect(event == .handover ? "leader" : "gone", after: event.rawValue)
        if event != .handover { try expect("leader", after: "leader") }
    }

    private func expect(_ answer: String, after word: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data((word + "\n").utf8))
        let line = try line()
        guard line.hasPrefix(answer) else { throw BenchmarkFailure("\(Self.script) answers “\(line)” to \(word)") }
    }

    /// The script's next line; an empty one where it has ended.
    private func line() throws -> String {
        while true {
            if let end = unread.firstIndex(of: "\n") {
                defer { unread.removeSubrange(...end) }
                return String(unread[..<end])
            }
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { return "" }
            unread += String(decoding: bytes, as: UTF8.self)
        }
    }
}
