import Foundation
import Loopback
import TestServers
import Testing

@testable import Transport

@Suite("TLS and login", .timeLimit(.minutes(10)))
struct SMTPSecurityTests {
    static let credentials = SMTPReceiverOptions.Credentials(user: "papers", secret: "p@ss w/ö%rd")

    /// Opens a connection to a receiver and sends one message.
    func attempt(
        _ options: SMTPReceiverOptions, scheme: String = "smtp", host: String = "localhost", login: String = "",
        tls: SMTPServer.TLSPolicy = .required, caFile: String? = nil, token: String? = nil
    ) async throws -> (error: TransportError?, receiver: SMTPReceiver) {
        let receiver = try await SMTPReceiver.start(options: options)
        var server = try SMTPServer(url: "\(scheme)://\(login)\(host):\(receiver.port)", tls: tls)
        server.caFile = caFile
        server.bearerToken = token.map { Secret($0) }
        do throws(TransportError) {
            let connection = try await SMTPConnection.open(server)
            let outcome = await connection.send(SMTPConnectionTests.message())
            await connection.close()
            await receiver.stop()
            #expect(outcome.isAccepted, "\(outcome)")
            return (nil, receiver)
        } catch {
            await receiver.stop()
            #expect(!error.description.contains("p@ss") && !String(reflecting: error).contains("p%40ss"))
            return (error, receiver)
        }
    }

    let login = "papers:p%40ss%20w%2F%C3%B6%25rd@"

    @Test("STARTTLS and implicit TLS, with each way to log in", arguments: ["PLAIN", "LOGIN", "XOAUTH2"])
    func authenticates(mechanism: String) async throws {
        let certificates = try TestCertificates()
        defer { certificates.remove() }
        let certificate = try certificates.certificate(for: "localhost")
        for (scheme, mode) in [
            ("smtp", SMTPReceiverOptions.TLS.startTLS(certificate)), ("smtps", .implicit(certificate)),
        ] {
            var options = SMTPReceiverOptions()
            options.tls = mode
            options.credentials = Self.credentials
            options.mechanisms = [mechanism]
            let token = mechanism == "XOAUTH2" ? Self.credentials.secret : nil
            let (error, receiver) = try await attempt(
                options, scheme: scheme, login: login, caFile: certificates.authority, token: token)
            #expect(error == nil)
            #expect(receiver.statistics.logins == 1)
            #expect(receiver.statistics.handshakes == 1)
            #expect(receiver.statistics.messages == 1)
        }
    }

    @Test(
        "a login that no password can mend does not ask for one",
        arguments: [
            (["SCRAM-SHA-256", "SCRAM-SHA-1"], "SCRAM-SHA-256", nil), (["XOAUTH2"], "smtp.token_file", nil),
            (["OAUTHBEARER"], "smtp.token_file", nil), (["GSSAPI"], "GSSAPI", nil),
            (["PLAIN", "LOGIN"], "use a password", "token"),
        ] as [([String], String, String?)])
    func unknownMechanisms(mechanisms: [String], words: String, token: String?) async throws {
        var options = SMTPReceiverOptions()
        options.credentials = Self.credentials
        options.mechanisms = mechanisms
        let (error, receiver) = try await attempt(options, login: login, tls: .none, token: token)
        #expect(error?.kind == .authentication)
        #expect(error?.description.contains(words) == true, "\(error as Any)")
        #expect(error?.description.contains("check user") == false, "\(error as Any)")
        #expect(receiver.statistics.messages == 0)
    }

    @Test(
        "a server that cannot log in or begin TLS now is to be tried later",
        arguments: [SMTPStage.auth, .startTLS], ["454 4.7.0 temporary authentication failure", "421 4.3.2 busy"])
    func notNow(stage: SMTPStage, reply: String) async throws {
        let certificates = try TestCertificates()
        defer { certificates.remove() }
        var options = SMTPReceiverOptions()
        options.tls = .startTLS(try certificates.certificate(for: "localhost"))
        options.credentials = Self.credentials
        options.script = { $0.stage == stage ? .reply(reply) : .proceed }
        let (error, _) = try await attempt(options, login: login, caFile: certificates.authority)
        #expect(error?.kind == .refusedByServer, "\(error as Any)")
        #expect(error?.description.contains("try later") == true)
        #expect(error?.description.contains("check user") == false)
    }

    @Test(
        "a wrong password is called so", arguments: ["535 5.7.8 bad", "535 no", "534 5.7.9 too weak", "530 5.7.0 no"])
    func wrongPassword(reply: String) async throws {
        var options = SMTPReceiverOptions()
        options.credentials = Self.credentials
        options.script = { $0.stage == .auth ? .reply(reply) : .proceed }
        let (error, _) = try await attempt(options, login: login, tls: .none)
        #expect(error?.kind == .authentication)
        #expect(error?.description.contains("check user and password") == true, "\(error as Any)")
    }

    @Test("many messages cross a TLS connection, pipelined")
    func throughput() async throws {
        let certificates = try TestCertificates()
        defer { certificates.remove() }
        var options = SMTPReceiverOptions()
        options.tls = .startTLS(try certificates.certificate(for: "localhost"))
        let receiver = try await SMTPReceiver.start(options: options)
        var server = try SMTPServer(url: "smtp://localhost:\(receiver.port)")
        server.caFile = certificates.authority
        let connection = try await SMTPConnection.open(server)
        let text = String(repeating: String(repeating: "x", count: 70) + "\r\n", count: 1_000)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 1...100 {
                group.addTask { await connection.send(SMTPConnectionTests.message("r@example.org", text)).isAccepted }
            }
            for await accepted in group { #expect(accepted) }
        }
        #expect(await receiver.messages().allSatisfy { $0.bytes == Array(text.utf8) })
        #expect(receiver.statistics.messages == 100)
        await connection.close()
        await receiver.stop()
    }

    @Test("a certificate for another name, an expired one and one of an unknown authority are refused")
    func badCertificates() async throws {
        let certificates = try TestCertificates()
        let stranger = try TestCertificates()
        defer {
            certificates.remove()
            stranger.remove()
        }
        let cases = [
            ("wrong name", try certificates.certificate(for: "mail.example.org")),
            ("expired", try certificates.certificate(for: "localhost", days: -1)),
            ("unknown authority", try stranger.certificate(for: "localhost")),
        ]
        for (name, certificate) in cases {
            for (scheme, mode) in [
                ("smtp", SMTPReceiverOptions.TLS.startTLS(certificate)), ("smtps", .implicit(certificate)),
            ] {
                var options = SMTPReceiverOptions()
                options.tls = mode
                options.credentials = Self.credentials
                let (error, receiver) = try await attempt(
                    options, scheme: scheme, login: login, caFile: certificates.authority)
                #expect(error?.kind == .tls, "\(name): \(String(describing: error))")
                #expect(receiver.statistics.logins == 0)
                #expect(receiver.statistics.messages == 0)
            }
        }
    }

    @Test("a server without STARTTLS is an error when TLS is required, and with a password always")
    func stripped() async throws {
        let (required, first) = try await attempt(SMTPReceiverOptions())
        #expect(required?.kind == .tls)
        #expect(required?.description.contains("STARTTLS") == true)
        #expect(first.statistics.messages == 0)
        var options = SMTPReceiverOptions()
        options.credentials = Self.credentials
        let (opportunistic, second) = try await attempt(options, login: login, tls: .opportunistic)
        #expect(opportunistic?.kind == .tls)
        #expect(second.statistics.logins == 0)
    }

    @Test("opportunistic TLS is used when offered and not missed when absent")
    func opportunistic() async throws {
        let certificates = try TestCertificates()
        defer { certificates.remove() }
        var options = SMTPReceiverOptions()
        options.tls = .startTLS(try certificates.certificate(for: "localhost"))
        let (with, offered) = try await attempt(options, tls: .opportunistic, caFile: certificates.authority)
        #expect(with == nil)
        #expect(offered.statistics.handshakes == 1)
        let (without, _) = try await attempt(SMTPReceiverOptions(), tls: .opportunistic)
        #expect(without == nil)
    }

    @Test("a wrong password is an authentication error that does not show it")
    func wrongPassword() async throws {
        var options = SMTPReceiverOptions()
        options.credentials = Self.credentials
        let (error, receiver) = try await attempt(options, login: "papers:hunter2@", tls: .none)
        #expect(error?.kind == .authentication)
        #expect(error?.stage == .auth)
        #expect(error?.reply?.enhanced == EnhancedStatus(5, 7, 8))
        #expect(error?.description.contains("hunter2") == false)
        #expect(receiver.statistics.messages == 0)
    }

    @Test("a user for a server that offers no AUTH is an error and not a silent anonymous session")
    func noAuthOffered() async throws {
        let (error, receiver) = try await attempt(SMTPReceiverOptions(), login: login, tls: .none)
        #expect(error?.kind == .authentication)
        #expect(receiver.statistics.messages == 0)
    }

    @Test("descriptions and dumps of a server never show its password")
    func secrets() throws {
        var server = try SMTPServer(url: "smtp://papers:hunter2@mail.example.org:587")
        server.bearerToken = Secret("hunter3")
        var dumped = ""
        dump(server, to: &dumped)
        for text in ["\(server)", String(reflecting: server), dumped] {
            #expect(!text.contains("hunter"))
        }
        #expect(server.description == "smtp://mail.example.org:587")
    }

    @Test(
        "an address that cannot be used is refused without showing it",
        arguments: [
            "", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://u:hunter2@h/path",
            "smtp://u:hunter2@h:port", "smtp://u:hun%0Ater2@h",
        ])
    func badServers(url: String) {
        let error = #expect(throws: TransportError.self) { try SMTPServer(url: url) }
        #expect(error?.kind == .badInput)
        #expect(error?.description.contains("hun") == false)
    }
}
