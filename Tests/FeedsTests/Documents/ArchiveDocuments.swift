/// OAI-PMH, Crossref, OpenReview and the bioRxiv API.
enum ArchiveDocuments {
    private static func oai(_ records: String, token: String = "", verb: String = "oai_dc") -> String {
        """
        <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-08-07T20:53:33Z</responseDate>
        <request verb="ListRecords" metadataPrefix="\(verb)">https://o.org/oai</request><ListRecords>\(records)\(token)</ListRecords></OAI-PMH>
        """
    }

    private static func record(_ metadata: String, header: String = "<identifier>oai:o.org:1</identifier>") -> String {
        "<record><header>\(header)<datestamp>2026-01-01</datestamp></header><metadata>\(metadata)</metadata></record>"
    }

    private static func dc(_ inner: String) -> String {
        oai(
            record(
                "<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\(inner)</oai_dc:dc>"
            ))
    }

    private static func arXiv(_ inner: String) -> String {
        oai(record("<arXiv xmlns=\"http://arxiv.org/OAI/arXiv/\"><id>2504.11237</id>\(inner)</arXiv>"), verb: "arXiv")
    }

    private static func crossref(_ item: String) -> String {
        "{\"status\": \"ok\", \"message-type\": \"work-list\", \"message\": {\"total-results\": 7, \"items\": [{\"DOI\": \"10.1234/X\", \(item)}]}}"
    }

    private static func note(_ inner: String) -> String {
        "{\"notes\": [{\"id\": \"aB3\", \"forum\": \"aB3\", \(inner)}], \"count\": 9}"
    }

    private static func bio(
        _ row: String, message: String = "\"status\": \"ok\", \"cursor\": 0, \"count\": 30, \"total\": \"873\""
    ) -> String {
        "{\"messages\": [{\(message)}], \"collection\": [{\"doi\": \"10.64898/2026.07.31.741992\", \"title\": \"T\", \(row)}]}"
    }

    static let cases = [
        DocumentCase(
            "OAI: Dublin Core",
            dc(
                "<dc:title>T</dc:title><dc:creator>Raselli, Niccolò</dc:creator><dc:description>D</dc:description><dc:date>2016-06-20</dc:date><dc:identifier>https://o.org/a</dc:identifier><dc:identifier>info:doi/10.21257/sg.18</dc:identifier><dc:subject>s</dc:subject>"
            ),
            [
                "kind": "oai-dc", "id": "doi:10.21257/sg.18", "url": "https://o.org/a", "authors": "Niccolò Raselli",
                "abstract": "D", "published": "2016-06-20T00:00:00Z", "categories": "s",
                "updatedFeed": "2026-08-07T20:53:33Z",
            ]),
        DocumentCase(
            "OAI: titles in several languages",
            dc(
                "<dc:title xml:lang=\"de\">Eins</dc:title><dc:title xml:lang=\"en\">One</dc:title><dc:identifier>https://o.org/a</dc:identifier>"
            ), ["title": "Eins"]),
        DocumentCase(
            "OAI: a catalogue's “no name”",
            dc(
                "<dc:title>T</dc:title><dc:creator>[s.n.]</dc:creator><dc:description>[s.c.]</dc:description><dc:identifier>https://o.org/a</dc:identifier>"
            ), ["authors": "", "abstract": ""]),
        DocumentCase(
            "OAI: an organisation as creator",
            dc(
                "<dc:title>T</dc:title><dc:creator>World Health Organization, Regional Office for Europe, Copenhagen</dc:creator><dc:identifier>https://o.org/a</dc:identifier>"
            ), ["authors": "World Health Organization, Regional Office for Europe, Copenhagen"]),
        DocumentCase(
            "OAI: arXiv in Dublin Core",
            dc(
                "<dc:title>T</dc:title><dc:identifier>http://arxiv.org/abs/2504.11237</dc:identifier><dc:identifier>doi:10.1103/x</dc:identifier>"
            ), ["id": "arxiv:2504.11237", "doi": "10.1103/x"]),
        DocumentCase(
            "OAI: nothing to name it by", dc("<dc:title>T</dc:title><dc:identifier>shelf 7</dc:identifier>"),
            ["count": "0", "dropped": "1"]),
        DocumentCase(
            "OAI: deleted records",
            oai("<record><header status=\"deleted\"><identifier>oai:o.org:1</identifier></header></record>"),
            ["count": "0", "dropped": "0", "deleted": "oai:o.org:1"]),
        DocumentCase(
            "OAI: a resumption token",
            oai("", token: "<resumptionToken completeListSize=\"163709\" cursor=\"0\">abc|1</resumptionToken>"),
            ["token": "abc|1", "total": "163709"]),
        DocumentCase(
            "OAI: an empty token ends the list", oai("", token: "<resumptionToken completeListSize=\"3\"/>"),
            ["token": "", "total": "3"]),
        DocumentCase(
            "OAI: no records match",
            "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><request>https://o.org/oai</request><error code=\"noRecordsMatch\">x</error></OAI-PMH>",
            ["count": "0"]),
        DocumentCase(
            "OAI: a bad token",
            "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><error code=\"badResumptionToken\">It expired</error></OAI-PMH>",
            ["error": "reported", "message": "badResumptionToken: It expired"]),
        DocumentCase(
            "OAI: metadata of another kind", oai(record("<marc xmlns=\"http://marc\"/>")),
            ["count": "0", "dropped": "1"]),
        DocumentCase(
            "OAI: arXiv's own metadata",
            arXiv(
                "<created>2025-04-15</created><updated>2026-01-05</updated><authors><author><keyname>Lyu</keyname><forenames>Chunhai</forenames><affiliation>MPI</affiliation></author><author><keyname>King</keyname><forenames>M. L.</forenames><suffix>Jr</suffix></author></authors><title>Periodic\n table</title><categories>physics.atom-ph quant-ph</categories><doi>10.1103/x</doi><journal-ref>PRR 7</journal-ref><abstract>Mendeleev&#39;s $Z$</abstract>"
            ),
            [
                "kind": "oai-arxiv", "id": "arxiv:2504.11237", "title": "Periodic table",
                "authors": "Chunhai Lyu; M. L. King Jr", "affiliation": "MPI",
                "categories": "physics.atom-ph, quant-ph", "published": "2025-04-15T00:00:00Z",
                "updated": "2026-01-05T00:00:00Z", "abstract": "Mendeleev's Z", "doi": "10.1103/x", "journal": "PRR 7",
            ]),
        DocumentCase(
            "OAI: an author with a surname only",
            arXiv("<authors><author><keyname>Deepti</keyname></author></authors><title>T</title>"),
            ["authors": "Deepti"]),
        DocumentCase(
            "Crossref: a work",
            crossref(
                "\"title\": [\"T <i>x</i>\"], \"author\": [{\"given\": \"Ada\", \"family\": \"Lovelace\", \"affiliation\": [{\"name\": \"MIT\"}]}, {\"name\": \"The Group\"}], \"abstract\": \"<jats:p>Words</jats:p>\", \"container-title\": [\"J\"], \"published-print\": {\"date-parts\": [[2015, 3]]}, \"URL\": \"https://doi.org/10.1234/x\""
            ),
            [
                "kind": "crossref", "id": "doi:10.1234/x", "title": "T x", "authors": "Ada Lovelace; The Group",
                "affiliation": "MIT", "abstract": "Words", "journal": "J", "published": "2015-03-01T00:00:00Z",
                "total": "7",
            ]),
        DocumentCase(
            "Crossref: the year alone", crossref("\"title\": [\"T\"], \"issued\": {\"date-parts\": [[2010]]}"),
            ["published": "2010-01-01T00:00:00Z"]),
        DocumentCase(
            "Crossref: no date", crossref("\"title\": [\"T\"], \"issued\": {\"date-parts\": [[null]]}"),
            ["published": ""]),
        DocumentCase("Crossref: no title", crossref("\"title\": []"), ["count": "0", "dropped": "1"]),
        DocumentCase(
            "Crossref: a preprint's journal version",
            crossref(
                "\"title\": [\"T\"], \"relation\": {\"is-preprint-of\": [{\"id-type\": \"doi\", \"id\": \"10.1038/Y\"}], \"cites\": [{\"id-type\": \"doi\", \"id\": \"10.9999/z\"}]}"
            ), ["id": "doi:10.1234/x", "doi": "10.1038/y"]),
        DocumentCase(
            "Crossref: an article that names its arXiv preprint",
            crossref(
                "\"title\": [\"T\"], \"relation\": {\"has-preprint\": [{\"id-type\": \"doi\", \"id\": \"10.48550/arXiv.2511.01234\"}]}"
            ), ["id": "arxiv:2511.01234", "doi": "10.1234/x"]),
        DocumentCase(
            "Crossref: a single work",
            "{\"status\": \"ok\", \"message-type\": \"work\", \"message\": {\"DOI\": \"10.1234/x\", \"title\": [\"T\"]}}",
            ["count": "1", "title": "T"]),
        DocumentCase(
            "Crossref: a refusal",
            "{\"status\": \"failed\", \"message-type\": \"validation-failure\", \"message\": [{\"type\": \"x\", \"message\": \"Integer specified as 9 is too large\"}]}",
            ["error": "reported", "message": "Integer specified"]),
        DocumentCase(
            "OpenReview: version 2",
            note(
                "\"cdate\": 1704067200000, \"content\": {\"title\": {\"value\": \"T\"}, \"authors\": {\"value\": [\"A\", \"B\"]}, \"abstract\": {\"value\": \"W\"}, \"keywords\": {\"value\": [\"k\"]}, \"pdf\": {\"value\": \"/pdf/1.pdf\"}, \"TLDR\": {\"value\": \"Short\"}, \"venue\": {\"value\": \"ICLR\"}}"
            ),
            [
                "kind": "openreview", "id": "url:https://openreview.net/forum?id=aB3", "title": "T", "authors": "A; B",
                "abstract": "W", "keywords": "k", "pdf": "https://openreview.net/pdf/1.pdf",
                "published": "2024-01-01T00:00:00Z", "synopsis": "Short", "journal": "ICLR", "total": "9",
            ]),
        DocumentCase(
            "OpenReview: version 1",
            note("\"pdate\": 1704067200000, \"content\": {\"title\": \"T\", \"authors\": [\"A\"], \"TL;DR\": \"S\"}"),
            ["title": "T", "authors": "A", "synopsis": "S"]),
        DocumentCase(
            "OpenReview: a review is no paper",
            "{\"notes\": [{\"id\": \"r1\", \"forum\": \"aB3\", \"content\": {\"title\": \"Official review\"}}]}",
            ["count": "0", "dropped": "1"]),
        DocumentCase(
            "bioRxiv API: a row",
            bio(
                "\"authors\": \"Loconsole, M.; Garcia-Pelegrin, E.; The Group\", \"date\": \"2026-08-01\", \"version\": \"2\", \"category\": \"c\", \"abstract\": \"A O_SCPLOWbC_SCPLOW.\", \"published\": \"NA\", \"funder\": \"NA\", \"server\": \"bioRxiv\""
            ),
            [
                "kind": "biorxiv-api", "id": "doi:10.64898/2026.07.31.741992",
                "authors": "M. Loconsole; E. Garcia-Pelegrin; The Group", "published": "2026-08-01T00:00:00Z",
                "url": "https://www.biorxiv.org/content/10.64898/2026.07.31.741992v2",
                "pdf": "https://www.biorxiv.org/content/10.64898/2026.07.31.741992v2.full.pdf", "abstract": "A b.",
                "categories": "c", "doi": "", "token": "30", "total": "873",
            ]),
        DocumentCase(
            "bioRxiv API: published in a journal", bio("\"published\": \"10.1038/S1\""), ["doi": "10.1038/s1"]),
        DocumentCase(
            "bioRxiv API: funders as objects",
            bio("\"funder\": [{\"name\": \"x\", \"award\": [\"1\"]}], \"date\": \"2026-8-1\""),
            ["published": "2026-08-01T00:00:00Z"]),
        DocumentCase(
            "bioRxiv API: medRxiv", bio("\"server\": \"medrxiv\", \"version\": \"1\""),
            ["url": "https://www.medrxiv.org/content/10.64898/2026.07.31.741992v1"]),
        DocumentCase(
            "bioRxiv API: the last page",
            bio(
                "\"date\": \"2026-08-01\"",
                message: "\"status\": \"ok\", \"cursor\": \"60\", \"count\": 1, \"total\": 61"),
            ["token": "", "total": "61"]),
        DocumentCase(
            "bioRxiv API: nothing in the interval",
            "{\"messages\": [{\"status\": \"no posts found\"}], \"collection\": []}", ["count": "0"]),
        DocumentCase(
            "bioRxiv API: an error", "{\"messages\": [{\"status\": \"invalid interval\"}], \"collection\": []}",
            ["error": "reported", "message": "invalid interval"]),
    ]
}
