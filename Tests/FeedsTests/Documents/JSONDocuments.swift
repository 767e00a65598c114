/// JSON Feed 1.0 and 1.1.
enum JSONDocuments {
    private static func feed(_ items: String, head: String = "") -> String {
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"N\", \"home_page_url\": \"https://n.org/\", \(head) \"items\": [\(items)]}"
    }

    private static func item(_ inner: String) -> String {
        feed("{\"id\": \"1\", \"url\": \"https://a.org/1\", \(inner)}")
    }

    static let cases = [
        DocumentCase(
            "JSON Feed: an empty list", feed(""),
            ["kind": "jsonfeed", "count": "0", "feed": "N", "feedURL": "https://n.org/"]),
        DocumentCase(
            "JSON Feed: version 1 with one author", item("\"title\": \"T\", \"author\": {\"name\": \"A\"}"),
            ["title": "T", "authors": "A"]),
        DocumentCase(
            "JSON Feed: version 1.1 with authors",
            item(
                "\"title\": \"T\", \"authors\": [{\"name\": \"A\"}, {\"url\": \"x\"}, {\"name\": \"B\"}], \"author\": {\"name\": \"C\"}"
            ), ["authors": "A; B"]),
        DocumentCase(
            "JSON Feed: the feed's author",
            feed("{\"url\": \"https://a.org/1\", \"title\": \"T\"}", head: "\"author\": {\"name\": \"F\"},"),
            ["authors": "F"]),
        DocumentCase(
            "JSON Feed: the feed's author after the items",
            "{\"items\": [{\"url\": \"https://a.org/1\", \"title\": \"T\"}], \"version\": \"https://jsonfeed.org/version/1\", \"authors\": [{\"name\": \"F\"}]}",
            ["authors": "F"]),
        DocumentCase(
            "JSON Feed: HTML content",
            item("\"title\": \"T\", \"content_html\": \"<p>a</p><p>b</p>\", \"summary\": \"S\""),
            ["content": "a b", "abstract": "S"]),
        DocumentCase(
            "JSON Feed: plain content", item("\"title\": \"T\", \"content_text\": \"a < b\""), ["content": "a < b"]),
        DocumentCase("JSON Feed: no title", item("\"content_text\": \"Words\""), ["title": "Words"]),
        DocumentCase(
            "JSON Feed: dates",
            item(
                "\"title\": \"T\", \"date_published\": \"2026-01-02T00:00:00-07:00\", \"date_modified\": \"Fri, 02 Jan 2026 00:00:00 GMT\""
            ), ["published": "2026-01-02T07:00:00Z", "updated": "2026-01-02T00:00:00Z"]),
        DocumentCase("JSON Feed: tags", item("\"title\": \"T\", \"tags\": [\"a\", 1, \"b\"]"), ["categories": "a, b"]),
        DocumentCase(
            "JSON Feed: a number as id", feed("{\"id\": 7, \"url\": \"https://a.org/1\", \"title\": \"T\"}"),
            ["id": "url:https://a.org/1"]),
        DocumentCase(
            "JSON Feed: only an id", feed("{\"id\": \"https://a.org/id\", \"title\": \"T\"}"),
            ["url": "https://a.org/id"]),
        DocumentCase(
            "JSON Feed: a page about a paper",
            item("\"title\": \"T\", \"external_url\": \"https://arxiv.org/abs/2511.01234\""),
            ["id": "arxiv:2511.01234", "url": "https://a.org/1"]),
        DocumentCase(
            "JSON Feed: an attached PDF",
            item(
                "\"title\": \"T\", \"attachments\": [{\"url\": \"https://a.org/1.pdf\", \"mime_type\": \"application/pdf\"}]"
            ), ["pdf": "https://a.org/1.pdf"]),
        DocumentCase(
            "JSON Feed: one bad item",
            feed("{\"title\": \"no link\"}, 3, {\"url\": \"https://a.org/1\", \"title\": \"T\"}"),
            ["titles": "T", "dropped": "2"]),
        DocumentCase(
            "JSON Feed: escapes", item("\"title\": \"\\u00e9 \\ud83d\\ude00 \\\"q\\\"\""), ["title": "é 😀 \"q\""]),
        DocumentCase(
            "JSON Feed: cut off",
            "{\"version\": \"x\", \"items\": [{\"url\": \"https://a.org/1\", \"title\": \"T\"}, {\"url\": \"https",
            ["titles": "T", "repair": "breaks off"]),
        DocumentCase(
            "JSON Feed: control characters in a string",
            "{\"version\": \"x\", \"items\": [{\"url\": \"https://a.org/1\", \"title\": \"a\nb\"}]}",
            ["title": "a b", "repair": "control characters"]),
        DocumentCase(
            "JSON: an object of no known format", "{\"a\": 1, \"b\": []}",
            ["error": "unknownFormat", "message": "“a”, “b”"]),
        DocumentCase(
            "JSON: a byte order mark", "\u{FEFF}" + item("\"title\": \"T\""),
            ["title": "T", "charsetSource": "byte order mark"]),
    ]
}
