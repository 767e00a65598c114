import Foundation
import Papers
import Testing

@testable import Feeds

/// Numbers and names at the ends of what there is, which no honest document holds.
@Suite("Documents built to do harm")
struct HostileDocumentTests {
    @Test(
        "a row of the bioRxiv API may lie anywhere",
        arguments: ["9223372036854775807", "-9223372036854775808", "\"9223372036854775807\"", "9e18"],
        ["1", "-1", "9223372036854775807", "-9223372036854775808"])
    func bioRxivRows(cursor: String, count: String) throws {
        let messages = #"{"status":"ok","cursor":\#(cursor),"count":\#(count),"total":9223372036854775807}"#
        let row = #"{"doi":"10.1101/2026.01.02.123456","title":"A title"}"#
        let read = try feed(#"{"messages":[\#(messages)],"collection":[\#(row)]}"#)
        #expect(read.entries.count == 1)
        let next = Int(read.resumptionToken ?? "1")
        #expect(next ?? 1 > 0)
    }

    @Test(
        "an instant of no year that people write is none",
        arguments: [
            "9223372036854775807", "-9223372036854775808", "9e18", "253402300800000", "-62135596800001",
        ])
    func instants(number: String) throws {
        let note =
            #"{"id":"a","forum":"a","cdate":\#(number),"pdate":\#(number),"mdate":\#(number),"content":{"title":{"value":"T"}}}"#
        let read = try feed(#"{"notes":[\#(note)],"count":1}"#)
        let entry = try #require(read.entries.first)
        #expect(entry.published == nil)
        #expect(entry.updated == nil)
        #expect(FeedReport.lines(read).count == 2)
    }

    @Test(
        "the ends of the years that people write are instants", arguments: [253_402_300_799_999, -62_135_596_800_000])
    func ends(number: Int) throws {
        let note = #"{"id":"a","forum":"a","cdate":\#(number),"content":{"title":{"value":"T"}}}"#
        let read = try feed(#"{"notes":[\#(note)],"count":1}"#)
        #expect(try #require(read.entries.first?.published).timeIntervalSince1970 == Double(number) / 1000)
    }

    @Test(
        "no writing of a date gives one outside those years",
        arguments: [
            "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0000-01-01", "Mon, 01 Jan 0000 00:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 -1400", "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
            "1 Jan 9223372036854775807", "1 Jan 2026 9223372036854775807:00", "1 Jan 2026 00:00:1e300",
            "1 Jan 2026 00:00:nan", "9223372036854775807",
        ])
    func dates(text: String) { #expect(FeedDate.parse(text) == nil) }

    @Test(
        "any instant can be written",
        arguments: [
            -Double.infinity, -1e300, -9.3e15, -62_135_596_801, 253_402_300_800, 9.3e15, 1e300, .infinity, .nan,
        ])
    func timestamps(seconds: Double) {
        let text = Timestamp.rfc3339(Date(timeIntervalSince1970: seconds))
        #expect(text.hasPrefix("0001-01-01T") || text.hasPrefix("9999-12-31T"))
    }

    @Test("counts beyond any are cut", arguments: ["9223372036854775807", "1000000001", "\"9223372036854775807\""])
    func counts(number: String) throws {
        let row =
            #"{"numComments":\#(number),"paper":{"id":"2511.01234","title":"T","upvotes":\#(number),"githubStars":\#(number)}}"#
        let entry = try #require(try feed("[\(row)]").entries.first)
        #expect(entry.upvotes == 1_000_000_000 && entry.comments == 1_000_000_000 && entry.stars == 1_000_000_000)
    }

    @Test(
        "an entry whose link looks like a DOI is its address",
        arguments: [
            "https://x.org/doi/10.1234/a%20b", "https://x.org/y?doi=10.1234/a%20b", "https://x.org/doi/10.1234/.pdf",
            "https://www.biorxiv.org/content/10.1101/v1", "https://x.org/doi/10.1234/%CC%81x",
        ])
    func identifiers(link: String) throws {
        for document in [
            "<rss><channel><item><title>T</title><link>\(link)</link></item></channel></rss>",
            "<rss><channel><item><title>T</title><link>https://y.org/1</link><guid>\(link)</guid></item></channel></rss>",
            #"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"\#(link)","title":"T"}]}"#,
        ] {
            let entry = try #require(try feed(document).entries.first)
            #expect(PaperID(key: entry.id.key) == entry.id)
        }
    }
}
