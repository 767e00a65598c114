import Foundation
import Testing

@testable import Site

@Suite("The feeds and topics files")
struct FilesTests {
    @Test("feeds are addresses or mappings; a private address is allowed because the file names it")
    func feeds() throws {
        let file = try FeedsFile(
            text: """
                feeds:
                  - https://example.org/feed
                  - url: http://127.0.0.1:8000/a
                    title: Local
                  - url: http://papers.internal.example/a
                    private: true
                  - file:///var/lib/feed.xml
                """, name: "feeds.yaml")
        #expect(file.feeds.map(\.allowsPrivate) == [false, true, true, false])
        #expect(file.feeds[1].title == "Local")
    }

    @Test(
        "a bad feeds file is refused with the line",
        arguments: [
            ("feeds:\n  - ftp://example.org\n", "feeds.yaml:2"), ("feeds:\n  - url: x\n", "feeds.yaml:2"),
            ("feeds:\n  - {url: \"https://a.example\", tittle: x}\n", "tittle"), ("feeds: 3\n", "no list"),
            ("feeds:\n  - https://a.example/\n  - https://a.example/\n", "twice"),
        ])
    func badFeeds(text: String, mention: String) {
        let error = #expect(throws: SiteError.self) { try FeedsFile(text: text, name: "feeds.yaml") }
        #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
    }

    @Test("topics keep the order of the file")
    func topics() throws {
        let topics = try Topics(
            text: """
                topics:
                  zebra: {title: Z, about: Stripes., filter: zebra}
                  apes: {title: A, about: No stripes., filter: ape OR monkey}
                """, name: "topics.yaml")
        #expect(topics.all.map(\.slug) == ["zebra", "apes"])
        #expect(topics[slug: "apes"]?.title[.japanese] == "A")
        #expect(topics[slug: "none"] == nil)
    }

    @Test("titles and sentences of topics may be written by language; others get the English one, else the first")
    func languages() throws {
        let topics = try Topics(
            text: """
                topics:
                  apes:
                    title: {de: " Affen ", en: Apes}
                    about:
                      fr: Des singes.
                      es: Monos.
                    filter: ape
                """, name: "topics.yaml")
        let apes = try #require(topics[slug: "apes"])
        #expect([.german, .english, .french].map { apes.title[$0] } == ["Affen", "Apes", "Apes"])
        #expect([.spanish, .french, .english].map { apes.about[$0] } == ["Monos.", "Des singes.", "Des singes."])
    }

    @Test(
        "a bad topics file is refused with the line",
        arguments: [
            ("topics:\n  a: {title: A, about: B}\n", "no filter"), ("topics:\n  Ä: {}\n", "not a slug"),
            ("topics:\n  a: {title: A, about: B, filter: \"(x\"}\n", "filter of “a”"), ("x: 1\n", "no `topics:`"),
            ("topics:\n  a: {title: A, about: B, filter: x, extra: 1}\n", "extra"),
            (
                "topics:\n  a:\n    about: B\n    filter: x\n    title:\n      it: A\n",
                "topics.yaml:6: the title of “a” has no language “it”"
            ),
            ("topics:\n  a: {title: {de: ''}, about: B, filter: x}\n", "the title of “a” in “de” is empty"),
            ("topics:\n  a: {title: {}, about: B, filter: x}\n", "the title of “a” is empty"),
            ("topics:\n  a: {title: A, about: [B], filter: x}\n", "the about of “a” is empty"),
        ])
    func badTopics(text: String, mention: String) {
        let error = #expect(throws: SiteError.self) { try Topics(text: text, name: "topics.yaml") }
        #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
    }
}
