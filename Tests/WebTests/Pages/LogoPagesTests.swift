import Foundation
import Mail
import Site
import TestSupport
import Testing
import Workers

@testable import Web

@Suite("A site with a logo")
struct LogoPagesTests {
    /// 8 × 2 dots.
    private static let png = Data(
        base64Encoded:
            "iVBORw0KGgoAAAANSUhEUgAAAAgAAAACCAIAAADq9gq6AAAAEUlEQVR42mOYoyWPFTHgkgAAbeEOUTxASNEAAAAASUVORK5CYII=")

    private func file(_ data: Data?) throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).png")
        try (data ?? Data()).write(to: url)
        return url.path
    }

    @Test("shows it above its name on pages, and has no picture in mails")
    func shown() async throws {
        let path = try file(Self.png)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let test = try await TestInstallation.due(readers: 1, environment: ["BROADSHEET_SITE_LOGO_FILE": path])
        try await TestSite.serve(test) { site in
            let page = try await site.get("/")
            #expect(page.body.contains("<img class=\"logo\" src=\"/logo.png\" alt=\"\" width=\"8\" height=\"2\">"))
            let picture = try await site.get("/logo.png")
            #expect(picture.status == 200)
            #expect(picture.headers["content-type"] == "image/png")
            let etag = try #require(picture.headers["etag"])
            #expect(try await site.get("/logo.png", headers: ["If-None-Match": etag]).status == 304)
        }
        _ = try await test.sender.drain()
        let text = try #require(await test.receiver.messages().first?.text)
        #expect(!text.contains("<img") && !text.contains("image/"))
    }

    @Test("without one has none")
    func none() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            #expect(try await site.get("/logo.png").status == 404)
            let page = try await site.get("/")
            #expect(!page.body.contains("<img"))
        }
    }

    @Test("a file that is missing, no PNG or too large is said with what to do")
    func faults() async throws {
        let large = try file((Self.png ?? Data()) + Data(repeating: 0, count: 100_000))
        let text = try file(Data("GIF89a, or so it says, but there is nothing in it that could be shown".utf8))
        defer { for path in [large, text] { try? FileManager.default.removeItem(atPath: path) } }
        let cases = [(large, "100074 bytes"), (text, "is not a PNG"), ("/nowhere/logo.png", "cannot be read")]
        for (path, problem) in cases {
            let error = await #expect(throws: SiteError.self) {
                try await TestInstallation(environment: ["BROADSHEET_SITE_LOGO_FILE": path])
            }
            #expect(error?.place == "site.logo_file" && error?.problem.contains(problem) == true, "\(path)")
        }
    }
}
