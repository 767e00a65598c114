/// Documents that are broken, and some that are meant to break.
enum BrokenDocuments {
    private static let item = "<item><title>T</title><link>https://a.org/1</link></item>"
    private static func rss(_ inner: String) -> String { "<rss><channel><title>N</title>\(inner)</channel></rss>" }

    static let cases = [
        DocumentCase(
            "broken: cut inside an item", "<rss><channel><title>N</title>\(item)<item><title>Ha",
            ["titles": "T", "repair": "breaks off"]),
        DocumentCase(
            "broken: cut between items", "<rss><channel><title>N</title>\(item)", ["titles": "T", "feed": "N"]),
        DocumentCase("broken: cut inside a tag", "<rss><channel><title>N</title>\(item)<ite", ["titles": "T"]),
        DocumentCase(
            "broken: cut inside CDATA", "<rss><channel><title>N</title>\(item)<item><title><![CDATA[abc",
            ["titles": "T", "repair": "breaks off"]),
        DocumentCase(
            "broken: cut in the first item", "<rss><channel><title>N</title><item><title>Ha", ["error": "malformed"]),
        DocumentCase(
            "broken: a bare ampersand", rss("<item><title>R&D</title><link>https://a.org/1?a=1&b=2</link></item>"),
            ["title": "R&D", "url": "https://a.org/1?a=1&b=2", "repair": "2 bare ampersands"]),
        DocumentCase(
            "broken: an ampersand before a blank", rss("<item><title>R & D</title><link>https://a.org/1</link></item>"),
            ["title": "R & D"]),
        DocumentCase(
            "broken: an ampersand in an attribute",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>T</title><link href=\"https://a.org/?a=1&b=2\"/></entry></feed>",
            ["url": "https://a.org/?a=1&b=2"]),
        DocumentCase(
            "broken: HTML's entities",
            rss("<item><title>caf&eacute;&nbsp;&mdash; x</title><link>https://a.org/1</link></item>"),
            ["title": "café — x", "repair": "3 HTML entities"]),
        DocumentCase(
            "broken: an entity that nobody knows",
            rss("<item><title>a &foo; b</title><link>https://a.org/1</link></item>"), ["title": "a &foo; b"]),
        DocumentCase(
            "broken: numbers of windows-1252",
            rss("<item><title>&#147;a&#148;</title><link>https://a.org/1</link></item>"), ["title": "“a”"]),
        DocumentCase(
            "broken: numbers of control characters",
            rss("<item><title>a&#1;b&#0;c</title><link>https://a.org/1</link></item>"), ["count": "1"]),
        DocumentCase(
            "broken: control characters", rss("<item><title>a\u{1}b\u{B}c</title><link>https://a.org/1</link></item>"),
            ["title": "abc", "repair": "2 control characters"]),
        DocumentCase(
            "broken: a NUL", rss("<item><title>a\u{0}b</title><link>https://a.org/1</link></item>"), ["title": "ab"]),
        DocumentCase(
            "broken: undeclared prefixes",
            rss(
                "<item><title>T</title><link>https://a.org/1</link><dc:creator>A</dc:creator><dc:date>2026-01-02</dc:date></item>"
            ), ["authors": "A", "published": "2026-01-02T00:00:00Z", "repair": "dc: is used"]),
        DocumentCase(
            "broken: an undeclared prefix that nobody knows",
            rss("<item><title>T</title><link>https://a.org/1</link><zz:title>Z</zz:title></item>"), ["title": "T"]),
        DocumentCase(
            "broken: a title without an end",
            rss(
                "<item><title>One<link>https://a.org/1</link></item><item><title>Two</title><link>https://a.org/2</link></item>"
            ), ["titles": "One | Two"]),
        DocumentCase(
            "broken: an item without an end",
            rss(
                "<item><title>One</title><link>https://a.org/1</link><item><title>Two</title><link>https://a.org/2</link></item>"
            ), ["titles": "One | Two"]),
        DocumentCase(
            "broken: overlapping tags",
            rss("<item><title>A <b><i>x</b></i></title><link>https://a.org/1</link></item>\(item)"),
            ["titles": "A x | T"]),
        DocumentCase(
            "broken: an attribute without quotes", "<rss version=2.0><channel><title>N</title>\(item)</channel></rss>",
            ["count": "1"]),
        DocumentCase(
            "broken: an attribute twice",
            "<rss version=\"2.0\" version=\"2.0\"><channel><title>N</title>\(item)</channel></rss>", ["count": "1"]),
        DocumentCase("broken: text after the end", rss(item) + "<!-- cached --> trailing", ["count": "1"]),
        DocumentCase("broken: two documents in one", rss(item) + rss(item), ["titles": "T"]),
        DocumentCase(
            "broken: blank lines before the declaration", "\n\n<?xml version=\"1.0\"?>" + rss(item), ["count": "1"]),
        DocumentCase(
            "broken: a warning before the document",
            "Warning: mysql_connect() in x.php\n<?xml version=\"1.0\"?>" + rss(item),
            ["count": "1", "repair": "before the first tag"]),
        DocumentCase(
            "broken: a comment before the root", "<!-- <feed> --><?x y?>" + rss(item), ["kind": "rss", "count": "1"]),
        DocumentCase(
            "broken: served as text/html", rss(item), type: "text/html; charset=utf-8", ["kind": "rss", "count": "1"]),
        DocumentCase("broken: served as an image", rss(item), type: "image/png", ["count": "1"]),
        DocumentCase("broken: a comment with dashes", rss("<!-- a -- b -->\(item)"), ["count": "1"]),
        DocumentCase(
            "broken: bidi override in a title",
            rss("<item><title>abc\u{202E}def</title><link>https://a.org/1</link></item>"), ["title": "abcdef"]),
        DocumentCase(
            "broken: zero-width spaces in a title",
            rss("<item><title>a\u{200B}b</title><link>https://a.org/1</link></item>"), ["title": "ab"]),
        DocumentCase(
            "page: one that names its feed",
            "<!DOCTYPE html><html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed.xml\"></head></html>",
            url: "https://a.org/blog/", ["error": "webPage", "message": "https://a.org/feed.xml"]),
        DocumentCase(
            "page: one that names none", "<html><body>Hello</body></html>",
            ["error": "webPage", "message": "it links to none"]),
        DocumentCase(
            "page: a login form", "<!doctype html>\n<!-- x -->\n<HTML><title>Log in</title></HTML>",
            ["error": "webPage"]),
        DocumentCase("no feed: nothing", "", ["error": "empty"]),
        DocumentCase("no feed: blanks", " \n\t ", ["error": "empty"]),
        DocumentCase("no feed: a sentence", "Not found", ["error": "unknownFormat"]),
        DocumentCase(
            "no feed: another XML", "<?xml version=\"1.0\"?><sitemap/>",
            ["error": "unknownFormat", "message": "<sitemap>"]),
        DocumentCase("no feed: a PDF", "%PDF-1.7\n%âãÏÓ", ["error": "unknownFormat"]),
        DocumentCase("no feed: a number", "404", ["error": "unknownFormat"]),
        DocumentCase(
            "hostile: an external entity",
            "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                + rss("<item><title>&x;</title><link>https://a.org/1</link></item>"), ["error": "hostile"]),
        DocumentCase(
            "hostile: a billion laughs",
            "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">]>"
                + rss("<item><title>&c;</title></item>"), ["error": "hostile"]),
        DocumentCase(
            "hostile: a parameter entity",
            "<!DOCTYPE rss [<!ENTITY % p SYSTEM \"https://e.org/x.dtd\"> %p;]>" + rss(item), ["error": "hostile"]),
        DocumentCase(
            "hostile: ten thousand levels of XML", "<rss>" + String(repeating: "<a>", count: 10_000),
            ["error": "hostile"]),
        DocumentCase(
            "hostile: ten thousand levels of JSON", String(repeating: "[", count: 10_000), ["error": "hostile"]),
        DocumentCase(
            "hostile: a name of a megabyte", "<rss><" + String(repeating: "a", count: 1_000_000) + ">",
            ["error": "malformed"]),
        DocumentCase(
            "an entity that is plain text",
            "<!DOCTYPE rss [<!ENTITY x \"y\">]>"
                + rss("<item><title>a &x; b</title><link>https://a.org/1</link></item>"), ["title": "a &x; b"]),
        DocumentCase(
            "Netscape's document type",
            "<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" \"http://my.netscape.com/publish/formats/rss-0.91.dtd\">"
                + rss(item), ["count": "1"]),
    ]
}
