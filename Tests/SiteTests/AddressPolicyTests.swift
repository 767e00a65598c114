import Foundation
import Mail
import Testing

@testable import Site

@Suite("Which addresses may be typed in")
struct AddressPolicyTests {
    private func policy(_ files: [String: String] = [:], _ environment: [String: String] = [:]) async throws
        -> AddressPolicy
    {
        var environment = environment
        var paths: [URL] = []
        for (key, text) in files {
            let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).txt")
            try Data(text.utf8).write(to: url)
            environment[key] = url.path
            paths.append(url)
        }
        defer { for path in paths { try? FileManager.default.removeItem(at: path) } }
        return try AddressPolicy(try await Settings(file: nil, environment: environment))
    }

    private static let domains = "# thrown away\nmailinator.com\n*.bücher.example  # all of it\n\n@Trash.Example\n"

    @Test(
        "domains of the file are refused with their subdomains, however they are written; others are not",
        arguments: [
            ("ada@mailinator.com", true), ("ada@MAILINATOR.com", true), ("ada@a.b.mailinator.com", true),
            ("ada@notmailinator.com", false), ("ada@mailinator.com.example.org", false),
            ("ada@xn--bcher-kva.example", true), ("ada@trash.example", true), ("ada@example", false),
            ("ada@example.org", false),
        ])
    func disposable(text: String, isRefused: Bool) async throws {
        let policy = try await policy(["BROADSHEET_WEB_DISPOSABLE_DOMAINS_FILE": Self.domains])
        guard let address = try? Address(text) else { return }
        if isRefused {
            #expect(throws: AddressPolicy.Refusal.disposable(address.domain)) { try policy.check(address) }
        } else {
            try policy.check(address)
        }
    }

    @Test(
        "duties are refused unless they are allowed, also under a tag; people are not",
        arguments: [
            ("postmaster@example.org", true), ("No-Reply@example.org", true), ("abuse+x@example.org", true),
            ("postmasters@example.org", false), ("ada+abuse@example.org", false), ("info@example.org", false),
        ])
    func roles(text: String, isRefused: Bool) async throws {
        let address = try Address(text)
        let policy = try await policy()
        if isRefused {
            #expect(throws: AddressPolicy.Refusal.role(address.localPart)) { try policy.check(address) }
        } else {
            try policy.check(address)
        }
        try await self.policy([:], ["BROADSHEET_WEB_ROLE_ADDRESSES": "allow"]).check(address)
    }

    @Test("a file of duties stands instead of the built-in list")
    func roleFile() async throws {
        let policy = try await policy(["BROADSHEET_WEB_ROLE_ADDRESSES_FILE": "info\nOffice@\n"])
        try policy.check(try Address("postmaster@example.org"))
        for text in ["info@example.org", "office@example.org"] {
            #expect(throws: AddressPolicy.Refusal.self) { try policy.check(try Address(text)) }
        }
    }

    @Test(
        "a domain with a label that mixes look-alike scripts is refused, however it is written",
        arguments: [
            ("ada@p\u{0430}ypal.com", true), ("ada@mail.p\u{0430}ypal.com", true), ("ada@xn--pypal-4ve.com", true),
            ("ada@\u{03BF}xford.example", true), ("ada@\u{043C}\u{03BF}\u{0440}\u{0435}.example", true),
            ("ada@b\u{00FC}cher.example", false), ("ada@\u{043F}\u{043E}\u{0447}\u{0442}\u{0430}.example", false),
            ("ada@\u{03B5}\u{03BB}\u{03BB}\u{03AC}\u{03B4}\u{03B1}.example", false),
            ("ada@\u{6771}\u{4EAC}tower2.example", false), ("ada@\u{BA54}\u{C77C}mail.example", false),
            ("ada@paypal.com", false),
        ])
    func mixedScripts(text: String, isRefused: Bool) throws {
        let address = try Address(text)
        if isRefused {
            #expect(throws: AddressPolicy.Refusal.mixedScripts(address.unicodeDomain)) {
                try AddressPolicy.none.check(address)
            }
        } else {
            try AddressPolicy.none.check(address)
        }
    }

    @Test("a line that is no domain is named with its number, a file that is missing by its path")
    func badFiles() async throws {
        let wrong = await #expect(throws: SiteError.self) {
            try await policy(["BROADSHEET_WEB_DISPOSABLE_DOMAINS_FILE": "a.example\nnot a domain\n"])
        }
        #expect(wrong?.place.hasSuffix(":2") == true)
        #expect(wrong?.description.contains("not a domain") == true)
        let missing = await #expect(throws: SiteError.self) {
            try await policy([:], ["BROADSHEET_WEB_DISPOSABLE_DOMAINS_FILE": "/no/such.txt"])
        }
        #expect(missing?.description.contains("/no/such.txt") == true)
    }
}
