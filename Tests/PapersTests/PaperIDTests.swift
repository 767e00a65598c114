import Papers
import Testing

@Suite("Paper identifiers")
struct PaperIDTests {
    @Test(
        "every form of one arXiv paper is that paper",
        arguments: [
            "2511.01234", "2511.01234v3", "arXiv:2511.01234", "https://arxiv.org/abs/2511.01234v2",
            "http://arxiv.org/pdf/2511.01234v1.pdf",
            "https://huggingface.co/papers/2511.01234", "oai:arXiv.org:2511.01234v1",
            "https://doi.org/10.48550/arXiv.2511.01234",
            "10.48550/ARXIV.2511.01234", "https://tldr.takara.ai/p/2511.01234",
            "https://export.arxiv.org/abs/2511.01234",
            "doi:10.48550/arXiv.2511.01234", "info:doi/10.48550/arxiv.2511.01234",
            "https://doi.org/10.48550%2FarXiv.2511.01234",
        ])
    func arXiv(_ text: String) { #expect(PaperID(parsing: text)?.key == "arxiv:2511.01234") }

    @Test(
        "identifiers of before April 2007",
        arguments: [
            "astro-ph/0601001", "http://arxiv.org/abs/astro-ph/0601001v1", "oai:arXiv.org:astro-ph/0601001",
        ])
    func old(_ text: String) { #expect(PaperID(parsing: text)?.key == "arxiv:astro-ph/0601001") }

    @Test(
        "DOIs, percent-encoded in addresses",
        arguments: [
            ("https://doi.org/10.1002/%28SICI%291097-0258", "doi:10.1002/(sici)1097-0258"),
            ("doi:10.1101/2026.01.02.123456", "doi:10.1101/2026.01.02.123456"),
            ("http://dx.doi.org/10.1000/ABC", "doi:10.1000/abc"),
        ])
    func doi(_ text: String, key: String) { #expect(PaperID(parsing: text)?.key == key) }

    @Test(
        "what is neither is an address or nothing",
        arguments: [
            ("https://Example.org:443/a#b", "url:https://example.org/a"),
            ("https://example.org", "url:https://example.org/"),
        ])
    func address(_ text: String, key: String) { #expect(PaperID(parsing: text)?.key == key) }

    @Test("no identifier", arguments: ["", "hello", "2513.01234", "10.1/x", "ftp://a.org/b", "https://a b"])
    func none(_ text: String) { #expect(PaperID(parsing: text) == nil) }

    @Test(
        "a key reads back",
        arguments: ["arxiv:2511.01234", "doi:10.1101/2026.01.02.123456", "url:https://example.org/a?b=c"])
    func key(_ key: String) { #expect(PaperID(key: key)?.key == key) }

    @Test(
        "what looks like a DOI and is none leaves the address",
        arguments: [
            "https://x.org/doi/10.1234/a%20b", "https://x.org/y?doi=10.1234/a%20b", "https://x.org/doi/10.1234/.pdf",
            "https://www.biorxiv.org/content/10.1101/v1", "https://x.org/doi/10.1234/%00",
            "https://x.org/doi/10.1234/%C2%A0",
            "https://x.org/y?id=10.1234/a%0Ab",
        ])
    func noDOI(_ text: String) { #expect(PaperID(parsing: text)?.key == "url:\(text)") }

    @Test("whatever names a paper is stored under a key that reads back")
    func everyKeyReadsBack() {
        let heads = [
            "", "doi:", "https://doi.org/", "https://x.org/doi/", "https://x.org/y?doi=", "https://x.org/article?id=",
            "https://www.biorxiv.org/content/", "https://arxiv.org/abs/", "HTTPS://X.org:443/pdf/", "info:doi/",
        ]
        let middles = [
            "10.1234/", "10.48550/arXiv.", "10.1101/", "10.12345.6/", "", "2511.01234", "astro-ph/", "10.١٢٣٤/",
        ]
        let tails = [
            "", "a", "v1", ".pdf", ".full.pdf", "a%20b", "%CC%81x", "\u{301}x", "%00", "\u{3000}", "\u{85}",
            "a\u{2028}b",
            "%2F", "//", "/abs", "#", "#%20", "?a=b", "İ", "ǅ", "%E2%80%8B", "%FF", "%", "http://a.org/b",
            "\u{1F9EA}\u{FE0F}",
            "v2v3", "0601001v1", "a:b", "&doi=10.1234/c%09",
        ]
        for head in heads {
            for middle in middles {
                for tail in tails {
                    guard let id = PaperID(parsing: head + middle + tail) else { continue }
                    #expect(PaperID(key: id.key)?.key == id.key, "\(head + middle + tail)")
                }
            }
        }
    }

    @Test(
        "one paper under its many addresses",
        arguments: [
            (
                "arxiv:2511.01234",
                [
                    "https://www.alphaxiv.org/overview/2511.01234", "https://alphaxiv.org/abs/2511.01234v2",
                    "https://huggingface.co/papers/2511.01234.md", "https://huggingface.co/api/papers/2511.01234",
                    "https://hf.co/papers/2511.01234#community", "arxiv.org/abs/2511.01234",
                    "www.arxiv.org/pdf/2511.01234",
                    "//arxiv.org/abs/2511.01234", "https://arxiv.org/abs/2511.01234.", "arXiv:2511.01234.",
                    "https://arxiv.org/html/2511.01234v1/", "https://arxiv.org/ftp/arxiv/papers/2511/2511.01234.pdf",
                    "https://ui.adsabs.harvard.edu/abs/2025arXiv251101234L/abstract",
                    "https://www.semanticscholar.org/arxiv/2511.01234", "https://doi.org/10.48550/arXiv.2511.01234.",
                    "https://papers.cool/arxiv/2511.01234", "https://reader@arxiv.org/abs/2511.01234",
                    "https://ar5iv.labs.arxiv.org/html/2511.01234", "http://xxx.lanl.gov/abs/2511.01234",
                ]
            ),
            (
                "arxiv:astro-ph/0601001",
                ["https://www.alphaxiv.org/abs/astro-ph/0601001v1", "arxiv.org/pdf/astro-ph/0601001.pdf"]
            ),
            (
                "doi:10.1101/2026.01.02.123456",
                [
                    "10.1101/2026.01.02.123456", "10.1101/2026.01.02.123456v2", "doi:10.1101/2026.01.02.123456v2",
                    "https://www.biorxiv.org/content/10.1101/2026.01.02.123456v2.full.pdf+html",
                    "https://www.biorxiv.org/content/10.1101/2026.01.02.123456v2.supplementary-material",
                    "https://www.medrxiv.org/content/10.1101/2026.01.02.123456v1.full#F1",
                    "https://www.biorxiv.org/content/10.1101/2026.01.02.123456v3.article-info?rss=1",
                    "biorxiv.org/content/10.1101/2026.01.02.123456", "https://doi.org/10.1101/2026.01.02.123456.",
                ]
            ),
            (
                "doi:10.64898/2026.01.02.123456",
                [
                    "10.64898/2026.01.02.123456v3",
                    "https://www.biorxiv.org/content/10.64898/2026.01.02.123456v1.abstract",
                ]
            ),
            (
                "doi:10.1101/732578",
                [
                    "https://www.biorxiv.org/content/early/2019/08/15/732578", "https://doi.org/10.1101/732578v2",
                    "http://biorxiv.org/cgi/content/short/732578v1?rss=1",
                ]
            ),
            (
                "url:https://openreview.net/forum?id=aB3_x-9Z",
                [
                    "https://openreview.net/forum?id=aB3_x-9Z", "https://openreview.net/pdf?id=aB3_x-9Z",
                    "http://openreview.net/forum?id=aB3_x-9Z&noteId=other", "openreview.net/pdf?id=aB3_x-9Z",
                    "https://openreview.net/attachment?id=aB3_x-9Z&name=pdf",
                ]
            ),
            (
                "doi:10.21203/rs.3.rs-123456",
                [
                    "10.21203/rs.3.rs-123456/v1", "https://doi.org/10.21203/rs.3.rs-123456/v2",
                    "https://www.researchsquare.com/article/rs-123456/v3", "10.21203/RS.3.RS-123456",
                    "https://assets-eu.researchsquare.com/doi/10.21203/rs.3.rs-123456/v1",
                ]
            ),
            (
                "doi:10.26434/chemrxiv-2026-abc12",
                ["10.26434/chemrxiv-2026-abc12-v2", "https://doi.org/10.26434/chemrxiv-2026-abc12"]
            ),
            ("doi:10.26434/chemrxiv.12345678", ["10.26434/chemrxiv.12345678.v1", "10.26434/chemrxiv.12345678"]),
            (
                "doi:10.20944/preprints202601.0123",
                ["10.20944/preprints202601.0123.v1", "https://www.preprints.org/manuscript/202601.0123/v2"]
            ),
            (
                "doi:10.12688/f1000research.123456",
                ["10.12688/f1000research.123456.1", "10.12688/f1000research.123456.2"]
            ),
            (
                "doi:10.7554/elife.12345",
                [
                    "10.7554/eLife.12345", "10.7554/eLife.12345.2", "https://elifesciences.org/articles/12345",
                    "https://elifesciences.org/reviewed-preprints/12345v2",
                ]
            ),
            (
                "doi:10.31234/osf.io/abcde",
                ["10.31234/osf.io/abcde_v2", "https://osf.io/preprints/psyarxiv/abcde_v1", "10.31234/OSF.IO/ABCDE"]
            ),
            (
                "url:https://pubmed.ncbi.nlm.nih.gov/38123456",
                [
                    "PMID: 38123456", "pmid:38123456", "https://pubmed.ncbi.nlm.nih.gov/38123456/?utm_source=x&fc=1",
                    "https://www.ncbi.nlm.nih.gov/pubmed/38123456", "http://europepmc.org/abstract/MED/38123456",
                    "pubmed.ncbi.nlm.nih.gov/38123456/",
                ]
            ),
            (
                "url:https://pmc.ncbi.nlm.nih.gov/articles/PMC10123456",
                [
                    "PMC10123456", "PMCID: PMC10123456", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC10123456/",
                    "https://pmc.ncbi.nlm.nih.gov/articles/PMC10123456/pdf/main.pdf", "pmc:PMC10123456",
                    "https://europepmc.org/article/PMC/PMC10123456",
                ]
            ),
            (
                "url:https://example.org/a?p=1",
                [
                    "http://example.org/a?p=1", "https://example.org/a/?p=1&utm_source=rss&utm_medium=feed",
                    "https://example.org:443/a?utm_campaign=x&p=1", "example.org/a?p=1&fbclid=1", "//example.org/a?p=1",
                    "https://user:secret@example.org/a?p=1", "https://EXAMPLE.org/a?p=1#comments",
                ]
            ),
        ])
    func addresses(_ key: String, _ forms: [String]) {
        for form in forms { #expect(PaperID(parsing: form)?.key == key, "\(form)") }
    }

    @Test(
        "a user name before the host is not the host",
        arguments: [
            ("https://arxiv.org@evil.example/abs/2511.01234", "url:https://evil.example/abs/2511.01234"),
            ("https://arxiv.org:443@evil.example/abs/2511.01234", "url:https://evil.example/abs/2511.01234"),
            ("https://doi.org:1/@evil.example/10.1234/x", "doi:"),
        ])
    func userNames(_ text: String, _ key: String) {
        let id = PaperID(parsing: text)
        if key == "doi:" { #expect(id?.scheme != .arxiv) } else { #expect(id?.key == key) }
    }

    @Test(
        "what only looks like another paper's address stays apart",
        arguments: [
            ("https://example.org/a?p=1", "https://example.org/a?p=2"),
            ("http://example.org:8080/a", "https://example.org/a"),
            ("https://app.example.org/#/paper/12", "https://app.example.org/#/paper/13"),
            ("10.1101/gr.123456.108", "10.1101/gr.123456.109"), ("10.7554/eLife.12345.sa1", "10.7554/eLife.12345"),
            ("10.26434/chemrxiv-2026-abc12", "10.26434/chemrxiv-2026-abc13"), ("10.1000/x/v1", "10.1000/x/v2"),
            ("https://www.example.org/x", "https://example.org/x"),
        ])
    func apart(_ left: String, _ right: String) throws {
        #expect(try #require(PaperID(parsing: left)) != (try #require(PaperID(parsing: right))))
    }

    @Test(
        "a relative link is no address",
        arguments: ["paper/1", "a.b/1", "index.html", "figures.old/1", "cs/x", "2026/01/02", "N/A", "arxiv.org"])
    func relative(_ text: String) { #expect(PaperID(parsing: text) == nil) }

    @Test("the page of a work of which only versions are registered is that of the first")
    func registered() {
        #expect(PaperID(parsing: "10.21203/rs.3.rs-1/v2")?.pageURL == "https://doi.org/10.21203/rs.3.rs-1/v1")
        #expect(PaperID(parsing: "10.7554/eLife.12345.2")?.pageURL == "https://doi.org/10.7554/elife.12345")
    }

    @Test(
        "which version an identifier names",
        arguments: [
            ("10.1101/2026.01.02.123456v2", 2), ("https://www.biorxiv.org/content/10.1101/2026.01.02.123456v3.full", 3),
            ("https://doi.org/10.21203/rs.3.rs-1/v4", 4), ("10.31234/osf.io/abcde_v5", 5),
            ("10.1101/2026.01.02.123456", nil),
            ("10.1000/x.v2", nil),
        ])
    func versions(_ text: String, _ version: Int?) { #expect(VersionedDOI.version(of: text) == version) }

    @Test("parts of a page have keys of their own, which read back")
    func parts() throws {
        let page = try #require(PaperID(parsing: "https://a.org/list"))
        let (one, two) = (page.part(named: "tag:a.org,2026:é 1"), page.part(named: "2"))
        #expect(Set([page, one, two]).count == 3)
        for part in [one, two] {
            #expect(PaperID(key: part.key) == part)
            #expect(part.whole == page)
        }
        let name = PaperID(entry: String(repeating: "ü", count: 4_000), in: "https://a.org/feed")
        #expect(PaperID(key: name.key) == name)
        #expect(name.value.utf8.count < 400)
        #expect(name != PaperID(entry: String(repeating: "ü", count: 4_001), in: "https://a.org/feed"))
    }

    @Test("an address without end names nothing")
    func long() { #expect(PaperID(parsing: "https://a.org/" + String(repeating: "a", count: 5_000)) == nil) }
}
