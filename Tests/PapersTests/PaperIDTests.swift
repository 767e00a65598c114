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

    @Test("an address without end names nothing")
    func long() { #expect(PaperID(parsing: "https://a.org/" + String(repeating: "a", count: 5_000)) == nil) }
}
