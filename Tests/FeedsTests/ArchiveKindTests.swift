import Papers
import Testing

@testable import Feeds

@Suite("What archives list beside papers")
struct ArchiveKindTests {
    // MARK: OpenReview

    private static func openReview(_ note: String, content: String = "") -> String {
        #"{"notes":[{"id":"aB3","forum":"aB3"\#(note),"content":{"title":{"value":"A title"}\#(content)}}],"count":1}"#
    }

    @Test("OpenReview's authors are names or, since April 2026, objects")
    func openReviewAuthors() throws {
        let documents = [
            Self.openReview("", content: #","authors":{"value":["Ada Lovelace","Kurt Gödel"]}"#),
            Self.openReview(
                "",
                content:
                    #","authors":{"value":[{"fullname":"Ada Lovelace","username":"~Ada_Lovelace1"},{"fullname":"Kurt Gödel","username":"kurt@example.org"}]}"#
            ),
            Self.openReview(
                "",
                content:
                    #","authors":{"value":[{"username":"~Ada_Lovelace12"},"Kurt Gödel",{"username":"x@example.org"}]}"#),
            #"{"notes":[{"id":"aB3","content":{"title":"A title","authors":["Ada Lovelace",{"fullname":"Kurt Gödel"}]}}]}"#,
        ]
        for document in documents {
            #expect(try feed(document).entries.first?.authors.map(\.name) == ["Ada Lovelace", "Kurt Gödel"])
        }
    }

    @Test(
        "OpenReview's names of the paper elsewhere",
        arguments: [
            #","externalIds":["dblp:conf/iclr/X","arxiv:2511.01234","doi:10.1234/X"]"#,
            #","externalIds":{"arXiv":"2511.01234","DOI":"10.1234/x"}"#,
            #","externalIds":[{"type":"arxiv","value":"2511.01234"},{"type":"doi","value":"https://doi.org/10.1234/x"}]"#,
        ])
    func externalIDs(_ ids: String) throws {
        let entry = try #require(try feed(Self.openReview(ids)).entries.first)
        #expect(entry.id.key == "arxiv:2511.01234")
        #expect(entry.doi == "10.1234/x")
        #expect(entry.otherIDs?.first?.key == "url:https://openreview.net/forum?id=aB3")
        #expect(entry.discussionURL == "https://openreview.net/forum?id=aB3")
    }

    @Test(
        "OpenReview's submissions that are no papers",
        arguments: [
            (#","ddate":1767225600000"#, "", "it was deleted"),
            ("", #","venueid":{"value":"ICLR.cc/2026/Conference/Withdrawn_Submission"}"#, "it was withdrawn"),
            ("", #","venueid":{"value":"ICLR.cc/2026/Conference/Desk_Rejected_Submission"}"#, "it was desk-rejected"),
            (#","invitation":"ICLR.cc/2020/Conference/-/Withdrawn_Submission""#, "", "it was withdrawn"),
            ("", #","venue":{"value":"ICLR 2026 Conference Desk Rejected Submission"}"#, "it was desk-rejected"),
        ])
    func noPapers(_ note: String, _ content: String, _ reason: String) throws {
        let read = try feed(Self.openReview(note, content: content))
        #expect(read.entries.isEmpty)
        #expect(read.dropped.map(\.reason) == [reason])
    }

    @Test(
        "OpenReview's submissions that are",
        arguments: [
            (#","ddate":null"#, ""), ("", #","venueid":{"value":"ICLR.cc/2026/Conference/Rejected_Submission"}"#),
            ("", #","venueid":{"value":"ICLR.cc/2026/Conference/Submission"}"#),
            (
                #","invitations":["X/-/Submission","X/-/Withdrawn_Submission"]"#,
                #","venueid":{"value":"ICLR.cc/2026/Conference"}"#
            ),
        ])
    func papers(_ note: String, _ content: String) throws {
        #expect(try feed(Self.openReview(note, content: content)).entries.count == 1)
    }

    // MARK: bioRxiv

    @Test(
        "a later version at bioRxiv is a revision",
        arguments: [("1", nil as AnnounceType?), ("2", AnnounceType.replace), ("3", .replace), ("NA", nil)])
    func bioRxivVersions(_ version: String, _ kind: AnnounceType?) throws {
        let row = #"{"doi":"10.1101/2026.01.02.123456","title":"A title","version":"\#(version)","server":"medRxiv"}"#
        let read = try feed(#"{"messages":[{"status":"ok"}],"collection":[\#(row)]}"#)
        #expect(read.entries.map(\.announceType) == [kind])
    }

    @Test(
        "and so in its RSS",
        arguments: [
            ("732578v1?rss=1", nil as AnnounceType?), ("732578v2?rss=1", AnnounceType.replace),
            ("2026.01.02.123456v3", .replace),
        ])
    func bioRxivRSS(_ name: String, _ kind: AnnounceType?) throws {
        let link = "http://biorxiv.org/cgi/content/short/\(name)"
        let read = try feed(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
                xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://biorxiv.org"><title>bioRxiv</title>
            <link>http://biorxiv.org</link></channel><item rdf:about="\(link)"><title>A title</title><link>\(link)</link>
            <dc:identifier>doi:10.1101/732578</dc:identifier></item></rdf:RDF>
            """)
        #expect(read.kind == .bioRxivRSS)
        #expect(read.entries.map(\.announceType) == [kind])
    }

    // MARK: Crossref

    private static func crossref(_ work: String) -> String {
        #"{"status":"ok","message-type":"work-list","message":{"items":[{"DOI":"10.1234/own",\#(work)}]}}"#
    }

    @Test(
        "works of Crossref's that are no papers",
        arguments: [
            (#""type":"peer-review","title":["Review of: A title"]"#, "it is a review, not a paper"),
            (#""type":"component","title":["Figure 1"]"#, "it is a part of a work, not a paper"),
            (#""type":"journal-issue""#, "it is an issue, not a paper"),
            (
                #""type":"journal-article","title":["Correction to: A"],"update-to":[{"type":"correction","DOI":"10.1234/a"}]"#,
                "it is a correction of 10.1234/a, not a paper"
            ),
            (
                #""type":"journal-article","title":["Author Correction: A"]"#,
                "by its title it is a notice about another work"
            ),
            (#""title":["Erratum"]"#, "by its title it is a notice about another work"),
        ])
    func others(_ work: String, _ reason: String) throws {
        let read = try feed(Self.crossref(work))
        #expect(read.entries.isEmpty)
        #expect(read.dropped.map(\.reason) == [reason])
    }

    @Test(
        "a paper that was retracted says so",
        arguments: [
            (#"[{"type":"retraction","DOI":"10.1234/n"}]"#, PaperStatus.retracted as PaperStatus?),
            (#"[{"type":"correction"},{"type":"retraction","source":"retraction-watch"}]"#, .retracted),
            (#"[{"type":"expression_of_concern"}]"#, .concern), (#"[{"type":"withdrawal"}]"#, .withdrawn),
            (#"[{"type":"correction"}]"#, nil), ("[]", nil),
        ])
    func retracted(_ updates: String, _ status: PaperStatus?) throws {
        let read = try feed(Self.crossref(#""type":"journal-article","title":["A title"],"updated-by":\#(updates)"#))
        #expect(read.entries.map(\.status) == [status])
        #expect(read.entries.map(\.id.key) == ["doi:10.1234/own"])
    }

    @Test("a notice of a retraction speaks of the paper that it retracts")
    func notice() throws {
        let read = try feed(
            Self.crossref(
                #""type":"journal-article","title":["Retraction: A title"],"update-to":[{"type":"retraction","DOI":"10.1234/A"}]"#
            ))
        let entry = try #require(read.entries.first)
        #expect(entry.id.key == "doi:10.1234/a")
        #expect(entry.status == .retracted)
        #expect(entry.announceType == .notice)
        #expect(FeedReport.entryLine(entry).contains(#""status":"retracted""#))
    }

    @Test(
        "a title that says it is believed in every format",
        arguments: [("RETRACTED: A title", PaperStatus.retracted as PaperStatus?), ("A title", nil)])
    func title(_ title: String, _ status: PaperStatus?) throws {
        let read = try feed(
            "<rss><channel><item><title>\(title)</title><link>https://a.org/1</link></item></channel></rss>")
        #expect(read.entries.map(\.status) == [status])
    }

    @Test("a preprint's later version at Crossref is a revision of the same work")
    func crossrefVersions() throws {
        let work = #""type":"posted-content","title":["A title"]"#
        let items = ["10.21203/rs.3.rs-1/v1", "10.21203/rs.3.rs-1/v2"].map { #"{"DOI":"\#($0)",\#(work)}"# }
        let read = try feed(
            #"{"message-type":"work-list","message":{"items":[\#(items.joined(separator: ","))]}}"#)
        #expect(Set(read.entries.map(\.id.key)) == ["doi:10.21203/rs.3.rs-1"])
        #expect(read.entries.map(\.announceType) == [nil, .replace])
    }

    // MARK: arXiv

    @Test(
        "a withdrawn paper of arXiv's",
        arguments: [
            ("This paper has been withdrawn by the author due to an error.", true),
            ("This submission is withdrawn.", true),
            ("We study how papers are withdrawn.", false), ("This is about a paper that has been withdrawn.", false),
        ])
    func withdrawn(_ abstract: String, _ isWithdrawn: Bool) throws {
        let document = """
            <rss xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"><channel><title>cs.LG updates on arXiv.org</title>
            <item><title>A title</title><link>https://arxiv.org/abs/2511.01234</link>
            <description>arXiv:2511.01234v2 Announce Type: replace
            Abstract: \(abstract)</description></item></channel></rss>
            """
        #expect(try feed(document).entries.map(\.status) == [isWithdrawn ? .withdrawn : nil])
    }
}
