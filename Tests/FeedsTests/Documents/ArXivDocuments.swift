import Foundation

/// arXiv's listings, API and Hugging Face's list, beyond what their own suites show.
enum ArXivDocuments {
    private static func rss(_ inner: String) -> String {
        "<rss xmlns:arxiv=\"http://arxiv.org/schemas/atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>cs.CL updates on arXiv.org</title>\(inner)</channel></rss>"
    }

    private static func item(
        _ description: String, _ inner: String = "", link: String = "https://arxiv.org/abs/2609.26811"
    ) -> String {
        rss("<item><title>T</title><link>\(link)</link><description>\(description)</description>\(inner)</item>")
    }

    private static func api(_ inner: String) -> String {
        "<feed xmlns:arxiv=\"http://arxiv.org/schemas/atom\" xmlns=\"http://www.w3.org/2005/Atom\"><id>https://arxiv.org/api/x</id><title>arXiv Query: x</title>\(inner)</feed>"
    }

    private static func hf(_ paper: String, _ outer: String = "") -> String {
        "[{\"paper\": {\"id\": \"2511.01234\", \(paper)}\(outer)}]"
    }

    static let cases = [
        DocumentCase(
            "arXiv: the abstract without its bookkeeping",
            item("arXiv:2609.26811v1 Announce Type: new \nAbstract: Words."),
            ["kind": "arxiv-rss", "abstract": "Words.", "announce": "new"]),
        DocumentCase(
            "arXiv: a description without bookkeeping", item("Just words."),
            ["abstract": "Just words.", "announce": ""]),
        DocumentCase(
            "arXiv: the word Abstract later in the text",
            item("arXiv:2609.26811v1 Announce Type: new \nAbstract: The Abstract: of it."),
            ["abstract": "The Abstract: of it."]),
        DocumentCase(
            "arXiv: the announcement from the description alone",
            item("arXiv:2609.26811v2 Announce Type: replace-cross \nAbstract: W."), ["announce": "replace-cross"]),
        DocumentCase(
            "arXiv: the element goes before the description",
            item(
                "arXiv:2609.26811v1 Announce Type: new \nAbstract: W.",
                "<arxiv:announce_type>cross</arxiv:announce_type>"), ["announce": "cross"]),
        DocumentCase(
            "arXiv: an announcement of a kind yet unknown",
            item("W.", "<arxiv:announce_type>withdrawn</arxiv:announce_type>"), ["announce": "", "count": "1"]),
        DocumentCase(
            "arXiv: an identifier of before 2007", item("W.", link: "https://arxiv.org/abs/astro-ph/0601001"),
            ["id": "arxiv:astro-ph/0601001", "pdf": "https://arxiv.org/pdf/astro-ph/0601001"]),
        DocumentCase(
            "arXiv: the guid is enough", rss("<item><title>T</title><guid>oai:arXiv.org:2609.26811v4</guid></item>"),
            ["id": "arxiv:2609.26811", "url": "https://arxiv.org/abs/2609.26811"]),
        DocumentCase(
            "arXiv: several categories, the primary first",
            item("W.", "<category>stat.ML</category><category>cs.LG</category>"), ["categories": "stat.ML, cs.LG"]),
        DocumentCase(
            "arXiv: midnight in winter", item("W.", "<pubDate>Mon, 10 Nov 2025 00:00:00 -0500</pubDate>"),
            ["published": "2025-11-10T05:00:00Z"]),
        DocumentCase(
            "arXiv: a journal and its DOI",
            item(
                "W.", "<arxiv:DOI>10.1093/x</arxiv:DOI><arxiv:journal_reference>J. X 1 (2026)</arxiv:journal_reference>"
            ), ["doi": "10.1093/x", "journal": "J. X 1 (2026)"]),
        DocumentCase(
            "arXiv: affiliations with commas",
            item(
                "W.",
                "<dc:creator>Ke Cheng (Beihang University, Beijing, China), Mingjie Bi (BIGAI, Beijing, China)</dc:creator>"
            ), ["authors": "Ke Cheng; Mingjie Bi", "affiliation": "Beihang University, Beijing, China"]),
        DocumentCase(
            "arXiv: a parenthesis that is never closed", item("W.", "<dc:creator>A B (Univ, C D</dc:creator>"),
            ["authors": "A B", "count": "1"]),
        DocumentCase(
            "arXiv: Feed error",
            "<rss><channel><title>Feed error for query: cs.XY</title><link>http://rss.arxiv.org/rss/cs.XY</link></channel></rss>",
            ["error": "reported", "message": "cs.XY"]),
        DocumentCase("arXiv API: no results", api(""), ["kind": "arxiv-api", "count": "0"]),
        DocumentCase(
            "arXiv API: the primary category first",
            api(
                "<entry><id>http://arxiv.org/abs/2605.12495v1</id><title>T</title><arxiv:primary_category term=\"cs.CV\"/><category term=\"cs.AI\"/><category term=\"cs.CV\"/></entry>"
            ), ["categories": "cs.CV, cs.AI"]),
        DocumentCase(
            "arXiv API: an error",
            api(
                "<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>max_results must be an integer</summary></entry>"
            ), ["error": "reported", "message": "max_results must be an integer"]),
        DocumentCase(
            "arXiv API: a title wrapped over lines",
            api("<entry><id>http://arxiv.org/abs/2605.12495v1</id><title>One\n  Two</title></entry>"),
            ["title": "One Two"]),
        DocumentCase(
            "Hugging Face: the inner date, not the shifted outer one",
            hf(
                "\"title\": \"T\", \"publishedAt\": \"2025-11-03T02:00:00.000Z\"",
                ", \"publishedAt\": \"2025-11-02T21:00:00.000Z\""),
            ["kind": "huggingface", "published": "2025-11-03T02:00:00Z"]),
        DocumentCase(
            "Hugging Face: a hidden author",
            hf("\"title\": \"T\", \"authors\": [{\"name\": \"A\"}, {\"name\": \"B\", \"hidden\": true}]"),
            ["authors": "A"]),
        DocumentCase(
            "Hugging Face: a team among the authors",
            hf("\"title\": \"T\", \"authors\": [{\"name\": \"GLM-4. 5 Team\", \"hidden\": false}]"),
            ["authors": "GLM-4. 5 Team"]),
        DocumentCase(
            "Hugging Face: the outer title kept its TeX",
            hf("\"title\": \"LLMtimesMap\"", ", \"title\": \"LLM$\\\\times$Map\""), ["title": "LLM×Map"]),
        DocumentCase(
            "Hugging Face: a hard-wrapped abstract", hf("\"title\": \"T\", \"summary\": \"One\\ntwo 5\\\\% ``so''\""),
            ["abstract": "One two 5% “so”"]),
        DocumentCase(
            "Hugging Face: think tags in the abstract", hf("\"title\": \"T\", \"summary\": \"a <think> block\""),
            ["abstract": "a <think> block"]),
        DocumentCase(
            "Hugging Face: the one with an anchor",
            hf("\"title\": \"T\", \"summary\": \"code at <a href=\\\"https://x.org\\\">here</a>\""),
            ["abstract": "code at here"]),
        DocumentCase(
            "Hugging Face: a project page with a leading blank",
            hf("\"title\": \"T\", \"githubRepo\": \" https://github.com/a/b\""), ["code": "https://github.com/a/b"]),
        DocumentCase(
            "Hugging Face: an organisation of 2025",
            hf("\"title\": \"T\"", ", \"submitterOrganization\": {\"name\": \"x\", \"fullname\": \"X Labs\"}"),
            ["organization": "X Labs"]),
        DocumentCase(
            "Hugging Face: null for absent",
            hf("\"title\": \"T\", \"summary\": null, \"upvotes\": null, \"organization\": null, \"ai_keywords\": null"),
            ["title": "T", "abstract": "", "organization": ""]),
        DocumentCase(
            "Hugging Face: a week",
            hf("\"title\": \"T\", \"submittedOnDailyAt\": \"2025-11-05T02:44:20.973Z\"").replacingOccurrences(
                of: "}]", with: "}, {\"paper\": {\"id\": \"2511.05678\", \"title\": \"U\"}}]"),
            ["titles": "T | U", "updatedFeed": "2025-11-05T00:00:00Z"]),
        DocumentCase(
            "Hugging Face: the day of strings", "[\"{'paper': {}}\", \"{'paper': {}}\"]",
            ["error": "wrongShape", "message": "a string where an object should be"]),
        DocumentCase(
            "Hugging Face: the API's error", "{\"error\": \"Invalid date\"}",
            ["error": "reported", "message": "Invalid date"]),
    ]
}
