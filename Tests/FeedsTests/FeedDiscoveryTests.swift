import Testing

@testable import Feeds

@Suite("Feeds that a page names")
struct FeedDiscoveryTests {
    @Test(
        "by link elements",
        arguments: [
            (#"<link rel="alternate" type="application/rss+xml" href="/feed.xml">"#, ["https://a.org/feed.xml"]),
            (#"<LINK REL='Alternate' TYPE='application/atom+xml' HREF='atom.xml'/>"#, ["https://a.org/blog/atom.xml"]),
            (#"<link href=/x type=application/feed+json rel=alternate>"#, ["https://a.org/x"]),
            (
                #"<base href="https://b.org/"><link rel="home alternate" type="text/xml" href="f?a=1&amp;b=2">"#,
                ["https://b.org/f?a=1&b=2"]
            ),
            (
                #"<link rel="alternate" type="application/rss+xml; charset=utf-8" href="1"><link rel="alternate" type="application/rss+xml" href="1">"#,
                ["https://a.org/blog/1"]
            ),
            (
                #"<link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" type="text/css" href="x.css">"#,
                []
            ),
            (#"<a rel="alternate" type="application/rss+xml" href="/f">feed</a>"#, ["https://a.org/f"]),
            (#"<link rel="alternate" type="application/rss+xml" href="javascript:x()">"#, []),
            ("<link rel=\"alternate", []), ("", []), ("<<<", []),
        ])
    func links(_ html: String, feeds: [String]) {
        #expect(FeedDiscovery.feeds(inPage: Array("<html><head>\(html)".utf8), url: "https://a.org/blog/") == feeds)
    }

    @Test("the error of a page carries them")
    func error() {
        let error = feedError(
            "<html><link rel='alternate' type='application/rss+xml' href='/f'></html>", url: "https://a.org/")
        #expect(error?.problem == .webPage && error?.alternates == ["https://a.org/f"])
        #expect(
            error?.description
                == "https://a.org/: it is a web page, not a feed: use one that it links to: https://a.org/f")
    }
}
