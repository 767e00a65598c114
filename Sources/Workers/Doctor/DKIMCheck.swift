import Mail
import Site
import Transport

/// Whether the keys that sign mails can be used and are the ones that are published.
struct DKIMCheck: Sendable {
    let settings: Settings
    /// Nil where nobody is to be asked.
    let dns: DNSResolver?

    /// What can be said without asking.
    var offline: [Finding] {
        guard let domain = settings.dkimDomain else { return [unsigned] }
        do {
            _ = try Signing.signers(settings)
            return [.ok("dkim", "the keys for \(domain) can be used; what is published was not asked")]
        } catch {
            return [.failed("dkim", error)]
        }
    }

    func run() async -> [Finding] {
        guard let domain = settings.dkimDomain, let dns else { return offline }
        if let failure = offline.first(where: { $0.state == .failed }) { return [failure] }
        var findings: [Finding] = []
        for (name, pem) in [("rsa", settings.dkimRSAKey), ("ed25519", settings.dkimEd25519Key)] {
            guard let pem, let key = try? DKIMKey(pem: pem) else { continue }
            findings.append(await compare(key, "\(settings.dkimSelector)-\(name)._domainkey.\(domain)", dns))
        }
        return findings
    }

    private var unsigned: Finding {
        .warning(
            "dkim", "mails are not signed, and many receivers refuse such mails",
            mend: "make keys with `broadsheet dkim generate DOMAIN`, unless the mail server signs")
    }

    private func compare(_ key: DKIMKey, _ name: String, _ dns: DNSResolver) async -> Finding {
        let mend = "publish the record that `broadsheet dkim records` prints"
        do {
            let records = try await dns.texts(name)
            let wanted = Self.publicKey(key.dnsRecord)
            if records.contains(where: { Self.publicKey($0) == wanted }) {
                return .ok("dkim", "the key published at \(name) is the one that signs")
            }
            return records.isEmpty
                ? .failed("dkim", "nothing is published at \(name), so signatures count as broken", mend: mend)
                : .failed("dkim", "the key published at \(name) is not the one that signs", mend: mend)
        } catch {
            return .warning("dkim", "\(error)", mend: "try again, or name a server with --dns")
        }
    }

    /// The `p=` of a record (RFC 6376 section 3.6.1); blanks in it mean nothing.
    private static func publicKey(_ record: String) -> String? {
        for tag in record.split(separator: ";") {
            let parts = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].filter({ !$0.isWhitespace }) == "p" else { continue }
            return parts[1].filter { !$0.isWhitespace }
        }
        return nil
    }
}
