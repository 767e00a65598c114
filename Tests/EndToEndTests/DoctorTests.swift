import Foundation
import Loopback
import Mail
import TestServers
import TestSupport
import Testing

@testable import Store

/// It looks at the file of a SQLite database, among other things.
@Suite("The doctor", .serialized, .enabled(if: !TestPlace.isOnServer))
struct DoctorTests {
    /// A way to break an installation, and what is to be said of it.
    struct Breakage: Sendable {
        let name: String
        let check: String
        var state = "failed"
        let mentions: String
        /// Breaks something and gives the environment in which the doctor looks, and the name server it asks.
        let make: @Sendable (DoctorGround) async throws -> (environment: [String: String], dns: Int?)
    }

    @Test("finds nothing failed where all is well, and each of these breakages by its name with a mend")
    func breakages() async throws {
        let ground = try await DoctorGround()
        let well = try await ground.ask([:])
        let states = try jsonLines(well.output).compactMap { $0["state"] as? String }
        #expect(well.status == 0 && !states.contains("failed"), "\(well.output)\(well.complaints)")
        let checks = Set(try jsonLines(well.output).compactMap { $0["check"] as? String })
        #expect(
            checks == [
                "configuration", "database", "instance", "templates", "topics", "secrets", "disk", "feeds", "clock",
                "tzdata",
                "smtp", "dkim", "spf", "dmarc", "mx", "ptr", "web",
            ])
        for breakage in Self.all {
            let (environment, dns) = try await breakage.make(ground)
            let run = try await ground.ask(environment, dns: dns)
            let found = try jsonLines(run.output).first {
                $0["check"] as? String == breakage.check && $0["state"] as? String == breakage.state
                    && ($0["found"] as? String)?.contains(breakage.mentions) == true
            }
            #expect(found != nil, "\(breakage.name): \(run.output)\(run.complaints)")
            #expect((found?["mend"] as? String)?.isEmpty == false, "\(breakage.name) has no mend")
            let hasFailed = try jsonLines(run.output).contains { $0["state"] as? String == "failed" }
            #expect(run.status == (hasFailed ? 1 : 0), "\(breakage.name)")
        }
        await ground.end()
    }

    @Test("for people, prints a line for each check and one more where there is something to mend; offline asks nobody")
    func text() async throws {
        let program = try Program()
        let run = try await program.run("doctor", "--offline")
        let lines = run.output.split(separator: "\n")
        #expect(run.status == 0, "\(run.output)")
        #expect(lines.contains { $0.hasPrefix("warning  database") })
        #expect(lines.contains { $0.contains("→ run `broadsheet migrate`") })
        #expect(!lines.contains { $0.contains("smtp") || $0.contains("web ") })
        // It has looked only.
        #expect(!FileManager.default.fileExists(atPath: "\(program.folder.path)/test.sqlite"))
    }
}

extension DoctorTests {
    static let all: [Breakage] = files + databases + servers + names + feeds

    private static let files = [
        Breakage(name: "value that is not allowed", check: "configuration", mentions: "BROADSHEET_WEB_PORT") { _ in
            (["BROADSHEET_WEB_PORT": "many"], nil)
        },
        Breakage(name: "missing DKIM key", check: "configuration", mentions: "DKIM_RSA_KEY_FILE") { _ in
            (["BROADSHEET_DKIM_RSA_KEY_FILE": "nowhere.pem"], nil)
        },
        Breakage(name: "broken template", check: "templates", mentions: "mail-digest.html") { ground in
            let folder = ground.program.folder.appendingPathComponent("looks")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            _ = try ground.program.file("looks/mail-digest.html", "{{#papers}} and no end")
            return (["BROADSHEET_TEMPLATES_FOLDER": folder.path], nil)
        },
        Breakage(name: "topics without a filter", check: "topics", mentions: "topics.yaml") { ground in
            (["BROADSHEET_TOPICS_FILE": try ground.program.file("topics.yaml", "topics: 3\n")], nil)
        },
        Breakage(name: "DKIM key for all to read", check: "secrets", mentions: "open.pem") { ground in
            let key = try String(contentsOfFile: ground.dkimFile, encoding: .utf8)
            let file = try ground.program.file("open.pem", key)
            chmod(file, 0o644)
            return (["BROADSHEET_DKIM_RSA_KEY_FILE": file], nil)
        },
        Breakage(name: "DKIM key that is none", check: "dkim", mentions: "dkim.rsa_key_file") { ground in
            let file = try ground.program.file("none.pem", "no key")
            chmod(file, 0o600)
            return (["BROADSHEET_DKIM_RSA_KEY_FILE": file], nil)
        },
        Breakage(name: "database for all to read", check: "secrets", mentions: "open.sqlite, which holds") { ground in
            let url = try await other("open", ground) { _ in }
            chmod("\(ground.program.folder.path)/open.sqlite", 0o644)
            return (["BROADSHEET_DATABASE": url], nil)
        },
        Breakage(name: "backup for all to read", check: "secrets", mentions: "before-upgrade") { ground in
            let run = try await ground.program.run("backup", "\(ground.program.folder.path)/before-upgrade")
            try #require(run.status == 0, "\(run.complaints)")
            chmod("\(ground.program.folder.path)/before-upgrade", 0o604)
            return ([:], nil)
        },
        Breakage(name: "password for all to read", check: "secrets", mentions: "smtp.url_file") { ground in
            let file = try ground.program.file("smtp-url", "smtp://papers:right@localhost:25")
            chmod(file, 0o644)
            return (["BROADSHEET_SMTP_URL_FILE": file], nil)
        },
    ]

    private static let databases = [
        Breakage(name: "database in no folder", check: "database", mentions: "cannot be written") { ground in
            (["BROADSHEET_DATABASE": "sqlite:\(ground.program.folder.path)/none/x.sqlite"], nil)
        },
        Breakage(name: "file that is no database", check: "database", mentions: "not an intact SQLite database") {
            ground in
            let file = try ground.program.file("text.sqlite", String(repeating: "no database. ", count: 500))
            return (["BROADSHEET_DATABASE": "sqlite:\(file)"], nil)
        },
        Breakage(name: "database of a newer program", check: "database", mentions: "schema version 999") { ground in
            let url = try await other("newer", ground) { sql in
                _ = try sql.execute("INSERT INTO schema_versions (version, applied_at) VALUES (999, 0)")
            }
            return (["BROADSHEET_DATABASE": url], nil)
        },
        Breakage(name: "damaged database", check: "database", mentions: "damaged") { ground in
            let url = try await other("damaged", ground) { _ in }
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: String(url.dropFirst(7))))
            // Over pages in the middle, so that the first still says SQLite.
            try file.seek(toOffset: 8 * 4096)
            try file.write(contentsOf: Data(repeating: 0x5A, count: 6 * 4096))
            try file.close()
            return (["BROADSHEET_DATABASE": url], nil)
        },
        Breakage(name: "copy of the database", check: "instance", state: "warning", mentions: "nothing is sent") {
            ground in
            let url = try await other("copy", ground) { sql in
                _ = try sql.execute("INSERT INTO installation (name, value) VALUES ('instance', 'abc elsewhere')")
            }
            return (["BROADSHEET_DATABASE": url], nil)
        },
    ]

    /// A second database of the program's, changed and closed.
    private static func other(
        _ name: String, _ ground: DoctorGround, _ change: @escaping @Sendable (any SQLConnection) throws -> Void
    ) async throws -> String {
        let url = "sqlite:\(ground.program.folder.path)/\(name).sqlite"
        #expect(try await ground.program.run("migrate", environment: ["BROADSHEET_DATABASE": url]).status == 0)
        try await Database(url: url).driver.write(change)
        return url
    }

    private static let servers = [
        Breakage(name: "mail server that is away", check: "smtp", mentions: "no connection") { _ in
            (["BROADSHEET_SMTP_URL": "smtp://localhost:\(try await LoopbackPort.free())"], nil)
        },
        Breakage(name: "wrong password", check: "smtp", mentions: "refuses the login") { ground in
            let receiver = try await DoctorGround.receiver(try ground.certificates.certificate(for: "localhost"))
            return (["BROADSHEET_SMTP_URL": "smtp://papers:wrong@localhost:\(receiver.port)"], nil)
        },
        Breakage(name: "certificate that has ended", check: "smtp", mentions: "expired") { ground in
            let ended = try ground.certificates.certificate(for: "localhost", days: -1)
            let receiver = try await DoctorGround.receiver(ended)
            return (["BROADSHEET_SMTP_URL": "smtp://papers:right@localhost:\(receiver.port)"], nil)
        },
        Breakage(name: "certificate that ends soon", check: "smtp", state: "warning", mentions: "valid until") {
            ground in
            let receiver = try await DoctorGround.receiver(
                try ground.certificates.certificate(for: "localhost", days: 3))
            return (["BROADSHEET_SMTP_URL": "smtp://papers:right@localhost:\(receiver.port)"], nil)
        },
        Breakage(name: "base URL that nobody answers", check: "web", mentions: "not answered") { _ in
            (["BROADSHEET_WEB_BASE_URL": "http://127.0.0.1:\(try await LoopbackPort.free())"], nil)
        },
        Breakage(name: "base URL of another program", check: "web", mentions: "does not lead to this program") { _ in
            let server = try await HTTPFileServer.start { _ in HTTPServerReply(status: 200) }
            return (["BROADSHEET_WEB_BASE_URL": server.baseURL], nil)
        },
        Breakage(name: "base URL of another installation", check: "web", mentions: "another installation") { _ in
            (["BROADSHEET_SITE_KEY": String(repeating: "another", count: 5)], nil)
        },
    ]

    private static let names = [
        Breakage(name: "another DKIM key in DNS", check: "dkim", mentions: "is not the one") { _ in
            ([:], try await answerer { $0["broadsheet-rsa._domainkey.example.org"] = [.txt("v=DKIM1; k=rsa; p=AAAA")] })
        },
        Breakage(name: "no DKIM key in DNS", check: "dkim", mentions: "nothing is published") { _ in
            ([:], try await answerer { $0["broadsheet-rsa._domainkey.example.org"] = nil })
        },
        Breakage(name: "SPF that allows every host", check: "spf", mentions: "allows every host") { _ in
            ([:], try await answerer { $0["example.org"] = [.txt("v=spf1 +all")] })
        },
        Breakage(name: "two SPF records", check: "spf", mentions: "2 SPF records") { _ in
            ([:], try await answerer { $0["example.org"] = [.txt("v=spf1 mx -all"), .txt("v=spf1 -all")] })
        },
        Breakage(name: "no DMARC", check: "dmarc", state: "warning", mentions: "no DMARC policy") { ground in
            ([:], try await answerer(ground) { $0["_dmarc.example.org"] = nil })
        },
        Breakage(name: "DMARC without a policy", check: "dmarc", mentions: "no valid policy") { _ in
            ([:], try await answerer { $0["_dmarc.example.org"] = [.txt("v=DMARC1; p=maybe")] })
        },
        Breakage(name: "domain that takes no mail", check: "mx", mentions: "takes no mail") { _ in
            ([:], try await answerer { $0["example.org"] = [.txt("v=spf1 mx -all"), .mx(preference: 0, host: "")] })
        },
        Breakage(name: "address without a name", check: "ptr", state: "warning", mentions: "no name") { ground in
            ([:], try await answerer(ground) { $0["10.2.0.192.in-addr.arpa"] = nil })
        },
        Breakage(name: "name server that is away", check: "dkim", state: "warning", mentions: "gave no answer") { _ in
            ([:], try await LoopbackPort.free())
        },
    ]

    /// A name server with other records than the ground's; with its DKIM key where the ground is given.
    private static func answerer(
        _ ground: DoctorGround? = nil, _ change: (inout [String: [DNSAnswerer.Record]]) -> Void
    ) async throws -> Int {
        let key = try ground.map { try DKIMKey(pem: try String(contentsOfFile: $0.dkimFile, encoding: .utf8)) }
        var records = DoctorGround.records(try key ?? DKIMKey.generate(.rsa))
        change(&records)
        return try await DNSAnswerer.start(records).port
    }

    private static let feeds = [
        Breakage(name: "feeds file that is no list", check: "feeds", mentions: "no list of feeds") { ground in
            (["BROADSHEET_FEEDS_FILE": try ground.program.file("broken.yaml", "feeds: none\n")], nil)
        },
        Breakage(name: "feed that is no feed", check: "feeds", mentions: "cannot be fetched now") { ground in
            let server = try await HTTPFileServer.start { _ in HTTPServerReply(status: 404) }
            return (["BROADSHEET_DATABASE": try await database("dead", feed: server.baseURL, hadAgo: 3, ground)], nil)
        },
        Breakage(name: "feed that nobody fetched for days", check: "feeds", state: "warning", mentions: "5 days ago") {
            ground in
            let server = try await SampleFeeds.start(papers: 1)
            return (["BROADSHEET_DATABASE": try await database("old", feed: server.baseURL, hadAgo: 5, ground)], nil)
        },
    ]

    /// A second database that knows one feed.
    private static func database(
        _ name: String, feed: String, hadAgo days: Double, _ ground: DoctorGround
    ) async throws -> String {
        let url = try await other(name, ground) { _ in }
        let store = try Database(url: url).feeds
        let declaration = FeedDeclaration(url: "\(feed)/day", allowsPrivate: true, allowsHTTP: true)
        let added = try #require(try await store.add(declaration, origin: .admin))
        try await store.recordUnchanged(id: added.id, at: .now.addingTimeInterval(-days * 86_400), next: .now)
        return url
    }
}
