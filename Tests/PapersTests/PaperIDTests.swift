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
}
