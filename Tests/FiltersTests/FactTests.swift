import Foundation
import Papers
import Testing

@testable import Filters

@Suite("Counts, links, dates and feeds")
struct FactTests {
    @Test(
        "facts are tested",
        arguments: [
            ("upvotes>=20", true), ("upvotes>20", false), ("upvotes=20", true), ("comments<1", true),
            ("stars>=100", true),
            ("stars<=99", false), ("has:code", true), ("has:project", false), ("has:abstract", false), ("is:new", true),
            ("is:cross", false), ("is:replaced", false), ("is:pinned", true), ("since:2026-11-20", true),
            ("since:2026-11-21", false), ("id:2611.99001", true), ("id:https://arxiv.org/abs/2611.99001v3", true),
            ("id:2611.99002", false), ("feed:huggingface", true), ("feed:arxiv", false),
        ])
    func facts(filter: String, isTrue: Bool) throws {
        var sample = paper(id: "2611.99001")
        sample.upvotes = 20
        sample.stars = 150
        sample.codeURL = "https://example.org/code"
        sample.publishedAt = Date(timeIntervalSince1970: 1_795_132_800)
        let standing = PaperStanding(
            feeds: ["https://huggingface.co/api/daily_papers"], announceTypes: [.new], isPinned: true)
        #expect(try Filter(filter).matches(sample, standing: standing) == isTrue)
    }

    @Test(
        "days are counted as the calendar has them",
        arguments: ["1970-01-01", "2000-02-29", "2026-11-20", "2100-12-31"])
    func days(text: String) {
        let day = CivilDay(text)
        #expect(day?.description == text)
        let date = try? Date(text + "T00:00:00Z", strategy: .iso8601)
        #expect(day.map { Double($0.number) * 86_400 } == date?.timeIntervalSince1970)
        #expect(CivilDay("2026-02-29") == nil && CivilDay("2026-11") == nil && CivilDay("2026-11-1x") == nil)
    }
}
