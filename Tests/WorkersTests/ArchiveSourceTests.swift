import Foundation
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("Where archives are asked")
struct ArchiveSourceTests {
    @Test(
        "archives of known hosts need not be named",
        arguments: [
            (
                "https://rss.arxiv.org/rss/cs.LG+stat.ML+hep-th+physics.optics",
                [
                    "https://oaipmh.arxiv.org/oai?verb=ListRecords&metadataPrefix=arXiv&set=cs:cs:LG&from=2026-11-22",
                    "https://oaipmh.arxiv.org/oai?verb=ListRecords&metadataPrefix=arXiv&set=stat:stat:ML&from=2026-11-22",
                    "https://oaipmh.arxiv.org/oai?verb=ListRecords&metadataPrefix=arXiv&set=physics:hep-th&from=2026-11-22",
                    "https://oaipmh.arxiv.org/oai?verb=ListRecords&metadataPrefix=arXiv&set=physics:physics:optics&from=2026-11-22",
                ]
            ),
            (
                "https://huggingface.co/api/daily_papers?limit=100",
                [
                    "https://huggingface.co/api/daily_papers?date=2026-11-22&limit=100&p={page}",
                    "https://huggingface.co/api/daily_papers?date=2026-11-23&limit=100&p={page}",
                ]
            ),
            (
                "https://connect.biorxiv.org/biorxiv_xml.php?subject=neuroscience",
                ["https://api.biorxiv.org/details/biorxiv/2026-11-22/2026-11-23/{cursor}/json"]
            ),
            (
                "https://rss.arxiv.org/rss/.+..+cs.LG",
                [
                    "https://oaipmh.arxiv.org/oai?verb=ListRecords&metadataPrefix=arXiv&set=cs:cs:LG&from=2026-11-22"
                ]
            ),
        ])
    func known(_ url: String, _ addresses: [String]) async throws {
        let test = try await TestInstallation()
        let added = try #require(
            try await test.installation.database.feeds.add(FeedDeclaration(url: url), origin: .admin))
        let archive = try #require(ArchiveSource(added))
        #expect(
            archive.requests(
                from: try Date("2026-11-22T12:00:00Z", strategy: .iso8601),
                to: try Date("2026-11-23T12:00:00Z", strategy: .iso8601)
            ).map(\.address) == addresses)
    }
}
