import Core
import Digests
import Foundation
import Loopback
import TestSupport
import Testing

@testable import Web

@Suite("Pages in browsers that show text")
struct TextBrowsersTests {
    @Test("a page that answers a form has no link to a place in it, which some browsers take for another request")
    func skipLink() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            let skip = "href=\"#main\""
            #expect(try await site.get("/").body.contains(skip))
            let answer = try await site.post("/subscribe", [("email", "no address")])
            #expect(answer.body.contains("is not a mail address"))
            #expect(!answer.body.contains(skip))
            #expect(answer.body.contains("id=\"main\""))
        }
    }

    @Test("whoever types nothing is asked for an address", arguments: Language.allCases)
    func noAddress(language: Language) async throws {
        let test = try await TestInstallation()
        let words = test.installation.templates[language].texts[.problemNoAddress]
        try await TestSite.serve(test) { site in
            for typed in ["", "  "] {
                let answer = try await site.post("/subscribe?lang=\(language.rawValue)", [("email", typed)])
                #expect(answer.status == 422 && answer.body.contains(words))
            }
        }
    }

    @Test("each box to tick stands in a line with its words")
    func lines() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            let home = try await site.get("/").body
            let boxes = home.ranges(of: "type=\"checkbox\"").count
            #expect(boxes > 0 && home.ranges(of: "<div><label title=").count == boxes)
        }
    }
}
