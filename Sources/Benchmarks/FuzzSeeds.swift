/// A small document of each kind, to be damaged.
enum FuzzSeeds {
    static let all: [[UInt8]] = documents.map { Array($0.utf8) } + [utf16]

    private static let utf16: [UInt8] =
        [0xFF, 0xFE] + documents[0].utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }

    private static let documents = [
        #"""
        <?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>A &amp; B</title>
        <link>https://example.org/</link><ttl>60</ttl><skipDays><day>Sunday</day></skipDays><item><title>On $\alpha$ &lt;b&gt;x&lt;/b&gt;</title>
        <link>/a?b=1&amp;c=2</link><guid isPermaLink="false">x1</guid><dc:creator>Ada Lovelace and Bob</dc:creator>
        <pubDate>Mon, 30 Sep 2024 00:00:00 -0400</pubDate><description><![CDATA[<p>Text &eacute; <script>x</script></p>]]></description></item></channel></rss>
        """#,
        #"""
        <?xml version='1.0' encoding='UTF-8'?><rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
        <channel><title>cs.LG updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.LG</link><item><title>Fr\'echet {\L}</title>
        <link>https://arxiv.org/abs/2611.01234</link><description>arXiv:2611.01234v2 Announce Type: replace
        Abstract: We show $\mathcal{O}(n^2)$.</description><guid isPermaLink="false">oai:arXiv.org:2611.01234v2</guid><category>cs.LG</category>
        <arxiv:announce_type>replace</arxiv:announce_type><dc:creator>Aky\"urek, E., S\o ren (MIT)</dc:creator></item></channel></rss>
        """#,
        #"""
        <?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
        <title>arXiv Query: search_query=cat:cs.LG</title><id>http://arxiv.org/api/x</id><entry><id>http://arxiv.org/abs/2611.01234v1</id>
        <updated>2026-11-20T01:02:03Z</updated><published>2026-11-20T01:02:03Z</published><title>A
          title</title><summary>Text.</summary><author><name>A. B.</name><arxiv:affiliation>X</arxiv:affiliation></author>
        <arxiv:doi>10.1000/x</arxiv:doi><link href="http://arxiv.org/pdf/2611.01234v1" rel="related" type="application/pdf" title="pdf"/>
        <arxiv:primary_category term="cs.LG"/><category term="cs.LG"/></entry></feed>
        """#,
        #"""
        <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/a/"><title type="html">T &amp;lt;i&amp;gt;</title><updated>2026-11-20</updated>
        <entry><id>tag:x</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>b</b></div></title><link href="b"/>
        <content type="html">&lt;p&gt;One&lt;/p&gt;</content><updated>2026-11-20T00:00:00+01:00</updated></entry></feed>
        """#,
        #"""
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:prism="http://purl.org/rss/1.0/modules/prism/"><channel rdf:about="http://connect.biorxiv.org"><title>bioRxiv</title></channel>
        <item rdf:about="http://biorxiv.org/cgi/content/short/2026.11.01.123456v1?rss=1"><title><![CDATA[A O_SCPLOWB C_SCPLOW]]></title>
        <link>http://biorxiv.org/cgi/content/short/2026.11.01.123456v1?rss=1</link><dc:creator>Doe, J., Roe, R.</dc:creator><dc:date>2026-11-01</dc:date>
        <dc:identifier>doi:10.1101/2026.11.01.123456</dc:identifier><prism:publicationDate>2026-11-01</prism:publicationDate></item></rdf:RDF>
        """#,
        #"""
        <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-23T00:00:00Z</responseDate><ListRecords><record><header status="deleted">
        <identifier>oai:arXiv.org:2611.00001</identifier></header></record><record><header><identifier>oai:arXiv.org:2611.01234</identifier>
        <datestamp>2026-11-20</datestamp></header><metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2611.01234</id><created>2026-11-20</created>
        <authors><author><keyname>Müller</keyname><forenames>S.</forenames></author></authors><title>T</title><categories>cs.LG stat.ML</categories>
        <abstract>A.</abstract></arXiv></metadata></record><resumptionToken cursor="0" completeListSize="9">x|1</resumptionToken></ListRecords></OAI-PMH>
        """#,
        #"""
        <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header><identifier>oai:x:1</identifier></header><metadata>
        <oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title>
        <dc:creator>Roe, R.</dc:creator><dc:description>D</dc:description><dc:date>2026</dc:date><dc:identifier>https://example.org/1</dc:identifier></oai_dc:dc>
        </metadata></record></ListRecords></OAI-PMH>
        """#,
        #"""
        [{"paper":{"id":"2611.01234","authors":[{"name":"Ada Lovelace","hidden":false},{"name":"X","hidden":true}],"publishedAt":"2026-11-20T00:00:00.000Z",
        "title":"A \u0394 $\\alpha$","summary":"Some\ntext \ud83d\ude00.","upvotes":12,"githubRepo":"https://github.com/a/b","githubStars":3,
        "organization":{"name":"x","fullname":"X Lab"}},"publishedAt":"2026-11-19T19:00:00.000Z","title":"A","numComments":2,"mediaUrls":["https://x/y.mp4"]}]
        """#,
        #"""
        {"version":"https://jsonfeed.org/version/1.1","title":"J","home_page_url":"https://example.org/","items":[{"id":"1","url":"https://example.org/1",
        "title":"T","content_html":"<p>a&nbsp;b</p>","date_published":"2026-11-20T00:00:00+01:00","authors":[{"name":"A"}],"tags":["x"]}]}
        """#,
        #"""
        {"messages":[{"status":"ok","total":"1","cursor":0,"count":1}],"collection":[{"doi":"10.1101/2026.11.01.123456","title":"T","authors":"Doe, J.; Roe, R.",
        "date":"2026-11-01","version":"1","category":"plant biology","abstract":"A.","published":"10.1038/x","server":"bioRxiv"}]}
        """#,
        #"""
        {"status":"ok","message-type":"work-list","message":{"total-results":1,"items":[{"DOI":"10.1000/x","title":["T <i>a</i>"],"author":[{"given":"A","family":"B"}],
        "issued":{"date-parts":[[2026,11]]},"abstract":"<jats:p>A</jats:p>","URL":"https://doi.org/10.1000/x","relation":{"has-preprint":[{"id":"10.48550/arXiv.2611.01234"}]}}]}}
        """#,
        #"""
        {"notes":[{"id":"abc","forum":"abc","cdate":1763596800000,"content":{"title":{"value":"T"},"abstract":{"value":"A"},"authors":{"value":["A B"]},
        "pdf":{"value":"/pdf/x.pdf"},"keywords":{"value":["k"]}}}],"count":1}
        """#,
        #"""
        <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>pubmed: x</title>
        <link>https://pubmed.ncbi.nlm.nih.gov/rss-feed/?feed_id=1</link><item><title>T.</title><link>https://pubmed.ncbi.nlm.nih.gov/12345678/</link>
        <content:encoded>&lt;p&gt;&lt;b&gt;ABSTRACT&lt;/b&gt;&lt;/p&gt;</content:encoded><guid isPermaLink="false">pubmed:12345678</guid><dc:creator>A B</dc:creator>
        <dc:identifier>doi:10.1000/x</dc:identifier></item></channel></rss>
        """#,
        #"<!DOCTYPE html><html><head><title>x</title><link rel="alternate" type="application/rss+xml" href="/f.xml"></head><body>no</body></html>"#,
    ]
}
