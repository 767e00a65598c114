import Foundation
import Store

/// Keeps a copy of an installation, restored from a snapshot or brought up on a second machine, from mailing everyone
/// again: the database knows the one machine that sends, and another has to take over explicitly.
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
        let known = try await installation.database.installation.value(Self.key, orStore: identity)
        guard Self.code(known) != Self.code(identity) else { return }
        throw Conflict(
            description:
                "this database belongs to the installation on \(Self.name(known)), and this is \(Self.name(identity)): "
                + "nothing is sent from here. If it has moved here, and the other is stopped, run `broadsheet instance takeover`"
        )
    }

    /// Makes this machine the one that sends.
    ///
    /// - Returns: what it was before, where that was another.
    public func takeOver() async throws -> String? {
        let before = try await installation.database.installation.value(Self.key, orStore: identity)
        try await installation.database.installation.set(Self.key, identity)
        return Self.code(before) == Self.code(identity) ? nil : Self.name(before)
    }

    /// The machine that sends, and this one.
    public func names() async throws -> (sending: String, here: String) {
        let known = try await installation.database.installation.value(Self.key, orStore: identity)
        return (Self.name(known), Self.name(identity))
    }

    /// A code that does not tell the machine's id, a blank, and a name for people.
    private var identity: String {
        let settings = installation.settings
        let place = Self.place(settings.database)
        let name = settings.instanceName
        let id = name.isEmpty ? Self.machineID : name
        let code = installation.key.code("instance", Array("\(id)\n\(name.isEmpty ? place : "")".utf8)).prefix(12)
        let shown = name.isEmpty ? "\(ProcessInfo.processInfo.hostName), \(place)" : name
        return "\(Data(code).base64EncodedString()) \(shown)"
    }

    /// systemd's id of the machine; where there is none, as in many containers, the host name.
    private static let machineID: String = {
        let file = try? String(contentsOfFile: "/etc/machine-id", encoding: .utf8)
        let id = file?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        return id.isEmpty ? ProcessInfo.processInfo.hostName : id
    }()

    /// Where the database lies: a copy beside it is another installation.
    private static func place(_ database: String) -> String {
        guard database.hasPrefix("sqlite:") else { return "a database server" }
        return URL(fileURLWithPath: String(database.dropFirst(7))).resolvingSymlinksInPath().standardizedFileURL.path
    }

    private static func code(_ identity: String) -> Substring { identity.prefix { $0 != " " } }
    private static func name(_ identity: String) -> String { String(identity.drop { $0 != " " }.dropFirst()) }
}
