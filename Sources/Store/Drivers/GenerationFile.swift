import Core
import Foundation

/// A number beside a SQLite file that grows with each claim of mails, as one in the file does: where the file's is the lower,
/// an older one was put in its place, and does not know what was sent since.
///
/// What is beside the file is written after the commit and read before the file, so that of an innocent pair it is never
/// the higher, whoever writes meanwhile and wherever a power cut falls. It names the database by a random number, so that a
/// new database in the place of an old one owes nothing to it. Where it is missing it is made again.
struct GenerationFile: Sendable {
    let path: String

    /// A database's own number, and how often mails were claimed.
    struct Step: Sendable, Equatable {
        var name: Int64
        var count: Int64
    }

    private static let nameKey = "generation.name"
    private static let countKey = "generation"

    /// Counts one more claim, in its transaction.
    static func next(_ sql: any SQLConnection) throws -> Step {
        let count = try sql.row(
            """
            INSERT INTO counters (name, value) VALUES ($1, 1)
            ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value
            """, [countKey])
        if let known = try stored(sql) { return Step(name: known.name, count: try count?.number("value") ?? 1) }
        let name = Nonce.random()
        try InstallationStore.set(nameKey, String(name), sql)
        return Step(name: name, count: try count?.number("value") ?? 1)
    }

    /// Names a database that has sent nothing, so that a copy of it is known for what it is once this one has sent.
    static func name(_ sql: any SQLConnection) throws {
        guard try stored(sql) == nil, try !hasSent(sql) else { return }
        try InstallationStore.set(nameKey, String(Nonce.random()), sql)
    }

    /// Whether a mail was ever claimed from it.
    static func hasSent(_ sql: any SQLConnection) throws -> Bool {
        try sql.row("SELECT 1 AS one FROM deliveries WHERE attempts > 0 LIMIT 1") != nil
    }

    /// What the database says; nil where it has no name yet.
    static func stored(_ sql: any SQLConnection) throws -> Step? {
        guard
            let name = try sql.row("SELECT value FROM installation WHERE name = $1", [nameKey])?.text("value")
                .flatMap({ Int64($0) })
        else { return nil }
        let count = try sql.row("SELECT value FROM counters WHERE name = $1", [countKey])?.number("value")
        return Step(name: name, count: count ?? 0)
    }

    /// What is beside the file; nil where nothing is, or nothing that can be read.
    func read() -> Step? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let numbers = text.split(whereSeparator: \.isWhitespace).prefix(2).compactMap { Int64($0) }
        return numbers.count == 2 ? Step(name: numbers[0], count: numbers[1]) : nil
    }

    /// Puts a step in the place of the last: every text has the same length, so that one write overwrites it, and a new file
    /// is made whole before it gets its name. Where that cannot be done the file is only the less able to tell.
    func write(_ step: Step) {
        let bytes = Array(
            """
            \(CivilDate.padded(Int(step.name), 19)) \(CivilDate.padded(Int(step.count), 19))
            Broadsheet notices by this file that an older database was put in its place.

            """.utf8)
        if overwrite(path, O_WRONLY, bytes) { return }
        let partial = "\(path).\(getpid()).partial"
        if !overwrite(partial, O_WRONLY | O_CREAT, bytes) || rename(partial, path) != 0 { unlink(partial) }
    }

    /// - Returns: whether the file holds these bytes now; one of another length is left as it is, unless it is empty.
    private func overwrite(_ path: String, _ flags: Int32, _ bytes: [UInt8]) -> Bool {
        let descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let length = lseek(descriptor, 0, SEEK_END)
        guard length == bytes.count || length == 0 else { return false }
        return pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    }
}

extension Database {
    /// Gives a file that has sent nothing and has no name one of its own; see ``isPutBack()``.
    ///
    /// - Throws: ``StoreError``.
    public func nameGeneration() async throws {
        guard driver.generation != nil, try await driver.read({ try GenerationFile.stored($0) }) == nil else { return }
        try await driver.write(.site) { try GenerationFile.name($0) }
    }

    /// Whether the database's file is older than what was last sent from its place: a backup was put there.
    ///
    /// - Throws: ``StoreError``.
    public func isPutBack() async throws -> Bool {
        guard let beside = driver.generation?.read() else { return false }
        return try await driver.read { sql in
            // Another database in its place, which has sent and was not named.
            guard let stored = try GenerationFile.stored(sql) else { return try GenerationFile.hasSent(sql) }
            return stored.name == beside.name && stored.count < beside.count
        }
    }

    /// Makes the file in this place the one that counts.
    func acceptGeneration() async throws {
        guard let generation = driver.generation else { return }
        let beside = generation.read()
        let step = try await driver.write(.site) { sql in
            var step = try GenerationFile.next(sql)
            if let beside, beside.count >= step.count {
                step.count = beside.count + 1
                try sql.execute("UPDATE counters SET value = $1 WHERE name = 'generation'", [step.count])
            }
            return step
        }
        generation.write(step)
    }
}
