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
        "a day may be written without its zeros",
        arguments: [
            ("since:2026-11-01", "since:2026-11-01"), ("since:2026-11-1", "since:2026-11-01"),
            ("since:2026-2-3", "since:2026-02-03"),
        ])
    func days(typed: String, canonical: String) throws {
        #expect(try Filter(typed).description == canonical)
    }

    @Test(
        "a day there is none of is refused",
        arguments: ["2026-02-29", "2026-11", "2026-11-1x", "0000-01-01", "2026-011-1", "26-11-01"])
    func noDay(text: String) {
        #expect(throws: FilterError.self) { try Filter("since:\(text)") }
    }
}
