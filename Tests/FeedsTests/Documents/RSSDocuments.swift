/// RSS 0.91 to 2.0.
enum RSSDocuments {
    private static let spaces =
        #"xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:atom="http://www.w3.org/2005/Atom""#

    private static func rss(_ inner: String, head: String = "") -> String {
        "<rss version=\"2.0\" \(spaces)><channel><title>N</title><link>https://n.org/</link>\(head)\(inner)</channel></rss>"
    }

    private static func item(_ inner: String, title: String = "T", link: String = "https://a.org/1") -> String {
        rss("<item><title>\(title)</title><link>\(link)</link>\(inner)</item>")
    }

    static let cases =
        [
            DocumentCase(
                "RSS: an empty channel", rss(""),
                ["kind": "rss", "count": "0", "feed": "N", "feedURL": "https://n.org/"]),
            DocumentCase(
                "RSS: lastBuildDate", rss("", head: "<lastBuildDate>Thu, 24 Sep 2026 08:58:05 +0000</lastBuildDate>"),
                ["updatedFeed": "2026-09-24T08:58:05Z"]),
            DocumentCase(
                "RSS: pubDate where there is no lastBuildDate",
                rss("", head: "<pubDate>Thu, 24 Sep 2026 08:58:05 GMT</pubDate>"),
                ["updatedFeed": "2026-09-24T08:58:05Z"]),
            DocumentCase(
                "RSS 0.91: title and link only",
                "<rss version=\"0.91\"><channel><title>N</title><item><title>T</title><link>http://a.org/1</link></item></channel></rss>",
                ["kind": "rss", "title": "T", "url": "http://a.org/1"]),
            DocumentCase(
                "RSS 0.92: no titles, only descriptions",
                "<rss version=\"0.92\"><channel><title>N</title><item><link>http://a.org/1</link><description>Words.</description></item></channel></rss>",
                ["title": "Words."]),
            DocumentCase(
                "RSS: a namespace on the root that is none of RSS's",
                "<rss xmlns=\"http://backend.userland.com/rss2\"><channel><title>N</title><item><title>T</title><link>https://a.org/1</link></item></channel></rss>",
                ["count": "1"]),
            DocumentCase(
                "RSS: items outside the channel",
                "<rss><channel><title>N</title></channel><item><title>T</title><link>https://a.org/1</link></item></rss>",
                ["count": "1", "feed": "N"]),
            DocumentCase(
                "RSS: several creators", item("<dc:creator>A B</dc:creator><dc:creator>C D</dc:creator>"),
                ["authors": "A B; C D"]),
            DocumentCase(
                "RSS: an author in RSS's own manner", item("<author>a@b.org (Ada Lovelace)</author>"),
                ["authors": "Ada Lovelace"]),
            DocumentCase("RSS: an author who is only an address", item("<author>a@b.org</author>"), ["authors": ""]),
            DocumentCase(
                "RSS: creators go before author", item("<author>X</author><dc:creator>Ada</dc:creator>"),
                ["authors": "Ada"]),
            DocumentCase(
                "RSS: categories and subjects",
                item("<category>A</category><category domain=\"x\">B</category><dc:subject>C</dc:subject>"),
                ["categories": "A, B, C"]),
            DocumentCase(
                "RSS: pubDate goes before dc:date",
                item("<dc:date>2020-01-01</dc:date><pubDate>Fri, 02 Jan 2026 00:00:00 GMT</pubDate>"),
                ["published": "2026-01-02T00:00:00Z"]),
            DocumentCase(
                "RSS: dc:date alone", item("<dc:date>2026-01-02T03:04:05+01:00</dc:date>"),
                ["published": "2026-01-02T02:04:05Z"]),
            DocumentCase(
                "RSS: a date with a line end inside", item("<pubDate>Mon, 30 Sep 2024 00:00:00 -0400\n</pubDate>"),
                ["published": "2024-09-30T04:00:00Z"]),
            DocumentCase("RSS: no date", item(""), ["published": ""]),
            DocumentCase("RSS: a date that is none", item("<pubDate>soon</pubDate>"), ["published": "", "count": "1"]),
            DocumentCase(
                "RSS: a two-digit year", item("<pubDate>02 Jan 26 10:00 EST</pubDate>"),
                ["published": "2026-01-02T15:00:00Z"]),
            DocumentCase(
                "RSS: a German date", item("<pubDate>Mi, 15 Mai 2024 10:00:00 +0200</pubDate>"),
                ["published": "2024-05-15T08:00:00Z"]),
            DocumentCase(
                "RSS: a French date whose weekday looks like a month",
                item("<pubDate>mar., 03 sept. 2024 10:00:00 +0000</pubDate>"), ["published": "2024-09-03T10:00:00Z"]),
            DocumentCase(
                "RSS: a Spanish date in words", item("<pubDate>30 de septiembre de 2024</pubDate>"),
                ["published": "2024-09-30T00:00:00Z"]),
            DocumentCase(
                "RSS: a Japanese date", item("<pubDate>2024年9月30日</pubDate>"), ["published": "2024-09-30T00:00:00Z"]),
            DocumentCase(
                "RSS: description and whole text",
                item("<description>Short</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded>"),
                ["abstract": "Short", "content": "Long"]),
            DocumentCase(
                "RSS: escaped HTML",
                item("<description>&lt;p&gt;A &lt;b&gt;bold&lt;/b&gt; &amp;amp; brave&lt;/p&gt;</description>"),
                ["abstract": "A bold & brave"]),
            DocumentCase(
                "RSS: HTML that nobody escaped",
                item("<description>A <b>bold</b> &amp; <i>brave</i> text</description>"),
                ["abstract": "A bold & brave text"]),
            DocumentCase(
                "RSS: script and style in the text",
                item("<description>&lt;style&gt;p{}&lt;/style&gt;A&lt;script&gt;x()&lt;/script&gt; text</description>"),
                ["abstract": "A text"]),
            DocumentCase(
                "RSS: an enclosed PDF",
                item("<enclosure url=\"https://a.org/1.pdf\" type=\"application/pdf\" length=\"9\"/>"),
                ["pdf": "https://a.org/1.pdf"]),
            DocumentCase(
                "RSS: an enclosed sound is no PDF",
                item("<enclosure url=\"https://a.org/1.mp3\" type=\"audio/mpeg\" length=\"9\"/>"), ["pdf": ""]),
            DocumentCase(
                "RSS: the number of comments",
                item("<slash:comments>12</slash:comments><comments>https://a.org/1#c</comments>"),
                ["comments": "12", "discussion": "https://a.org/1#c"]),
            DocumentCase("RSS: an empty number of comments", item("<slash:comments />"), ["comments": ""]),
            DocumentCase("RSS: media's title is not the title", item("<media:title>M</media:title>"), ["title": "T"]),
            DocumentCase(
                "RSS: media's title where there is no other",
                rss("<item><media:title>M</media:title><link>https://a.org/1</link></item>"), ["title": "M"]),
            DocumentCase(
                "RSS: a DOI by PRISM", item("<prism:doi>10.1234/ABC.5</prism:doi>"),
                ["id": "doi:10.1234/abc.5", "url": "https://a.org/1"]),
            DocumentCase(
                "RSS: a DOI in the link", item("", link: "https://dl.acm.org/doi/10.1145/1234.5678"),
                ["id": "doi:10.1145/1234.5678"]),
            DocumentCase(
                "RSS: a link with a fragment and an ampersand", item("", link: "https://a.org/1?x=1&amp;y=2#z"),
                ["id": "url:https://a.org/1?x=1&y=2"]),
            DocumentCase(
                "RSS: a guid that is the link", rss("<item><title>T</title><guid>https://a.org/g</guid></item>"),
                ["url": "https://a.org/g"]),
            DocumentCase(
                "RSS: a guid that is said to be no link",
                rss("<item><title>T</title><guid isPermaLink=\"false\">https://a.org/g</guid></item>"),
                ["count": "1", "id": "entry:n.org/https://a.org/g", "url": ""]),
            DocumentCase(
                "RSS: Atom's link in an item",
                rss("<item><title>T</title><atom:link href=\"https://a.org/2\"/></item>"), ["url": "https://a.org/2"]),
            DocumentCase(
                "RSS: a relative link and the document's address", item("", link: "/x/1"),
                ["count": "1", "url": ""]),
            DocumentCase(
                "RSS: a relative link resolved", item("", link: "../x/1"), url: "https://b.org/feeds/new/rss.xml",
                ["url": "https://b.org/feeds/x/1"]),
            DocumentCase(
                "RSS: a link without a scheme", item("", link: "//c.org/1"), url: "https://b.org/rss.xml",
                ["url": "https://c.org/1"]),
            DocumentCase(
                "RSS: a script for a link", item("", link: "javascript:alert(1)"), ["count": "1", "url": ""]),
            DocumentCase(
                "RSS: capitals in element names",
                "<rss><channel><Title>N</Title><Item><Title>T</Title><Link>https://a.org/1</Link><PubDate>2026-01-02</PubDate></Item></channel></rss>",
                ["title": "T", "published": "2026-01-02T00:00:00Z"]),
            DocumentCase(
                "RSS: a title in TeX", item("", title: "Fr\\'echet means in $O(n^2)$"),
                ["title": "Fréchet means in O(n²)"]),
            DocumentCase(
                "RSS: a title escaped twice", item("", title: "AT&amp;amp;T &amp;lt;i&amp;gt;now&amp;lt;/i&amp;gt;"),
                ["title": "AT&T now"]),
            DocumentCase("RSS: a title over three lines", item("", title: "\n  One\n  Two\n"), ["title": "One Two"]),
            DocumentCase(
                "RSS: think tags in the text", item("<description>uses &lt;think&gt; tokens</description>"),
                ["abstract": "uses <think> tokens"]),
            DocumentCase(
                "RSS: images have titles too",
                rss(
                    "<item><title>T</title><link>https://a.org/1</link></item>",
                    head: "<image><title>Logo</title><link>https://l.org</link></image>"), ["feed": "N", "title": "T"]),
            DocumentCase(
                "RSS: PubMed's citation", pubMed,
                [
                    "kind": "pubmed-rss", "id": "doi:10.1016/j.x.2026.1", "title": "Deep things",
                    "authors": "Ada Lovelace; Kurt Gödel", "abstract": "BACKGROUND: Words. RESULTS: More.",
                    "journal": "Nature", "url": "https://pubmed.ncbi.nlm.nih.gov/123/",
                ]),
        ]

    private static let pubMed = """
        <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
        <title>pubmed: deep</title><link>https://pubmed.ncbi.nlm.nih.gov/rss-feed/?feed_id=x</link><item><title>Deep things</title>
        <link>https://pubmed.ncbi.nlm.nih.gov/123/?utm_source=x&amp;fc=1</link><description>Nature. 2026.</description>
        <content:encoded><![CDATA[<div><p style="color: #4aa564;">Nature. 2026 Jan 1:1-2. doi: 10.1016/j.x.2026.1.</p><p><b>ABSTRACT</b></p>
        <p><b>BACKGROUND</b>: Words.</p><p><b>RESULTS</b>: More.</p><p style="color: lightgray">PMID:<a href="x">123</a> | DOI:<a href="y">10.1016/j.x.2026.1</a></p></div>]]></content:encoded>
        <guid isPermaLink="false">pubmed:123</guid><pubDate>Thu, 01 Jan 2026 06:00:00 -0500</pubDate><dc:creator>Ada Lovelace</dc:creator>
        <dc:creator>Kurt Gödel</dc:creator><dc:date>2026-01-01</dc:date><dc:source>Nature</dc:source><dc:identifier>pmid:123</dc:identifier>
        <dc:identifier>doi:10.1016/j.x.2026.1</dc:identifier></item></channel></rss>
        """
}
