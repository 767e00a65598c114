import Foundation
import Site
import Transport

extension Relay {
    /// The relays of `smtp.url`: one address, or several with blanks between, each with `*3` after it where it is to get
    /// three times as much as one without.
    ///
    /// - Throws: `TransportError` for an address that cannot be read.
    ///
    /// - Parameters:
    ///   - patience: how long is too long for a reply to what was sent ahead.
    ///   - onChange: told what is learnt of each, with its address.
    static func all(
        _ settings: Settings, patience: SMTPPatience = SMTPPatience(),
        onChange: @escaping @Sendable (_ address: String, SMTPRelayProfile) -> Void = { _, _ in }
    ) throws(TransportError) -> [Relay] {
        let fixed = SMTPPipelining(rawValue: settings.smtpPipelining.rawValue)
        var relays: [Relay] = []
        for word in settings.smtpURL.split(whereSeparator: \.isWhitespace) {
            let (url, weight) = parts(word)
            var server = try SMTPServer(
                url: url, tls: SMTPServer.TLSPolicy(rawValue: settings.smtpTLS.rawValue) ?? .required)
            server.caFile = settings.smtpCAFile
            server.clientCertificateFile = settings.smtpCertificateFile
            server.clientKeyFile = settings.smtpKeyFile
            server.bearerToken = settings.smtpToken.map { Secret($0) }
            server.connectTimeout = min(server.connectTimeout, .seconds(settings.smtpTimeout))
            server.responseTimeout = .seconds(settings.smtpTimeout)
            server.finalResponseTimeout = .seconds(2 * settings.smtpTimeout)
            server.clientName = settings.smtpName ?? publicHost(settings.baseURL)
            let address = server.description
            let knowledge = SMTPRelayKnowledge(fixed: fixed, patience: patience) { onChange(address, $0) }
            relays.append(Relay(server: server, weight: weight, knowledge: knowledge))
        }
        return relays
    }

    private static func parts(_ word: Substring) -> (url: String, weight: Int) {
        guard let star = word.lastIndex(of: "*"), let weight = Int(word[word.index(after: star)...]), weight > 0 else {
            return (String(word), 1)
        }
        return (String(word[..<star]), weight)
    }

    /// The name for EHLO must be one that resolves to this machine (RFC 5321 4.1.4); the site's is, a bare host name or an
    /// address is not.
    private static func publicHost(_ url: String) -> String? {
        guard let host = URL(string: url)?.host(), host.contains("."), host.contains(where: \.isLetter) else {
            return nil
        }
        return host
    }
}

extension SendLimits {
    init(_ settings: Settings) {
        self.init(
            perSecond: settings.smtpRate, windowMessages: settings.smtpWindowMessages,
            windowSeconds: settings.smtpWindowSeconds, perDomain: settings.smtpDomainConnections,
            perDomainMinute: settings.smtpDomainRate)
    }
}
