/// RSS 0.90 and 1.0.
enum RDFDocuments {
    private static let spaces =
        #"xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://purl.org/rss/1.0/modules/prism/" xmlns:content="http://purl.org/rss/1.0/modules/content/""#

    private static func rdf(_ items: String, about: String = "https://n.org/") -> String {
        """
        <rdf:RDF \(spaces)><channel rdf:about="\(about)"><title>N</title><link>\(about)</link><dc:date>2026-01-02</dc:date>
        <items><rdf:Seq><rdf:li rdf:resource="https://a.org/1"/></rdf:Seq></items></channel>\(items)</rdf:RDF>
        """
    }

    private static func item(_ inner: String, title: String = "T") -> String {
        "<item rdf:about=\"https://a.org/1\"><title>\(title)</title><link>https://a.org/1</link>\(inner)</item>"
    }

    private static func bioRxiv(_ inner: String) -> String { rdf(item(inner), about: "http://biorxiv.org") }

    static let cases = [
        DocumentCase(
            "RDF: items beside the channel", rdf(item("")),
            ["kind": "rdf", "count": "1", "feed": "N", "title": "T", "updatedFeed": "2026-01-02T00:00:00Z"]),
        DocumentCase(
            "RDF: an item named only by rdf:about", rdf("<item rdf:about=\"https://a.org/2\"><title>T</title></item>"),
            ["url": "https://a.org/2"]),
        DocumentCase(
            "RDF: Dublin Core",
            rdf(
                item(
                    "<dc:creator>Ada</dc:creator><dc:date>2026-03-04</dc:date><dc:subject>s</dc:subject><dc:description>D</dc:description>"
                )), ["authors": "Ada", "published": "2026-03-04T00:00:00Z", "categories": "s", "abstract": "D"]),
        DocumentCase(
            "RDF: PRISM's date and DOI",
            rdf(
                item("<prism:publicationDate>2026-03-04</prism:publicationDate><prism:doi>10.1038/s41586-1</prism:doi>")
            ), ["published": "2026-03-04T00:00:00Z", "id": "doi:10.1038/s41586-1"]),
        DocumentCase(
            "RDF: dc:identifier with doi:", rdf(item("<dc:identifier>doi:10.1038/s41586-1</dc:identifier>")),
            ["id": "doi:10.1038/s41586-1"]),
        DocumentCase(
            "RDF: dc:title where there is no title",
            rdf("<item rdf:about=\"https://a.org/1\"><dc:title>D</dc:title></item>"), ["title": "D"]),
        DocumentCase(
            "RDF: a description that is markup",
            rdf(item("<description rdf:parseType=\"Literal\"><p>A <i>b</i></p></description>")), ["abstract": "A b"]),
        DocumentCase(
            "RSS 0.90: Netscape's namespace",
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://my.netscape.com/rdf/simple/0.9/\"><channel><title>N</title></channel><item><title>T</title><link>http://a.org/1</link></item></rdf:RDF>",
            ["kind": "rdf", "title": "T"]),
        DocumentCase(
            "RDF: a prefix for RSS itself",
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:rss=\"http://purl.org/rss/1.0/\"><rss:channel><rss:title>N</rss:title></rss:channel><rss:item><rss:title>T</rss:title><rss:link>http://a.org/1</rss:link></rss:item></rdf:RDF>",
            ["count": "1", "feed": "N", "title": "T"]),
        DocumentCase(
            "RDF: arXiv of before 2023, new", rdf(item("", title: "Top quarks. (arXiv:1805.09166v1 [hep-ex])")),
            ["id": "arxiv:1805.09166", "title": "Top quarks", "announce": "new", "categories": "hep-ex"]),
        DocumentCase(
            "RDF: arXiv of before 2023, cross-listed",
            rdf(item("", title: "Top quarks (arXiv:1805.09166v1 [hep-ex] CROSS LISTED)")), ["announce": "cross"]),
        DocumentCase(
            "RDF: arXiv of before 2023, updated",
            rdf(item("", title: "Top quarks. (arXiv:1805.09166v3 [hep-ex] UPDATED)")), ["announce": "replace"]),
        DocumentCase(
            "RDF: arXiv of before 2023, authors as links",
            rdf(
                item(
                    "<dc:creator> &lt;a href=&quot;http://arxiv.org/find/x&quot;&gt;C. Dilks&lt;/a&gt; (STAR Collaboration), &lt;a href=&quot;y&quot;&gt;B. Tuch&lt;/a&gt;</dc:creator>",
                    title: "T. (arXiv:1805.09166v1 [hep-ex])")),
            ["authors": "C. Dilks; B. Tuch", "affiliation": "STAR Collaboration"]),
        DocumentCase(
            "bioRxiv: the comma divides names and authors",
            bioRxiv("<dc:creator><![CDATA[ Kaur, M., Shukla, A. B., O'Neil, J.-P. ]]></dc:creator>"),
            ["kind": "biorxiv-rss", "authors": "M. Kaur; A. B. Shukla; J.-P. O'Neil"]),
        DocumentCase(
            "bioRxiv: a consortium among the authors",
            bioRxiv("<dc:creator>Kaur, M., The Wheat Consortium, Rishi, V.</dc:creator>"),
            ["authors": "M. Kaur; The Wheat Consortium; V. Rishi"]),
        DocumentCase(
            "bioRxiv: an old DOI",
            bioRxiv("<dc:identifier>doi:10.1101/743294</dc:identifier><dc:date>2019-08-27</dc:date>"),
            ["id": "doi:10.1101/743294", "published": "2019-08-27T00:00:00Z"]),
        DocumentCase(
            "bioRxiv: small capitals", bioRxiv("<description>O_SCPLOWRAC_SCPLOWNPA and C_SCPLOW</description>"),
            ["abstract": "RANPA and"]),
        DocumentCase(
            "bioRxiv: sections and lists",
            bioRxiv("<description>O_ST_ABSBackgroundC_ST_ABSText. O_LIOneC_LIO_LITwoC_LI</description>"),
            ["abstract": "Background Text. One Two"]),
        DocumentCase(
            "bioRxiv: figures leave nothing",
            bioRxiv("<description>Before O_FIG O_LINKSMALLFIG WIDTH=200 SRC=x C_FIG after</description>"),
            ["abstract": "Before after"]),
        DocumentCase(
            "bioRxiv: names with underscores stay", bioRxiv("<description>C_max and CO_2 in O_2</description>"),
            ["abstract": "C_max and CO_2 in O_2"]),
        DocumentCase(
            "medRxiv is read alike", rdf(item("<dc:creator>Kaur, M.</dc:creator>"), about: "http://medrxiv.org"),
            ["kind": "biorxiv-rss", "authors": "M. Kaur"]),
    ]
}
