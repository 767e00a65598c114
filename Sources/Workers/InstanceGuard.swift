import Foundation
import Store

/// Keeps a copy of an installation, restored from a snapshot or brought up on a second machine, from mailing everyone
/// again: the database knows where it lies, and elsewhere somebody has to take over explicitly.
///
/// A SQLite file belongs to one machine and one path, where an older one that is put back is noticed, see `GenerationFile`. A database on a server belongs to its place on that server, and to
/// every machine that is pointed at it, for several are meant to: a dump that was restored elsewhere, on the same server or on
/// another, sends nothing. A standby that takes over is the same database and goes on. A clone of the whole server, file by
/// file, cannot be told from the first by the database alone: give it another `site.instance` before it is started.
public struct InstanceGuard: Sendable {
    /// Another machine sends.
    public struct Conflict: Error, CustomStringConvertible {
        public let description: String
    }

    private let installation: Installation
    static let key = "instance"

    public init(_ installation: Installation) { self.installation = installation }

    /// Registers this machine where none is known.
    ///
    /// - Throws: ``Conflict`` where another is, `StoreError`.
    public func check() async throws {
        let identity = try await identity()
        let known = try await installation.database.installation.value(Self.key, orStore: identity)
        guard Self.code(known) != Self.code(identity) else { return try await requireNewest() }
        throw Conflict(
            description:
                "this database belongs to the installation on \(Self.name(known)), and this is \(Self.name(identity)): "
                + "nothing is sent from here. If it has moved here, and the other is stopped, run `broadsheet instance takeover`"
        )
    }

    /// A backup that was put in the file's place, by hand or by a tool such as Litestream, is no other installation to the
    /// machine and the path; but it does not know what was sent since.
    private func requireNewest() async throws {
        guard try await installation.database.isPutBack() else { return }
        throw Conflict(
            description:
                "an older database has replaced the one that mails were last sent from, and does not have all "
                + "records of sent mails: nothing is sent from here. To continue with it, run `broadsheet instance takeover`"
        )
    }

    /// Makes this machine the one that sends. Numbers begin beyond those that the other, or what came after a backup, may
    /// have given out, and the operator's sessions end: a database that was restored here does not know which of them were
    /// ended since.
    ///
    /// - Returns: what it was before, where that was another.
    public func takeOver() async throws -> String? {
        let identity = try await identity()
        let before = try await installation.database.installation.value(Self.key, orStore: identity)
        try await installation.database.skipNumbers()
        try await installation.database.installation.set(Self.key, identity)
        try await installation.database.adminSessions.endAll(at: installation.clock.now)
        return Self.code(before) == Self.code(identity) ? nil : Self.name(before)
    }

    /// The machine that sends, and this one.
    public func names() async throws -> (sending: String, here: String) {
        let identity = try await identity()
        let known = try await installation.database.installation.value(Self.key, orStore: identity)
        return (Self.name(known), Self.name(identity))
    }

    /// A code that does not tell the machine's id, a blank, and a name for people.
    private func identity() async throws -> String {
        let settings = installation.settings
        let name = settings.instanceName
        let server = try await installation.database.identity()
        let place = server ?? "\(Self.machineID)\n\(Self.path(settings.database))"
        let code = installation.key.code("instance", Array((name.isEmpty ? place : "\(name)\n").utf8)).prefix(12)
        let shown =
            server == nil ? "\(ProcessInfo.processInfo.hostName), \(Self.path(settings.database))" : "a database server"
        return "\(Data(code).base64EncodedString()) \(name.isEmpty ? shown : name)"
    }

    /// systemd's id of the machine; where there is none, as in many containers, the host name.
    private static let machineID: String = {
        let file = try? String(contentsOfFile: "/etc/machine-id", encoding: .utf8)
        let id = file?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        return id.isEmpty ? ProcessInfo.processInfo.hostName : id
    }()

    /// Where the file lies: a copy beside it is another installation.
    private static func path(_ database: String) -> String {
        URL(fileURLWithPath: String(database.dropFirst("sqlite:".count))).resolvingSymlinksInPath().standardizedFileURL
            .path
    }

    private static func code(_ identity: String) -> Substring { identity.prefix { $0 != " " } }
    private static func name(_ identity: String) -> String { String(identity.drop { $0 != " " }.dropFirst()) }
}
