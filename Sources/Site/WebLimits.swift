import Core
import Foundation
import Transport

/// The header in which trusted proxies name the client.
public enum ForwardedHeader: String, Sendable, CaseIterable {
    case xForwardedFor = "x-forwarded-for"
    /// RFC 7239.
    case forwarded
}

/// Whether addresses that belong to a duty and not to a person may be typed into the box.
public enum RoleAddressChoice: String, Sendable, CaseIterable { case allow, refuse }

/// What the web server takes from strangers. 0 is no limit where a count may be 0.
public struct WebLimits: Sendable {
    /// Only what comes from these is believed about where it came from before.
    public var trustedProxies: [IPNetwork]
    public var forwardedHeader: ForwardedHeader
    /// Forms and searches of one client a minute.
    public var clientRequests: Int
    /// Pages of one client a minute that are rendered anew.
    public var clientPages: Int
    /// Sign-ups of one client an hour.
    public var clientSignups: Int
    /// Sign-ups of one address an hour.
    public var addressSignups: Int
    /// All sign-ups an hour.
    public var signups: Int
    /// The fewest seconds in which a person fills in the box; 0 asks nothing.
    public var fillTime: TimeInterval
    /// The most connections at once.
    public var connections: Int
    /// The most of one client at once; 0 is no limit.
    public var clientConnections: Int
    /// Seconds for a request, for reading its answer, and between two requests.
    public var timeout: Int

    init(_ reader: SettingsReader) throws {
        typealias Keys = SettingKeys
        trustedProxies = try reader.value(Keys.trustedProxies)
        forwardedHeader = try reader.value(Keys.forwardedHeader)
        clientRequests = try reader.value(Keys.clientRequests)
        clientPages = try reader.value(Keys.clientPages)
        clientSignups = try reader.value(Keys.clientSignups)
        addressSignups = try reader.value(Keys.addressSignups)
        signups = try reader.value(Keys.signups)
        fillTime = Double(try reader.value(Keys.formSeconds))
        connections = try reader.value(Keys.webConnections)
        clientConnections = try reader.value(Keys.clientConnections)
        timeout = try reader.value(Keys.webTimeout)
    }
}

extension SettingKeys {
    static let trustedProxies = Setting<[IPNetwork]>(
        "web.trusted_proxies",
        "The proxies in front, as addresses or ranges separated by spaces; only they may say who the client is.",
        allowed: "addresses or ranges such as 127.0.0.1 10.0.0.0/8 ::1"
    ) { text in
        let words = text.split(whereSeparator: { $0.isWhitespace || $0 == "," })
        let networks = words.compactMap { IPNetwork($0) }
        return networks.count == words.count ? networks : nil
    }
    static let forwardedHeader = Setting<ForwardedHeader>.choice(
        "web.forwarded_header", "The header in which they name the client.", default: .xForwardedFor)
    static let clientRequests = Setting.number(
        "web.client_requests", "The most forms and searches a minute from one client; 0 is no limit.", default: 60,
        in: 0...1_000_000)
    static let clientPages = Setting.number(
        "web.client_pages",
        "The most pages a minute for one client that are not in the cache; 0 is no limit.",
        default: 600, in: 0...1_000_000)
    static let clientSignups = Setting.number(
        "web.client_signups", "The most sign-ups an hour from one client; 0 is no limit.", default: 30,
        in: 0...1_000_000)
    static let addressSignups = Setting.number(
        "web.address_signups",
        "The most sign-ups an hour for one address that have an effect; the others get the same answer. 0 is no limit.",
        default: 5, in: 0...1_000_000)
    static let signups = Setting.number(
        "web.signups", "The most sign-ups an hour in all; 0 is no limit.", default: 1000, in: 0...1_000_000)
    static let formSeconds = Setting.number(
        "web.form_seconds",
        "The fewest seconds that a person needs to fill in the form; faster ones must press the button once more. 0 asks nothing.",
        default: 2, in: 0...60)
    static let webConnections = Setting.number(
        "web.connections", "The most connections at once; more wait.", default: 500, in: 1...100_000)
    static let clientConnections = Setting.number(
        "web.client_connections",
        "The most connections at once from one client, but for trusted proxies; more are closed. 0 is no limit.",
        default: 100, in: 0...100_000)
    static let webTimeout = Setting.number(
        "web.timeout", "Seconds for a request to arrive, for its answer to be read, and between two requests.",
        default: 30, in: 1...600)
    static let disposableDomainsFile = Setting.path(
        "web.disposable_domains_file",
        "A file of domains, one per line; addresses there and in their subdomains are refused.")
    static let roleAddresses = Setting<RoleAddressChoice>.choice(
        "web.role_addresses", "Whether addresses of a role, such as postmaster@, can subscribe.", default: .refuse)
    static let roleAddressesFile = Setting.path(
        "web.role_addresses_file", "A file of their local parts, one per line, instead of the built-in list.")
}
