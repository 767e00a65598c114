import Foundation
import Testing

@testable import Site

@Suite("The settings")
struct SettingsTests {
    private func file(_ text: String) throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: url)
        return url.path
    }

    private func settings(_ text: String, environment: [String: String] = [:]) async throws -> Settings {
        let path = try file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await Settings(file: path, environment: environment)
    }

    @Test("without a file and without variables every default is valid")
    func defaults() async throws {
        let settings = try await Settings(file: nil, environment: [:])
        #expect(settings.webPort == 8080)
        #expect(settings.digestMinute == 420)
        #expect(settings.listID == "papers.localhost.localdomain")
        #expect(settings.replyTo == nil)
        #expect(settings.smtpTLS == .required)
    }

    @Test("the file is read, numbers and times included, and the environment wins over it")
    func precedence() async throws {
        let text = """
            site:
              name: Reading group
            web:
              port: 9000
              base_url: https://papers.example.org
            digest:
              time: "18:30"
              max_papers: 7
            """
        let settings = try await settings(text, environment: ["BROADSHEET_WEB_PORT": "9001"])
        #expect(settings.siteName == "Reading group")
        #expect(settings.webPort == 9001)
        #expect(settings.baseURL == "https://papers.example.org")
        #expect(settings.digestMinute == 18 * 60 + 30)
        #expect(settings.digestMaxPapers == 7)
    }

    @Test(
        "the sender's name may hold the site's, and nothing else in braces",
        arguments: [
            ("{{siteName}} <a@example.org>", "Papers & Co"),
            ("Daily {{siteName}} <a@example.org>", "Daily Papers & Co"),
            ("\"{{siteName}}, daily\" <a@example.org>", "Papers & Co, daily"), ("Plain <a@example.org>", "Plain"),
        ])
    func senderName(from: String, name: String) async throws {
        let settings = try await settings(
            "site:\n  name: Papers & Co\n", environment: ["BROADSHEET_MAIL_FROM": from])
        #expect(settings.from.name == name)
        #expect(settings.from.address.description == "a@example.org")
        await #expect(throws: SiteError.self) {
            try await self.settings("", environment: ["BROADSHEET_MAIL_FROM": "{{title}} <a@example.org>"])
        }
    }

    @Test("paths in the file are taken from its folder, paths in the environment as they are")
    func paths() async throws {
        let settings = try await settings("topics:\n  file: t.yaml\n", environment: ["BROADSHEET_FEEDS_FILE": "f.yaml"])
        #expect(settings.topicsFile == FileManager.default.temporaryDirectory.path + "/t.yaml")
        #expect(settings.feedsFile == "f.yaml")
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        var environment: [String: String] = [:]
        let mentions: [String]
        var testDescription: String { name }
    }

    @Test(
        "a bad setting is refused by name, with what is allowed",
        arguments: [
            Bad(name: "unknown key", text: "web:\n  prot: 1\n", mentions: [":2", "web.prot", "web.port"]),
            Bad(name: "unknown section", text: "webb:\n  port: 1\n", mentions: ["webb"]),
            Bad(name: "no number", text: "web:\n  port: many\n", mentions: ["web.port", "many", "65535"]),
            Bad(name: "out of range", text: "web:\n  port: 70000\n", mentions: ["web.port", "70000"]),
            Bad(name: "no choice", text: "smtp:\n  tls: maybe\n", mentions: ["smtp.tls", "maybe", "opportunistic"]),
            Bad(
                name: "no zone", text: "digest:\n  time_zone: Mars/Base\n", mentions: ["digest.time_zone", "Mars/Base"]),
            Bad(name: "no time", text: "digest:\n  time: \"25:00\"\n", mentions: ["digest.time", "25:00"]),
            Bad(name: "no address", text: "mail:\n  from: nobody\n", mentions: ["mail.from", "nobody"]),
            Bad(name: "trailing slash", text: "web:\n  base_url: https://a.example/\n", mentions: ["web.base_url"]),
            Bad(
                name: "a path", text: "web:\n  base_url: https://a.example/papers\n",
                mentions: ["web.base_url", "host of their own"]),
            Bad(
                name: "a user in the address", text: "web:\n  base_url: https://me@a.example\n",
                mentions: ["web.base_url"]),
            Bad(
                name: "no range", text: "web:\n  trusted_proxies: 127.0.0.1 10.0.0.1/8\n",
                mentions: ["web.trusted_proxies", "10.0.0.0/8"]),
            Bad(name: "not YAML", text: "web: [\n", mentions: ["not valid YAML"]),
            Bad(name: "a list", text: "- a\n- b\n", mentions: ["not a list of keys"]),
            Bad(
                name: "from the environment", text: "", environment: ["BROADSHEET_WEB_PORT": "x"],
                mentions: ["BROADSHEET_WEB_PORT", "x"]),
        ])
    func refused(bad: Bad) async throws {
        let error = await #expect(throws: SiteError.self) { try await settings(bad.text, environment: bad.environment) }
        for mention in bad.mentions {
            #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
        }
    }

    @Test("the time zone is understood by its city; what is none is refused with what to try")
    func timeZone() async throws {
        for (typed, name) in [("zürich", "Europe/Zurich"), ("UTC", "UTC"), ("europe/paris", "Europe/Paris")] {
            let settings = try await settings("digest:\n  time_zone: \(typed)\n")
            #expect(settings.digestTimeZone.identifier == name)
        }
        let error = await #expect(throws: SiteError.self) { try await settings("digest:\n  time_zone: BST\n") }
        #expect(error?.place.hasSuffix("digest.time_zone") == true)
        #expect(error?.description.hasSuffix("unknown time zone “BST”; try Europe/London") == true)
    }

    @Test("a secret that is not allowed is not shown")
    func secrets() async throws {
        let error = await #expect(throws: SiteError.self) {
            try await settings("", environment: ["BROADSHEET_SITE_KEY": "tooshort-secret"])
        }
        #expect(error?.description.contains("tooshort") == false)
        #expect(error?.description.contains("32") == true)
    }

    @Test("a secret can come from a file")
    func secretFile() async throws {
        let path = try file("smtps://user:pass@mail.example.org\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let settings = try await settings("", environment: ["BROADSHEET_SMTP_URL_FILE": path])
        #expect(settings.smtpURL == "smtps://user:pass@mail.example.org")
    }

    @Test("a file that is missing is named")
    func missing() async {
        let error = await #expect(throws: SiteError.self) {
            try await Settings(file: "/no/such.yaml", environment: [:])
        }
        #expect(error?.description.contains("/no/such.yaml") == true)
    }

    @Test("the file that is shipped is valid and names every key with its default")
    func shipped() async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appendingPathComponent("config/broadsheet.yaml").path
        _ = try await Settings(file: path, environment: [:])
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var section = ""
        var written: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let bare = line.trimmingPrefix { $0 == " " || $0 == "#" }
            guard let colon = bare.firstIndex(of: ":"), !bare[..<colon].contains(" "), !line.hasPrefix("  # ") else {
                continue
            }
            let name = String(bare[..<colon])
            if !line.hasPrefix(" ") && !line.hasPrefix("#") { section = name }
            let key = line.hasPrefix(" ") ? "\(section).\(name)" : name
            written[key] = bare[bare.index(after: colon)...].trimmingCharacters(in: .init(charactersIn: " \""))
        }
        for setting in Settings.reference { #expect(written[setting.key] == setting.fallback, "\(setting.key)") }
    }
}

@Suite("Settings that are wrong, and where the database lies")
struct SettingsFaultsTests {
    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private func settings(_ text: String, _ environment: [String: String] = [:]) async throws -> Settings {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("broadsheet.yaml")
        try Data(text.utf8).write(to: file)
        return try await Settings(file: file.path, environment: environment)
    }

    @Test("all faults are told at once: keys, values, secrets, files, variables, and what does not fit together")
    func all() async throws {
        let text = """
            web:
              prot: 8080
              base_url: papers
            smtp:
              tls: maybe
              token_file: none
            dkim:
              domain: nowhere
            signup:
              remind_after: 100
              forget_after: 3
            """
        let variables = [
            "BROADSHEET_WEB_PROT": "1", "BROADSHEET_SITE_KEY": "tooshort-secret", "BROADSHEET_CONFIG": "x",
            "BROADSHEET_TEST_FEEDS": "y", "HOME": "/",
        ]
        let error = await #expect(throws: SettingsFaults.self) { try await settings(text, variables) }
        let faults = try #require(error).faults
        let mentions = [
            "BROADSHEET_WEB_PROT", "web.prot", "web.base_url", "BROADSHEET_SITE_KEY", "smtp.tls", "smtp.token_file",
            "dkim.domain", "signup.remind_after",
        ]
        #expect(faults.count == mentions.count, "\(faults)")
        for mention in mentions { #expect(faults.contains { "\($0)".contains(mention) }, "\(mention): \(faults)") }
        #expect(faults.contains { $0.mend.contains("BROADSHEET_WEB_PORT") })
        #expect(!"\(faults)".contains("tooshort"))
        #expect("\(try #require(error))".split(separator: "\n").count == mentions.count)
    }

    @Test("an unknown variable alone is an error too")
    func variable() async throws {
        let error = await #expect(throws: SiteError.self) {
            try await Settings(file: nil, environment: ["BROADSHEET_SMPT_URL": "smtp://x"])
        }
        #expect(error?.place == "BROADSHEET_SMPT_URL" && error?.mend.contains("BROADSHEET_SMTP_URL") == true)
    }

    @Test(
        "the database lies beside the settings file, however that is named and wherever a command is run",
        arguments: [
            ("", "{folder}/broadsheet.sqlite"), ("database: sqlite:data/x.sqlite\n", "{folder}/data/x.sqlite"),
            ("database: sqlite:/srv/x.sqlite\n", "/srv/x.sqlite"),
        ])
    func database(text: String, path: String) async throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(text.utf8).write(to: folder.appendingPathComponent("broadsheet.yaml"))
        let settings = try await Settings(file: folder.path + "/broadsheet.yaml", environment: [:])
        #expect(settings.database == "sqlite:" + path.replacing("{folder}", with: folder.path))
        let other = try await Settings(
            file: folder.path + "/broadsheet.yaml", environment: ["BROADSHEET_DATABASE": "sqlite:y.sqlite"])
        #expect(other.database == "sqlite:y.sqlite")
    }
}
