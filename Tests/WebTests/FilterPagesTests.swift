import Foundation
import TestSupport
import Testing

@testable import Web

@Suite("The pages about filters")
struct FilterPagesTests {
    @Test("a trial shows what a filter would have brought in 7 and 30 days, its terms marked")
    func trial() async throws {
        let test = try await TestInstallation()
        try await test.store(["Protein of long ago"])
        test.clock.advance(by: 20 * 86_400)
        try await test.store(["A new protein", "A robot"], firstID: 20)
        try await TestSite.serve(test) { site in
            let answer = try await site.get("/filters/try?filter=protein+-robot")
            #expect(answer.status == 200)
            #expect(answer.body.contains("<b>1 paper</b> in the last 7 days, <b>2 papers</b> in the last 30"))
            #expect(answer.body.contains("A new <mark>protein</mark></a>"))
            #expect(answer.body.contains("value=\"protein -robot\""))
            #expect(!answer.body.contains("A robot"))
        }
    }

    @Test("a filter that is wrong comes back with what is wrong; nothing typed is no fault")
    func problems() async throws {
        let test = try await TestInstallation()
        try await TestSite.serve(test) { site in
            let wrong = try await site.get("/filters/try?filter=lable%3Ax%3Cb%3E")
            #expect(wrong.status == 422)
            #expect(wrong.body.contains("id=\"filter-problem\" role=\"alert\">"))
            #expect(!wrong.body.contains("<b>"))
            #expect(try await site.get("/filters/try").status == 200)
            let help = try await site.get("/filters/help")
            #expect(help.status == 200)
            #expect(help.body.contains("cat:q-bio.BM"))
        }
    }

    @Test("the week and the month have pages of their own")
    func periods() async throws {
        let test = try await TestInstallation()
        try await test.store(["Of last week"])
        test.clock.advance(by: 9 * 86_400)
        try await test.store(["Of this week"], firstID: 20)
        try await TestSite.serve(test) { site in
            let week = try await site.get("/week")
            #expect(week.body.contains("Of this week"))
            #expect(!week.body.contains("Of last week"))
            #expect(week.body.contains("<a href=\"/week\" aria-current=\"page\">Week</a>"))
            #expect(try await site.get("/month").body.contains("Of last week"))
        }
    }
}
