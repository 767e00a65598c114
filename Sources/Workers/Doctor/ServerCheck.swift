import Core
import Foundation
import Papers
import Site
import Store
import Transport

/// Whether each mail server takes a connection, with TLS and login as the settings say, and how long its certificate is
/// valid. No mail is sent.
struct ServerCheck: Sendable {
    let settings: Settings
    let now: Date
    /// What senders have learnt of the servers.
    let relays: [RelayStore.Relay]
    /// Days before its end at which a certificate should have been renewed.
    private static let renewal = 14

    init(settings: Settings, now: Date, relays: [RelayStore.Relay] = []) {
        self.settings = settings
        self.now = now
        self.relays = relays
    }

    func run() async -> [Finding] {
        do {
            var findings: [Finding] = []
            for relay in try Relay.all(settings) {
                findings.append(await look(at: relay.server))
                findings += learnt(of: relay.server)
            }
            return findings
        } catch {
            return [.failed("smtp", error)]
        }
    }

    private func look(at server: SMTPServer) async -> Finding {
        var server = server
        server.connectTimeout = min(server.connectTimeout, .seconds(15))
        server.responseTimeout = min(server.responseTimeout, .seconds(15))
        do {
            let connection = try await SMTPConnection.open(server)
            await connection.close()
            let login = server.user == nil ? "" : ", the login is accepted"
            if let end = connection.certificateEnd {
                return Self.certificate("smtp", "\(server)\(login)", end, now: now, "its operator")
            }
            guard server.isHere else {
                return .warning(
                    "smtp", "\(server) takes connections\(login), but in clear",
                    mend: "set smtp.tls to required, and ask the server's operator for a port with TLS")
            }
            return .ok("smtp", "\(server) takes connections\(login), in clear but on this machine")
        } catch {
            return .failed("smtp", error)
        }
    }

    /// How far commands go ahead of its replies, where that is less than it offers, and how many messages it takes of a
    /// connection.
    private func learnt(of server: SMTPServer) -> [Finding] {
        guard settings.smtpPipelining == .auto else {
            let choice = settings.smtpPipelining.rawValue
            return [.ok("smtp", "\(server): pipelining is set in the settings: \(choice)")]
        }
        // A server that was upgraded has left its older self behind.
        guard let known = relays.first(where: { $0.address == server.description }) else { return [] }
        return known.sentences.map { .ok("smtp", $0) }
    }

    /// A server that answered under TLS.
    static func certificate(_ check: String, _ server: String, _ end: Date, now: Date, _ who: String) -> Finding {
        let days = Int((end.timeIntervalSince(now) / 86_400).rounded(.down))
        let text = "\(server), with TLS; the certificate is valid until \(end.formatted(.iso8601))"
        return days < renewal
            ? .warning(check, text, mend: "have the certificate renewed by \(who): it ends in \(counted(days, "day"))")
            : .ok(check, text)
    }
}

extension SMTPServer {
    /// Whether it is on this machine, so that nobody is on the way.
    var isHere: Bool {
        host == "localhost"
            || IPAddress(host).map { $0.bytes.first == 127 || $0.description == "0:0:0:0:0:0:0:1" } ?? false
    }
}
