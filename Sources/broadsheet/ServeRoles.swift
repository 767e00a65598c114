import ArgumentParser

/// Parts of the service that a process can be started with alone.
enum ServeRole: String, CaseIterable {
    /// The pages.
    case web
    /// Fetching the feeds.
    case ingest
    /// Writing the digests that are due, and what else has its times: pauses, reminders, the mailbox of bounces.
    case schedule
    case send
}

/// `web,send`: some roles, by their names with commas between.
struct ServeRoles: ExpressibleByArgument {
    let roles: Set<ServeRole>

    static let all = ServeRoles(roles: Set(ServeRole.allCases))

    private init(roles: Set<ServeRole>) { self.roles = roles }

    init?(argument: String) {
        let names = argument.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        let roles = names.compactMap(ServeRole.init)
        guard !roles.isEmpty, roles.count == names.count else { return nil }
        self.roles = Set(roles)
    }

    var defaultValueDescription: String { ServeRole.allCases.map(\.rawValue).joined(separator: ",") }

    func isDisjoint(with others: Set<ServeRole>) -> Bool { roles.isDisjoint(with: others) }

    func contains(_ role: ServeRole) -> Bool { roles.contains(role) }
}
