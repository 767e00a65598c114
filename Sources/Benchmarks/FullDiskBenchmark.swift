import Foundation
import Loopback

/// A small file system in memory that can be filled.
struct SmallDisk {
    let folder: URL
    private var filler: URL { folder.appendingPathComponent("filler") }

    /// - Throws: ``BenchmarkFailure``, also for who is not root.
    init(kilobytes: Int) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try Peer.run(
            "/usr/bin/env", ["mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.path])
    }

    func remove() {
        _ = try? Peer.run("/usr/bin/env", ["umount", "-l", folder.path])
        try? FileManager.default.removeItem(at: folder)
    }

    /// - Parameter room: what is left, in kB.
    func fill(leaving room: Int) {
        let free = "$(df --output=avail -k \(folder.path) | tail -1)"
        _ = try? Peer.run(
            "/usr/bin/env",
            ["sh", "-c", "head -c $((\(free) - \(room)))k /dev/zero >> \(filler.path)"], isQuiet: true)
    }

    func free() { try? FileManager.default.removeItem(at: filler) }
}

extension KillsBenchmark {
    private static let secondsFull = 30

    /// The disk full for half a minute while a sender goes on.
    ///
    /// - Returns: how long it took from when there was room again to the last mail.
    func fullForAWhile(_ ground: SendGround) async throws -> Figure {
        try ground.rewind(messages)
        // The program goes by the real clock.
        try ground.change("UPDATE deliveries SET expires_at = expires_at + 864000000")
        let disk = try SmallDisk(kilobytes: ground.databaseBytes / 1024 + 6000)
        defer { disk.remove() }
        let database = disk.folder.appendingPathComponent("bench.sqlite")
        try ground.copyDatabase(to: database)
        var options = SMTPReceiverOptions()
        options.latencyMilliseconds = 40
        let sink = try await SMTPReceiver.start(options: options)
        let process = try ground.serve("send", database: "sqlite:\(database.path)", port: sink.port)
        defer { kill(process.processIdentifier, SIGKILL) }
        await sink.waitForMessages(messages / 3)
        // The journal too could be written over, so it is cut off again and again.
        let cut = "import sqlite3; sqlite3.connect('\(database.path)').execute('PRAGMA wal_checkpoint(TRUNCATE)')"
        for _ in 0..<Self.secondsFull {
            disk.fill(leaving: 0)
            _ = try? Peer.run("/usr/bin/env", ["python3", "-c", cut], isQuiet: true)
            disk.fill(leaving: 0)
            try await Task.sleep(for: .seconds(1))
        }
        let before = sink.statistics.messages
        disk.free()
        let freed = Date()
        await sink.waitForMessages(messages)
        let received = await sink.messages()
        await sink.stop()
        guard before < messages else { throw BenchmarkFailure("all was sent while the disk was full") }
        let recipients = Set(received.flatMap(\.recipients))
        guard recipients.count == messages else {
            throw BenchmarkFailure("full disk: \(recipients.count) of \(messages) got their mail")
        }
        let last = received.map(\.receivedAt).max() ?? freed
        return Figure(
            name: "kills.full_disk.last", values: [last.timeIntervalSince(freed)],
            unit:
                "s from the end of \(Self.secondsFull) s without room, when \(before) of \(messages) mails were sent, to the last; "
                + "\(try Self.doubles(received)) came twice")
    }
}
