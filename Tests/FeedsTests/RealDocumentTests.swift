import Foundation
import Papers
import Testing

@testable import Feeds

@Suite("Real feed documents", .enabled(if: RealFeeds.isThere, RealFeeds.hint))
struct RealDocumentTests {
    @Test(
        "every Hugging Face day has its papers",
        arguments: [
            ("2024-05-28", 15), ("2024-06-13", 21), ("2024-12-10", 12), ("2025-03-17", 12), ("2025-10-03", 39),
            ("2025-11-10", 6),
            ("2026-01-15", 16), ("2026-08-14", 23), ("2026-08-19", 26), ("2026-08-20", 15), ("2026-08-21", 17),
            ("latest_2026-07-31_minified", 30),
        ])
    func huggingFaceDay(_ day: String, count: Int) throws {
        let feed = try RealFeeds.feed("huggingface/daily_papers_\(day).json")
        #expect(feed.entries.count == count)
        #expect(feed.dropped.isEmpty && feed.repairs.isEmpty)
        for entry in feed.entries {
            #expect(
                !entry.authors.isEmpty && entry.published != nil && !(entry.abstract ?? "").isEmpty
                    && entry.upvotes != nil)
            #expect(!entry.title.contains("\n") && !entry.title.contains("$\\"))
        }
        if feed.updated != nil, !day.hasPrefix("latest") { #expect(feed.entries.allSatisfy { $0.listedOn == day }) }
    }

    @Test("the day of strings is a clear error")
    func stringsDay() throws {
        let document = try RealFeeds.document("huggingface/daily_papers_2024-12-11.json")
        let error = #expect(throws: FeedError.self) { try ParsedFeed(parsing: document) }
        #expect(error?.problem == .wrongShape)
    }

    @Test("the corpus of two months is whole")
    func corpus() throws {
        let folder = URL(fileURLWithPath: try #require(RealFeeds.folder)).appendingPathComponent("huggingface/corpus")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        var count = 0
        for file in files {
            let feed = try RealFeeds.feed("huggingface/corpus/\(file)")
            #expect(feed.dropped.isEmpty)
            count += feed.entries.count
        }
        #expect(files.count == 44 && count == 588)
    }

    @Test(
        "arXiv's feeds have their entries",
        arguments: [
            ("real_rss_2.0_cs.LG+cs.AI+cs.CL+stat.ML_2026-09-24", 4, FeedKind.arXivRSS),
            ("real_rss_2.0_cs.CL_2026-04-27", 3, .arXivRSS),
            ("real_atom_cs.AI_2025-08-20", 7, .arXivAtom), ("real_api_cs.AI+cs.LG+cs.CL_2026-05-13", 25, .arXivAPI),
            ("real_api_cs.RO_2025-10-17", 2, .arXivAPI), ("real_api_old_id_2026-05-11", 1, .arXivAPI),
            ("arxiv_rss_2025-11-10", 6, .arXivRSS),
            ("arxiv_rss_2026-08-20", 15, .arXivRSS), ("arxiv_atom_2025-11-10", 6, .arXivAtom),
            ("arxiv_atom_2026-08-20", 15, .arXivAtom),
            ("arxiv_api_2025-11-10", 6, .arXivAPI), ("arxiv_api_2026-08-20", 15, .arXivAPI),
        ])
    func arXiv(_ name: String, count: Int, kind: FeedKind) throws {
        let feed = try RealFeeds.feed("arxiv/\(name).xml")
        #expect(feed.kind == kind && feed.entries.count == count)
        #expect(feed.dropped.isEmpty && feed.repairs.isEmpty)
        for entry in feed.entries {
            #expect(
                entry.id.scheme == .arxiv && !entry.authors.isEmpty && !entry.categories.isEmpty
                    && entry.published != nil)
            #expect(entry.abstract?.hasPrefix("arXiv:") == false)
            #expect((entry.announceType == nil) == (kind == .arXivAPI))
        }
    }

    @Test(
        "feeds from anybody have their entries",
        arguments: [
            ("rss_2.0_iacr_eprint_2026-07-18", 3), ("rss_2.0_takara_daily_papers_2026-04-30", 50),
            ("rss_2.0_bair_blog_2026-04", 3),
            ("atom_russcox_2019", 19), ("atom_example_6", 4), ("atom_mediarss_youtube_1", 1), ("atom_relative", 1),
            ("atom_xml_base", 1),
            ("rss_0.91_encoding_1", 1), ("rss_2.0_bbc", 1), ("rss_2.0_cloudflare", 1),
        ])
    func generic(_ name: String, count: Int) throws {
        let feed = try RealFeeds.feed("generic/\(name).xml")
        #expect(feed.entries.count == count && feed.dropped.isEmpty)
        if name.contains("takara") { #expect(feed.entries.allSatisfy { $0.id.scheme == .arxiv }) }
        if name.contains("russcox") { #expect(feed.entries.allSatisfy { $0.authors == [Author("Russ Cox")] }) }
        if name.contains("0.91") { #expect(feed.entries.first?.title == "bash - Expansão de Parâmetros") }
    }

    @Test(
        "every other format has its entries",
        arguments: [
            ("arxiv/real_oai_arXiv_physics.plasm-ph_2026-01-05.xml", 3, FeedKind.oaiArXiv),
            ("arxiv/real_rss_1.0_hep-ex_2018-05-23.xml", 3, .rdf),
            ("biorxiv/api_biorxiv_2026-08-01.json", 10, .bioRxivAPI),
            ("biorxiv/rss_1.0_biorxiv_plant_biology_2019-08.xml", 30, .bioRxivRSS),
            ("crossref/works_glacier_2026-08-07.json", 2, .crossref),
            ("oai/oai_dc_e-rara_2026-08-07.xml", 2, .oaiDublinCore),
            ("oai/oai_dc_sui-generis_2026-08-07.xml", 1, .oaiDublinCore),
            ("generic/jsonfeed_elastic_1.1.json", 3, .jsonFeed),
            ("generic/jsonfeed_example_1.json", 2, .jsonFeed),
            ("generic/jsonfeed_inessential_2017.json", 20, .jsonFeed),
            ("generic/rss_1.0_biorxiv.xml", 1, .bioRxivRSS), ("generic/rss_1.0_debian.xml", 1, .rdf),
            ("generic/rss_1.0_iso8859.xml", 1, .rdf),
        ])
    func others(_ path: String, count: Int, kind: FeedKind) throws {
        let feed = try RealFeeds.feed(path)
        #expect(feed.kind == kind && feed.entries.count == count && feed.dropped.isEmpty && feed.repairs.isEmpty)
        for entry in feed.entries {
            #expect(!entry.title.isEmpty && entry.url != nil && !entry.title.contains("C_LI"))
            if kind == .bioRxivRSS || kind == .bioRxivAPI {
                #expect(entry.id.scheme == .doi && !entry.authors.isEmpty && entry.published != nil)
                #expect(entry.abstract?.contains("SCPLOW") == false && entry.abstract?.contains("C_LI") == false)
            }
        }
        if path.contains("sui-generis") {
            #expect(feed.deleted.count == 2 && feed.resumptionToken != nil && feed.total == 304)
        }
        if path.contains("hep-ex") { #expect(feed.entries.map(\.announceType) == [.new, .cross, .replace]) }
    }

    @Test(
        "a day of Hugging Face and arXiv's listing of it make one list of papers",
        arguments: ["2025-11-10", "2026-08-20"])
    func merged(_ day: String) throws {
        let curated = try RealFeeds.feed("huggingface/daily_papers_\(day).json")
        let listed = try RealFeeds.feed("arxiv/arxiv_rss_\(day).xml")
        #expect(Set(curated.entries.map(\.id)) == Set(listed.entries.map(\.id)))
        for entry in listed.entries {
            let twin = try #require(curated.entries.first { $0.id == entry.id })
            let sightings = [
                Sighting(feed: "hf", trust: curated.kind.trust, seenAt: .distantPast, entry: twin),
                Sighting(feed: "arxiv", trust: listed.kind.trust, seenAt: .distantPast, entry: entry),
            ]
            let paper = try #require(Paper(merging: sightings))
            #expect(
                paper.abstract == entry.abstract && paper.upvotes == twin.upvotes
                    && paper.categories == entry.categories)
            #expect(paper.url == "https://arxiv.org/abs/\(entry.id.value)" && paper.discussionURL == twin.url)
            #expect(Paper(merging: sightings.reversed()) == paper)
        }
    }
}
