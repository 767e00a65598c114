import Foundation
import Testing

@testable import Workers

@Suite("arXiv's calendar")
struct ArXivCalendarTests {
    private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    @Test(
        "there is news on Monday to Friday in US Eastern days, holidays aside",
        arguments: [
            ("2026-11-23T12:00:00-05:00", true), ("2026-11-28T12:00:00-05:00", false),
            ("2026-11-29T12:00:00-05:00", false), ("2026-11-26T12:00:00-05:00", false),
            ("2026-11-27T12:00:00-05:00", true), ("2026-12-25T00:00:00-05:00", false),
            // Late on Sunday in New York it is Monday elsewhere.
            ("2026-11-23T03:00:00Z", false), ("2026-11-23T05:00:00Z", true),
        ])
    func days(_ moment: String, _ hasNews: Bool) throws {
        #expect(ArXivCalendar.hasNews(on: try date(moment)) == hasNews)
        #expect((ArXivCalendar.reasonForSilence(on: try date(moment)) == nil) == hasNews)
    }

    @Test(
        "the last release is the last midnight with news, once it has had two hours",
        arguments: [
            ("2026-11-23T12:00:00-05:00", "2026-11-23T00:00:00-05:00"),
            ("2026-11-23T01:59:00-05:00", "2026-11-20T00:00:00-05:00"),
            ("2026-11-29T12:00:00-05:00", "2026-11-27T00:00:00-05:00"),
            ("2026-11-26T23:00:00-05:00", "2026-11-25T00:00:00-05:00"),
            // The clocks went back on 2026-11-01.
            ("2026-11-02T06:00:00-05:00", "2026-11-02T00:00:00-05:00"),
        ])
    func lastRelease(_ now: String, _ release: String) throws {
        #expect(ArXivCalendar.lastRelease(before: try date(now)) == (try date(release)))
    }

    @Test(
        "the next release passes over weekends and holidays",
        arguments: [
            ("2026-11-23T12:00:00-05:00", "2026-11-24T00:00:00-05:00"),
            ("2026-11-25T12:00:00-05:00", "2026-11-27T00:00:00-05:00"),
            ("2026-11-27T12:00:00-05:00", "2026-11-30T00:00:00-05:00"),
        ])
    func nextRelease(_ now: String, _ release: String) throws {
        #expect(ArXivCalendar.nextRelease(after: try date(now)) == (try date(release)))
    }
}
