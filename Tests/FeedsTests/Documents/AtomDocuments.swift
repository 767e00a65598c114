/// Atom 0.3 and 1.0.
enum AtomDocuments {
    private static func atom(_ inner: String, head: String = "", attributes: String = "") -> String {
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" \(attributes)><title>N</title>\(head)\(inner)</feed>"
    }

    private static func entry(
        _ inner: String, title: String = "<title>T</title>", link: String = "<link href=\"https://a.org/1\"/>"
    ) -> String {
        atom("<entry>\(title)\(link)\(inner)</entry>")
    }

    private static let old =
        #"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>N</title><modified>2004-01-02T00:00:00Z</modified>"#

    static let cases = [
        DocumentCase(
            "Atom: an empty feed",
            atom("", head: "<updated>2026-01-02T00:00:00Z</updated><link href=\"https://n.org/\"/>"),
            [
                "kind": "atom", "count": "0", "feed": "N", "feedURL": "https://n.org/",
                "updatedFeed": "2026-01-02T00:00:00Z",
            ]),
        DocumentCase("Atom: the link without a relation", entry(""), ["url": "https://a.org/1"]),
        DocumentCase(
            "Atom: alternate among others",
            entry(
                "",
                link: "<link rel=\"edit\" href=\"https://a.org/e\"/><link rel=\"alternate\" href=\"https://a.org/2\"/>"),
            ["url": "https://a.org/2"]),
        DocumentCase(
            "Atom: only an id, which is an address", entry("<id>https://a.org/id</id>", link: ""),
            ["url": "https://a.org/id"]),
        DocumentCase(
            "Atom: only an id, which is no address", entry("<id>urn:uuid:1</id>", link: ""),
            ["count": "1", "id": "entry:/urn:uuid:1", "url": ""]),
        DocumentCase(
            "Atom: a DOI as id", entry("<id>https://doi.org/10.1234/x</id>"),
            ["id": "doi:10.1234/x", "url": "https://a.org/1"]),
        DocumentCase(
            "Atom: plain title", entry("", title: "<title type=\"text\">a &lt; b</title>"), ["title": "a < b"]),
        DocumentCase(
            "Atom: title in HTML",
            entry("", title: "<title type=\"html\">A &lt;em&gt;b&lt;/em&gt; &amp;amp; c</title>"), ["title": "A b & c"]),
        DocumentCase(
            "Atom: title in XHTML",
            entry(
                "", title: "<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">A <b>b</b></div></title>"),
            ["title": "A b"]),
        DocumentCase(
            "Atom: XHTML with a prefix",
            entry(
                "<summary type=\"xhtml\"><x:div xmlns:x=\"http://www.w3.org/1999/xhtml\"><x:p>One</x:p><x:p>Two</x:p></x:div></summary>"
            ), ["abstract": "One Two"]),
        DocumentCase(
            "Atom: summary and content",
            entry("<summary>S</summary><content type=\"html\">&lt;p&gt;C&lt;/p&gt;</content>"),
            ["abstract": "S", "content": "C"]),
        DocumentCase(
            "Atom: no title, but text", entry("<content>Some words</content>", title: ""), ["title": "Some words"]),
        DocumentCase(
            "Atom: an empty title", entry("<summary>Some words</summary>", title: "<title/>"), ["title": "Some words"]),
        DocumentCase("Atom: neither title nor text", entry("", title: ""), ["count": "0", "dropped": "1"]),
        DocumentCase(
            "Atom: several authors",
            entry("<author><name>A</name><email>a@b.org</email></author><author><name>B</name></author>"),
            ["authors": "A; B"]),
        DocumentCase(
            "Atom: the feed's author for an entry without",
            atom(
                "<entry><title>T</title><link href=\"https://a.org/1\"/></entry>",
                head: "<author><name>F</name></author>"), ["authors": "F"]),
        DocumentCase(
            "Atom: the feed's author after the entries",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>T</title><link href=\"https://a.org/1\"/></entry><author><name>F</name></author></feed>",
            ["authors": "F"]),
        DocumentCase(
            "Atom: published and updated",
            entry("<published>2026-01-02T00:00:00+02:00</published><updated>2026-01-03T00:00:00.5Z</updated>"),
            ["published": "2026-01-01T22:00:00Z", "updated": "2026-01-03T00:00:00.500Z"]),
        DocumentCase(
            "Atom: a category's label", entry("<category label=\"L\"/><category term=\"T\"/>"), ["categories": "L, T"]),
        DocumentCase(
            "Atom: xml:base on the feed",
            atom("<entry><title>T</title><link href=\"p/1\"/></entry>", attributes: "xml:base=\"https://b.org/x/\""),
            ["url": "https://b.org/x/p/1"]),
        DocumentCase(
            "Atom: xml:base on feed and entry",
            atom(
                "<entry xml:base=\"y/\"><title>T</title><link href=\"1\"/></entry>",
                attributes: "xml:base=\"https://b.org/x/\""), ["url": "https://b.org/x/y/1"]),
        DocumentCase(
            "Atom: xml:base on the link", entry("", link: "<link xml:base=\"https://c.org/\" href=\"1\"/>"),
            ["url": "https://c.org/1"]),
        DocumentCase(
            "Atom: a relative xml:base and the document's address",
            atom("<entry><title>T</title><link href=\"1\"/></entry>", attributes: "xml:base=\"/x/\""),
            url: "https://d.org/feed", ["url": "https://d.org/x/1"]),
        DocumentCase(
            "Atom: an enclosed PDF",
            entry("<link rel=\"enclosure\" type=\"application/pdf\" href=\"https://a.org/1.pdf\"/>"),
            ["pdf": "https://a.org/1.pdf"]),
        DocumentCase(
            "Atom: a prefix for Atom itself",
            "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:title>N</a:title><a:entry><a:title>T</a:title><a:link href=\"https://a.org/1\"/></a:entry></a:feed>",
            ["kind": "atom", "title": "T", "feed": "N"]),
        DocumentCase(
            "Atom: a source's title is not the entry's", entry("<source><title>Other</title></source>"), ["title": "T"]),
        DocumentCase(
            "Atom: YouTube's description",
            entry(
                "<media:group xmlns:media=\"http://search.yahoo.com/mrss/\"><media:title>M</media:title><media:description>D</media:description></media:group>"
            ), ["abstract": "D", "title": "T"]),
        DocumentCase(
            "Atom: https in the namespace",
            "<feed xmlns=\"https://www.w3.org/2005/Atom\"><title>N</title><entry><title>T</title><link href=\"https://a.org/1\"/></entry></feed>",
            ["title": "T"]),
        DocumentCase(
            "Atom 0.3: issued and modified",
            old
                + "<entry><title>T</title><link rel=\"alternate\" href=\"https://a.org/1\"/><issued>2004-01-01T00:00:00Z</issued><modified>2004-01-03T00:00:00Z</modified></entry></feed>",
            [
                "kind": "atom", "published": "2004-01-01T00:00:00Z", "updated": "2004-01-03T00:00:00Z",
                "updatedFeed": "2004-01-02T00:00:00Z",
            ]),
        DocumentCase(
            "Atom 0.3: created where nothing was issued",
            old
                + "<entry><title>T</title><link href=\"https://a.org/1\"/><created>2004-01-01T00:00:00Z</created></entry></feed>",
            ["published": "2004-01-01T00:00:00Z"]),
        DocumentCase(
            "Atom 0.3: escaped content",
            old
                + "<entry><title mode=\"escaped\">A &lt;b&gt;c&lt;/b&gt;</title><link href=\"https://a.org/1\"/><content mode=\"escaped\" type=\"text/html\">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>",
            ["title": "A c", "content": "x"]),
        DocumentCase(
            "Atom 0.3: content in base64",
            old
                + "<entry><title>T</title><link href=\"https://a.org/1\"/><content mode=\"base64\">PHA+\nSGk8L3A+</content></entry></feed>",
            ["content": "Hi"]),
    ]
}
