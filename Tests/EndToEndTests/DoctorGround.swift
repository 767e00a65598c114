import Foundation
import Loopback
import Mail
import TestServers
import TestSupport

@testable import Store

/// An installation in which all is well: a feed that was fetched, a mail server with TLS and login, names in DNS, keys, and
/// the service running.
final class DoctorGround {
    let program: Program
    let certificates: TestCertificates
    let names: DNSAnswerer
    let config: String
    let dkimFile: String
    let database: String
    private let feeds: SampleFeeds
    private let receiver: SMTPReceiver
    private let serving: Process

    private static let login = SMTPReceiverOptions.Credentials(user: "papers", secret: "right")

    init() async throws {
        certificates = try TestCertificates()
        feeds = try await SampleFeeds.start(papers: 3)
        receiver = try await Self.receiver(try certificates.certificate(for: "localhost"))
        let key = try DKIMKey.generate(.rsa)
        names = try await DNSAnswerer.start(Self.records(key))
        let port = try await LoopbackPort.free()
        program = try Program(["BROADSHEET_SMTP_TLS": "required"])
        database = "\(program.folder.path)/test.sqlite"
        dkimFile = try program.file("dkim.pem", key.pem)
        chmod(dkimFile, 0o600)
        let settings = try program.file(
            "broadsheet.yaml",
            """
            web:
              port: \(port)
              base_url: http://127.0.0.1:\(port)
            mail:
              from: Papers <papers@example.org>
            smtp:
              url: smtp://papers:right@localhost:\(receiver.port)
              ca_file: \(certificates.authority)
              name: mail.example.org
            dkim:
              domain: example.org
              rsa_key_file: \(dkimFile)
            feeds:
              file: \(try program.file("feeds.yaml", "feeds:\n  - \(feeds.baseURL)/day\n"))
            """)
        chmod(settings, 0o600)
        config = settings
        serving = program.process(["serve", "--config", settings])
        serving.standardError = FileHandle.nullDevice
        try serving.run()
        _ = try await Browser().patiently { try await $0.get("http://127.0.0.1:\(port)/readyz") }
        try await waitForFeeds()
    }

    /// Asks the doctor. What is given wins over the settings of the ground.
    func ask(_ environment: [String: String], dns: Int? = nil) async throws -> Program.Run {
        let command = [
            "doctor", "--config", config, "--format", "json", "--dns", "127.0.0.1:\(dns ?? names.port)",
        ]
        return try await program.run(command, environment: environment)
    }

    /// A mail server as the ground's own, with another certificate.
    static func receiver(_ certificate: LoopbackCertificate) async throws -> SMTPReceiver {
        var options = SMTPReceiverOptions()
        options.tls = .startTLS(certificate)
        options.credentials = login
        return try await SMTPReceiver.start(options: options)
    }

    static func records(_ key: DKIMKey) -> [String: [DNSAnswerer.Record]] {
        [
            "example.org": [
                .txt("v=spf1 mx -all"), .txt("something else"), .mx(preference: 10, host: "mail.example.org"),
            ],
            "_dmarc.example.org": [.txt("v=DMARC1; p=quarantine")],
            "broadsheet-rsa._domainkey.example.org": [.txt(key.dnsRecord)],
            "mail.example.org": [.a([192, 0, 2, 10])],
            "10.2.0.192.in-addr.arpa": [.ptr("mail.example.org")],
        ]
    }

    private func waitForFeeds() async throws {
        let store = try Database(url: "sqlite:\(database)").feeds
        try await Awaiting.until { try await store.all().contains { $0.fetchedAt != nil } }
    }

    func end() async {
        serving.terminate()
        serving.waitUntilExit()
        await names.stop()
        await receiver.stop()
        await feeds.stop()
        certificates.remove()
    }
}
