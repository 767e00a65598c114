import Foundation
import Mail

/// Which well-formed addresses people may type into the box. Operators may add any by hand.
///
/// A label of a domain that mixes scripts whose letters look alike (see ``LookalikeScripts``) is one that nobody types: it
/// was pasted, to be taken for another. One in a single script, and Latin beside Han, kana or Hangul, is let in.
public struct AddressPolicy: Sendable {
    /// Why an address is not taken, in words for the person who typed it.
    public enum Refusal: Error, Sendable, Equatable, CustomStringConvertible {
        /// The domain as it was typed.
        case disposable(String)
        /// The local part as it was typed.
        case role(String)
        /// The domain as readers see it.
        case mixedScripts(String)

        public var description: String {
            switch self {
            case .disposable(let domain):
                "Addresses at \(domain) are disposable. Enter one that you keep."
            case .mixedScripts(let domain):
                "“\(domain)” mixes letters that look alike, such as Latin and Cyrillic ones. Enter the address again."
            case .role(let name): "\(name)@ is a shared address. Enter your personal one."
            }
        }
    }

    private let domains: Set<String>
    private let roles: Set<String>

    /// Duties (RFC 2142) and mailboxes of machines, which ask for no papers but are typed in to annoy somebody.
    static let builtInRoles: Set<String> = [
        "abuse", "bounce", "bounces", "devnull", "donotreply", "do-not-reply", "hostmaster", "listserv",
        "mailer-daemon",
        "majordomo", "noc", "no-reply", "noreply", "nobody", "postmaster", "root", "security", "spam", "unsubscribe",
        "usenet", "uucp", "webmaster",
    ]

    public static let none = AddressPolicy(domains: [], roles: [])

    init(domains: Set<String>, roles: Set<String>) {
        self.domains = domains
        self.roles = roles
    }

    /// Reads the files that the settings name.
    ///
    /// - Throws: ``SiteError`` naming the file, and the line that is no domain or no local part.
    public init(_ settings: Settings) throws {
        domains = try Self.lines(of: settings.disposableDomainsFile).reduce(into: []) { domains, line in
            guard let address = try? Address("x@\(line.text.trimmingPrefix("*.").trimmingPrefix("@"))") else {
                throw SiteError(
                    line.place, "“\(line.text)” is not a domain", mend: "write one per line, such as example.org")
            }
            domains.insert(address.asciiDomain)
        }
        guard settings.roleAddresses == .refuse else {
            roles = []
            return
        }
        guard settings.roleAddressesFile != nil else {
            roles = Self.builtInRoles
            return
        }
        roles = try Self.lines(of: settings.roleAddressesFile).reduce(into: []) { roles, line in
            let name = line.text.hasSuffix("@") ? String(line.text.dropLast()) : line.text
            guard (try? Address("\(name)@example.org")) != nil else {
                throw SiteError(
                    line.place, "“\(line.text)” is not a local part", mend: "write one per line, such as postmaster")
            }
            roles.insert(name.lowercased())
        }
    }

    /// - Throws: ``Refusal`` for an address that is not taken; a subdomain counts as its domain, a `+tag` as its mailbox.
    public func check(_ address: Address) throws(Refusal) {
        let shown = address.unicodeDomain
        if shown.split(separator: ".").contains(where: LookalikeScripts.areMixed) { throw .mixedScripts(shown) }
        var domain = Substring(address.asciiDomain)
        while true {
            if domains.contains(String(domain)) { throw .disposable(address.domain) }
            guard let dot = domain.firstIndex(of: ".") else { break }
            domain = domain[domain.index(after: dot)...]
        }
        let mailbox = address.localPart.lowercased().prefix { $0 != "+" }
        if roles.contains(String(mailbox)) { throw .role(address.localPart) }
    }

    /// Lines without blanks and comments, each with its place for an error.
    private static func lines(of path: String?) throws -> [(text: String, place: String)] {
        guard let path else { return [] }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw SiteError(
                path, "cannot be read", mend: "name a file in UTF-8 that exists and that this user may read")
        }
        return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap {
            let bare = $1.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
            return bare.isEmpty ? nil : (bare, "\(path):\($0 + 1)")
        }
    }
}
