/// Words of each format, which come whole: what a field is declared to be is honoured.
enum WordsDocuments {
    /// Sentences that look like markup, escaped for XML.
    private static let sums = "Sums with a&lt;b and c&gt;d, if p&lt;q then r&gt;1"
    private static let tokens = "tokens such as &lt;s&gt;, &lt;/s&gt; and &lt;b&gt;x&lt;/b&gt;"
    private static let sumsRead = "Sums with a<b and c>d, if p<q then r>1"
    private static let tokensRead = "tokens such as <s>, </s> and <b>x</b>"
    private static let sumsJSON = "Sums with a<b and c>d, if p<q then r>1"
    private static let tokensJSON = "tokens such as <s>, </s> and <b>x</b>"

    private static func atom(_ inner: String) -> String {
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>N</title><entry><link href=\"https://a.org/1\"/>\(inner)</entry></feed>"
    }

    private static func old(_ inner: String) -> String {
        "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><title>N</title><entry><link href=\"https://a.org/1\"/>\(inner)</entry></feed>"
    }

    private static func rss(_ inner: String, namespaces: String = "") -> String {
        "<rss version=\"2.0\" \(namespaces)><channel><title>N</title><item><link>https://a.org/1</link>\(inner)</item></channel></rss>"
    }

    static let cases = plain + declared + bodies + people + feeds

    private static let plain = [
        DocumentCase(
            "Words: arXiv's RSS is plain text",
            "<rss xmlns:arxiv=\"http://arxiv.org/schemas/atom\"><channel><title>cs.CL</title><item><title>\(sums)</title><link>https://arxiv.org/abs/2609.00001</link><description>arXiv:2609.00001v1 Announce Type: new \nAbstract: \(tokens)</description></item></channel></rss>",
            ["kind": "arxiv-rss", "title": sumsRead, "abstract": tokensRead]),
        DocumentCase(
            "Words: arXiv's API is plain text",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>http://arxiv.org/api/x</id><entry><id>http://arxiv.org/abs/2609.00001v1</id><title>\(sums)</title><summary>\(tokens)</summary></entry></feed>",
            ["kind": "arxiv-api", "title": sumsRead, "abstract": tokensRead]),
        DocumentCase(
            "Words: arXiv's Atom is plain text",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:arxiv=\"http://arxiv.org/schemas/atom\"><title>cs.CL</title><entry><id>oai:arXiv.org:2609.00001v1</id><title>\(sums)</title><summary>arXiv:2609.00001v1 Announce Type: new \nAbstract: \(tokens)</summary></entry></feed>",
            ["kind": "arxiv-atom", "title": sumsRead, "abstract": tokensRead]),
        DocumentCase(
            "Words: Hugging Face is plain text",
            "[{\"title\": \"\(sumsJSON)\", \"paper\": {\"id\": \"2609.00001\", \"title\": \"\(sumsJSON)\", \"summary\": \"\(tokensJSON)\", \"ai_summary\": \"uses <b>\"}}]",
            ["title": sumsRead, "abstract": tokensRead, "synopsis": "uses <b>"]),
        DocumentCase(
            "Words: JSON Feed's title and text are plain, its HTML is not",
            "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"url\": \"https://a.org/1\", \"title\": \"\(sumsJSON)\", \"summary\": \"\(tokensJSON)\", \"content_html\": \"<s>a</s> <b>x</b>\"}]}",
            ["title": sumsRead, "abstract": tokensRead, "content": "a x"]),
        DocumentCase(
            "Words: JSON Feed's content_text",
            "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"url\": \"https://a.org/1\", \"title\": \"T\", \"content_text\": \"\(tokensJSON) AT&amp;T\"}]}",
            ["content": tokensRead + " AT&amp;T"]),
        DocumentCase(
            "Words: RSS of anybody, where only markup beyond doubt is any",
            rss("<title>\(sums)</title><description>tokens such as &lt;s&gt; and &lt;/s&gt;</description>"),
            ["title": sumsRead, "abstract": "tokens such as <s> and </s>"]),
    ]

    private static let declared = [
        DocumentCase(
            "Words: Atom's type text",
            atom("<title type=\"text\">\(sums)</title><summary type=\"text\">\(tokens) AT&amp;amp;T</summary>"),
            ["title": sumsRead, "abstract": tokensRead + " AT&amp;T"]),
        DocumentCase(
            "Words: Atom without a type is text",
            atom("<title>\(sums)</title><summary>\(tokens)</summary>"), ["title": sumsRead, "abstract": tokensRead]),
        DocumentCase(
            "Words: Atom without a type that is HTML from end to end",
            atom("<title>T</title><summary>&lt;p&gt;one &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;</summary>"),
            ["abstract": "one two"]),
        DocumentCase(
            "Words: Atom's type html",
            atom("<title type=\"html\">&lt;b&gt;T&lt;/b&gt; &amp;lt;s&amp;gt;</title>"), ["title": "T <s>"]),
        DocumentCase(
            "Words: Atom's type xhtml, with a formula and a drawing",
            atom(
                "<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">a &lt; <math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mfenced open=\"[\" close=\"]\"><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>b</mi></mfenced></math></div></title><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><svg xmlns=\"http://www.w3.org/2000/svg\"><title>foo</title><circle r=\"1\"/></svg> bar</div></content>"
            ), ["title": "a < [1/2,b]", "content": "foo bar"]),
        DocumentCase(
            "Words: text beside elements is text",
            atom("<title>a &lt;s&gt; <b xmlns=\"http://www.w3.org/1999/xhtml\">c</b> &lt;s&gt;</title>"),
            ["title": "a <s> c <s>"]),
        DocumentCase(
            "Words: Atom's content in base64",
            atom(
                "<title>T</title><content type=\"application/octet-stream\">RXhhbXBsZSA8Yj5BdG9tPC9iPg==</content>"),
            ["content": "Example Atom"]),
        DocumentCase(
            "Words: Atom's content that is no text",
            atom("<title>T</title><content type=\"image/png\">iVBORw0KGgoAAAANSUhEUg==</content>"), ["content": ""]),
        DocumentCase(
            "Words: Atom 0.3 in base64",
            old(
                "<title type=\"text/html\" mode=\"base64\">RXhhbXBsZSA8Yj5BdG9tPC9iPg==</title><summary mode=\"base64\" type=\"text/plain\">YTxiPmM=</summary>"
            ), ["title": "Example Atom", "abstract": "a<b>c"]),
        DocumentCase(
            "Words: Atom 0.3 escaped and plain",
            old(
                "<title type=\"text/html\" mode=\"escaped\">&lt;b&gt;T&lt;/b&gt; &amp;amp; x</title><summary type=\"text/plain\">the &lt;blink&gt; tag</summary>"
            ), ["title": "T & x", "abstract": "the <blink> tag"]),
        DocumentCase(
            "Words: Atom 0.3 as XML",
            old("<title mode=\"xml\" type=\"text/html\">a <b>c</b></title>"), ["title": "a c"]),
        DocumentCase(
            "Words: C1 controls", rss("<title>don\u{92}t</title><description>\u{93}x\u{94}</description>"),
            ["title": "don’t", "abstract": "“x”"]),
        DocumentCase("Words: a reference with a capital X", rss("<title>&#X41;b</title>"), ["title": "Ab"]),
    ]

    private static let bodies = [
        DocumentCase(
            "RSS: XHTML's body",
            rss(
                "<title>T</title><description>short</description><body xmlns=\"http://www.w3.org/1999/xhtml\"><p>a &lt;s&gt; b</p> <link href=\"x\"/>c</body>"
            ), ["abstract": "short", "content": "a <s> b c"]),
        DocumentCase(
            "RSS: fullitem", rss("<title>T</title><fullitem>&lt;p&gt;x &lt;s&gt;y&lt;/s&gt;&lt;/p&gt;</fullitem>"),
            ["content": "x y"]),
        DocumentCase(
            "RSS: description and summary", rss("<title>T</title><description>d</description><summary>s</summary>"),
            ["abstract": "d", "content": "s"]),
        DocumentCase(
            "RSS: dates of Dublin Core's terms",
            rss(
                "<title>T</title><dcterms:created>2026-01-02T03:04:05Z</dcterms:created><dcterms:modified>2026-02-02</dcterms:modified>",
                namespaces: "xmlns:dcterms=\"http://purl.org/dc/terms/\""),
            ["published": "2026-01-02T03:04:05Z", "updated": "2026-02-02T00:00:00Z"]),
        DocumentCase(
            "Atom: dc:date",
            atom("<title>T</title><dc:date xmlns:dc=\"http://purl.org/dc/elements/1.1/\">2026-01-02</dc:date>"),
            ["published": "2026-01-02T00:00:00Z"]),
    ]

    private static func author(_ name: String, _ text: String, _ expected: String, element: String = "author")
        -> DocumentCase
    {
        DocumentCase(
            "RSS: \(name) in \(element)",
            rss(
                "<title>T</title><\(element)>\(text)</\(element)>",
                namespaces: "xmlns:dc=\"http://purl.org/dc/elements/1.1/\""), ["authors": expected])
    }

    private static let people = ["author", "dc:author", "dc:creator"].flatMap { element in
        [
            author("a name before the address", "Ada Lovelace &lt;ada@a.org&gt;", "Ada Lovelace", element: element),
            author("an address before the name", "ada@a.org (Ada Lovelace)", "Ada Lovelace", element: element),
            author("an address in parentheses", "Ada Lovelace (ada@a.org)", "Ada Lovelace", element: element),
            author(
                "an address in brackets before the name", "&lt;ada@a.org&gt; Ada Lovelace", "Ada Lovelace",
                element: element),
            author("a quoted name", "\"Ada Lovelace\" &lt;ada@a.org&gt;", "Ada Lovelace", element: element),
            author("a name alone", "Ada Lovelace", "Ada Lovelace", element: element),
            author("a name, a comma, an address", "Ada Lovelace, ada@a.org", "Ada Lovelace", element: element),
            author(
                "several people", "ada@a.org (Ada Lovelace), Grace Hopper &lt;g@b.org&gt;",
                "Ada Lovelace; Grace Hopper",
                element: element),
            author("an address alone", "ada@a.org", "", element: element),
        ]
    }

    private static let feeds = [
        DocumentCase(
            "Atom from before its namespace",
            "<feed version=\"0.3\" xmlns=\"http://purl.org/pie/\"><title>N</title><entry><title>T</title><link href=\"https://a.org/1\"/></entry></feed>",
            ["kind": "atom", "feed": "N", "title": "T"]),
        DocumentCase(
            "CDF",
            "<CHANNEL HREF=\"https://a.org/\"><TITLE>N</TITLE><ITEM HREF=\"https://a.org/1\" LASTMOD=\"2004-04-06T23:05:43-05:00\"><TITLE>T</TITLE><ABSTRACT>A</ABSTRACT></ITEM></CHANNEL>",
            [
                "feed": "N", "feedURL": "https://a.org/", "title": "T", "url": "https://a.org/1", "abstract": "A",
                "updated": "2004-04-07T04:05:43Z",
            ]),
        DocumentCase(
            "an encoding by Python's name",
            bytes: Encoded.bytes(
                "<?xml version=\"1.0\" encoding=\"windows_1251\"?><rss><channel><title>Новости</title></channel></rss>",
                "CP1251"),
            ["feed": "Новости", "charset": "windows-1251"]),
    ]
}
