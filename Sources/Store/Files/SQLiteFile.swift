import Foundation
import GRDB

/// The file of an SQLite database as operators handle it: looked at, copied and put back. Nothing here makes a database or
/// migrates one.
public struct SQLiteFile: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// The file of a `sqlite:PATH` address; nil for another kind of database.
    public init?(url: String) {
        guard url.lowercased().hasPrefix("sqlite:") else { return nil }
        let rest = String(url.dropFirst(7))
        path = rest.hasPrefix("///") ? String(rest.dropFirst(2)) : rest
    }

    public var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// The folder that holds the file.
    public var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    /// How closely a file is looked at.
    public enum Care: String, Sendable {
        /// Every page and row, but not whether indexes agree with their tables.
        case quick = "quick_check"
        /// Indexes too, which takes several times as long.
        case full = "integrity_check"
    }

    /// What a look into a file found.
    public struct Condition: Sendable, Equatable {
        /// 0 for a database without our tables.
        public var schemaVersion: Int64
        /// What SQLite finds damaged, at most ten lines; empty for an intact file.
        public var damage: [String]
        public var subscribers: Int
        public var papers: Int
        public var deliveries: Int
    }

    /// Looks into the file without changing it.
    ///
    /// - Throws: ``StoreError`` for a file that cannot be read or is no database.
    public func examine(_ care: Care) async throws -> Condition {
        try await reading { db in
            let damage = try String.fetchAll(db, sql: "PRAGMA \(care.rawValue)(10)").filter { $0 != "ok" }
            guard damage.isEmpty, try db.tableExists("schema_versions") else {
                if damage.isEmpty, try StoreError.tablesBeforeRelease.allSatisfy({ try db.tableExists($0) }) {
                    throw StoreError.beforeRelease
                }
                return Condition(schemaVersion: 0, damage: damage, subscribers: 0, papers: 0, deliveries: 0)
            }
            func count(_ table: String) throws -> Int {
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
            }
            return Condition(
                schemaVersion: try Int64.fetchOne(db, sql: "SELECT max(version) FROM schema_versions") ?? 0, damage: [],
                subscribers: try count("subscribers"), papers: try count("papers"),
                deliveries: try count("deliveries"))
        }
    }

    /// Takes the write lock and gives it back.
    ///
    /// - Throws: ``StoreError`` where that cannot be had.
    public func probeWriting() async throws {
        try await translating {
            let queue = try DatabaseQueue(path: path, configuration: Self.patient)
            try await queue.writeWithoutTransaction { db in
                try db.execute(sql: "BEGIN IMMEDIATE")
                try db.execute(sql: "ROLLBACK")
            }
            try queue.close()
        }
    }

    static var patient: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        return configuration
    }

    func reading<Value: Sendable>(_ work: @escaping @Sendable (GRDB.Database) throws -> Value) async throws -> Value {
        try await translating {
            var configuration = Self.patient
            configuration.readonly = true
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let value = try await queue.read(work)
            try queue.close()
            return value
        }
    }

    func translating<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch {
            throw SQLiteDriver.translate(error, path: path)
        }
    }
}
