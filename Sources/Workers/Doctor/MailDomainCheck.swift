import Core
import Foundation
import Site
import Transport

/// What the domain name system says of the domain that mails come from: SPF, DMARC, who takes what comes back, and the name
/// of the address that mails leave from.
struct MailDomainCheck: Sendable {
    let settings: Settings
    let dns: DNSResolver

    /// The domain that people see, and that of the envelope sender.
    private var domains: (from: String, bounce: String) {
        let from = settings.from.address.asciiDomain
        return (from, settings.bounceAddress?.split(separator: "@").last.map { $0.lowercased() } ?? from)
    }

    func run() async -> [Finding] {
        guard domains.from != "localhost.localdomain" else { return [] }
        // SPF is about the envelope sender (RFC 7208 section 2.4), DMARC about what people see (RFC 7489 section 3.1).
        async let spf = asked("spf") { try await senders(of: domains.bounce) }
        async let dmarc = asked("dmarc") { try await policy(of: domains.from) }
        async let mx = asked("mx") { try await mailServers(of: domains.bounce) }
        async let ptr = asked("ptr") { try await reverseName() }
        return await [spf, dmarc, mx, ptr].compactMap(\.self)
    }

    private func asked(_ check: String, _ question: () async throws -> Finding?) async -> Finding? {
        do {
            return try await question()
        } catch {
            return .warning(check, "\(error)", mend: "try again, or name a server with --dns")
        }
    }

    private func senders(of domain: String) async throws -> Finding {
        let records = try await dns.texts(domain).filter { $0.lowercased().split(separator: " ").first == "v=spf1" }
        let mend = "publish one TXT record at \(domain), such as “v=spf1 mx -all”, that names the hosts that send"
        guard let record = records.first else {
            return .warning("spf", "\(domain) does not say who may send for it", mend: mend)
        }
        guard records.count == 1 else {
            return .failed("spf", "\(domain) has \(records.count) SPF records, which counts as an error", mend: mend)
        }
        let last = record.lowercased().split(separator: " ").last ?? ""
        guard last != "+all", last != "all" else {
            return .failed(
                "spf", "\(domain) allows every host to send for it (“\(record)”)",
                mend: "end the record in -all or ~all")
        }
        return .ok("spf", "\(domain): \(record)")
    }

    /// The policy of the domain or, where it has none, of one above it.
    private func policy(of domain: String) async throws -> Finding {
        var labels = domain.split(separator: ".")
        while labels.count > 1 {
            let place = labels.joined(separator: ".")
            let records = try await dns.texts("_dmarc.\(place)").filter { $0.hasPrefix("v=DMARC1") }
            if let record = records.first { return Self.dmarc(record, at: "_dmarc.\(place)") }
            labels.removeFirst()
        }
        return .warning(
            "dmarc", "\(domain) has no DMARC policy, which large providers ask of senders",
            mend: "publish a TXT record at _dmarc.\(domain), such as “v=DMARC1; p=none; rua=mailto:…”")
    }

    private static func dmarc(_ record: String, at place: String) -> Finding {
        let tags = record.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
        guard let policy = tags.first(where: { $0.hasPrefix("p=") }),
            ["none", "quarantine", "reject"].contains(policy.dropFirst(2))
        else {
            return .failed(
                "dmarc", "\(place) has no valid policy (“\(record)”)", mend: "write p=none, p=quarantine or p=reject")
        }
        return .ok("dmarc", "\(place): \(policy)")
    }

    private func mailServers(of domain: String) async throws -> Finding {
        let servers = try await dns.mailServers(domain)
        if let first = servers.first, !first.host.isEmpty {
            return .ok("mx", "what comes back to \(domain) goes to \(first.host)")
        }
        let mend = "publish an MX record for \(domain), or set bounces.address to an address that is received"
        if servers.isEmpty, !(try await dns.addresses(domain)).isEmpty {
            return .warning(
                "mx", "\(domain) has no MX record; what comes back goes to the host of that name", mend: mend)
        }
        return .failed("mx", "\(domain) takes no mail, so bounces and replies are lost", mend: mend)
    }

    /// The address that mails leave from is known where `smtp.name` says whose it is, or where the mail server is elsewhere.
    private func reverseName() async throws -> Finding? {
        let server = try Relay.all(settings).first?.server
        guard let host = settings.smtpName ?? server.flatMap({ $0.isHere ? nil : $0.host }) else { return nil }
        let literal = IPAddress(host).map { [$0] }
        let addresses = if let literal { literal } else { try await dns.addresses(host) }
        let mend = "have the owner of the address set its reverse name (PTR) to one that leads back to it"
        guard let address = addresses.first else {
            return .warning("ptr", "\(host) has no address in DNS", mend: "publish one, or correct smtp.name")
        }
        let names = try await dns.names(of: address)
        for name in names where try await dns.addresses(name).contains(address) {
            return .ok("ptr", "\(address) is \(name), and \(name) is \(address)")
        }
        return .warning(
            "ptr", names.first.map { "\(address) is \($0), which does not lead back" } ?? "\(address) has no name",
            mend: mend)
    }
}
