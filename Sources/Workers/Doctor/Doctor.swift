import Foundation
import Site
import Store
import Transport

/// Looks at everything an installation stands on, without changing any of it, and says what is wrong and how to mend it.
public struct Doctor: Sendable {
    let settings: Settings
    let dns: DNSResolver
    let isOffline: Bool
    let now: Date
    /// Bytes.
    let enoughSpace: Int64

    /// - Parameters:
    ///   - offline: nothing beyond this machine's files is asked.
    ///   - enoughSpace: below so many bytes of free disk there is a warning, below a tenth of them a failure.
    public init(
        settings: Settings, dns: DNSResolver = DNSResolver(), offline: Bool = false, now: Date = .now,
        enoughSpace: Int64 = 1 << 30
    ) {
        self.settings = settings
        self.dns = dns
        isOffline = offline
        self.now = now
        self.enoughSpace = enoughSpace
    }

    /// The only findings where the settings themselves cannot be read: one for each fault.
    public static func configuration(_ error: any Error) -> [Finding] {
        guard let faults = error as? SettingsFaults else { return [.failed("configuration", error)] }
        return faults.faults.map { .failed("configuration", $0) }
    }

    /// Everything in the order in which it is best mended. Takes seconds, or as long as the time limits of what does not
    /// answer; a large database takes longer, since all of it is read.
    public func examine() async -> [Finding] {
        let (database, open) = await DatabaseCheck(settings: settings, now: now).run()
        var findings = [configuration] + database + texts
        findings += FilesCheck(settings: settings, enoughSpace: enoughSpace).run()
        let (feeds, times) = await FeedsCheck(settings: settings, database: open, isOffline: isOffline, now: now).run()
        findings += feeds
        findings.append(ClockCheck(times: times).run())
        findings += await ZonesCheck(database: open, now: now).run()
        findings += await BouncesCheck(database: open).run()
        findings += await DeliveryCheck(database: open, now: now).run()
        if isOffline { return findings + DKIMCheck(settings: settings, dns: nil).offline }
        let relays = (try? await open?.relays.all(at: now)) ?? []
        async let servers = ServerCheck(settings: settings, now: now, relays: relays).run()
        async let dkim = DKIMCheck(settings: settings, dns: dns).run()
        async let domain = MailDomainCheck(settings: settings, dns: dns).run()
        async let site = SiteCheck(settings: settings, database: open, now: now).run()
        return await findings + servers + dkim + domain + site
    }

    private var configuration: Finding {
        let place = "all keys are known and all values allowed"
        guard settings.from.address.asciiDomain == "localhost.localdomain" else { return .ok("configuration", place) }
        return .warning("configuration", "mail.from is not set", mend: "write the address that mails come from")
    }

    /// Templates and topics.
    private var texts: [Finding] {
        var findings: [Finding] = []
        do {
            _ = try Installation.templates(settings)
            let place = settings.templatesFolder.map { "those of \($0) in place" } ?? "those built in"
            findings.append(.ok("templates", "all parse and have their links, \(place)"))
        } catch {
            findings.append(.failed("templates", error))
        }
        do {
            findings.append(.ok("topics", "\(try Installation.topics(settings).all.count) topics"))
        } catch {
            findings.append(.failed("topics", error))
        }
        return findings
    }
}
