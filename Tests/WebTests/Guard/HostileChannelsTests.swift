import Foundation
import FoundationXML
import Loopback
import Store
import TestSupport
import Testing

@testable import Web

/// What a hostile feed says, in what programs read: each by the parser that its readers have.
extension HostileFeedsTests {
    /// Collects a document's texts and the addresses in its attributes; fails where it is not well-formed.
    private final class Reading: NSObject, XMLParserDelegate {
        var names: Set<String> = []
        var texts: [String] = []
        var links: [String] = []
        private var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            names.insert(name)
            text = ""
            if let link = attributes["href"] { links.append(link) }
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            if name == "loc" || name == "id" { links.append(text) }
            texts.append(text)
            text = ""
        }
    }

    private func read(_ xml: String, _ place: String) -> Reading {
        let parser = XMLParser(data: Data(xml.utf8))
        let reading = Reading()
        parser.delegate = reading
        #expect(
            parser.parse(), "\(place) is not well-formed: \(parser.parserError.map(String.init(describing:)) ?? "")")
        return reading
    }

    private func expectHarmless(_ links: [String], _ place: String) {
        #expect(!links.isEmpty, "\(place)")
        for link in links {
            #expect(link.hasPrefix("https://") || link.hasPrefix("http://"), "\(place) leads to \(link)")
            #expect(!link.contains("<") && !link.contains("\""), "\(place) leads to \(link)")
        }
    }

    private func expectSeen(_ texts: [String], _ place: String) {
        for text in texts {
            let bad = text.unicodeScalars.first { scalar in
                scalar.value < 0x20 && scalar != "\n" || (0x202A...0x202E).contains(scalar.value)
                    || (0x2066...0x2069).contains(scalar.value)
                    || [0x200B, 0xFEFF, 0x2060].contains(scalar.value)
            }
            #expect(bad == nil, "\(place) holds U+\(String(bad?.value ?? 0, radix: 16))")
        }
    }

    @Test(
        "in every Atom feed and the sitemap, which are well-formed and hold it as text",
        arguments: [
            "/feed.atom", "/week/feed.atom", "/trending/feed.atom", "/papers/2026-11-23/feed.atom",
            "/topics/robots/feed.atom", "/search/feed.atom?q=robots", "/sitemap.xml",
        ])
    func xml(path: String) async throws {
        let test = try await installation()
        try await TestSite.serve(test) { site in
            let answer = try await site.get(path)
            #expect(answer.status == 200)
            let reading = read(answer.body, path)
            let known: Set = [
                "feed", "title", "subtitle", "id", "updated", "link", "generator", "author", "name", "entry",
                "published", "category", "summary", "urlset", "url", "loc", "lastmod",
            ]
            #expect(reading.names.subtracting(known) == [], "a feed has put elements in")
            expectHarmless(reading.links, path)
            expectSeen(reading.texts, path)
            if path != "/sitemap.xml" {
                #expect(reading.texts.contains { $0.contains("Robots 0") })
                #expect(!reading.texts.contains { $0.contains("Robots 6 Broadsheet") }, "a template was filled in")
            }
        }
    }

    @Test(
        "in every JSON feed, which is valid and holds it as text",
        arguments: [
            "/feed.json", "/month/feed.json", "/papers/2026-W48/feed.json", "/topics/robots/feed.json",
            "/search/feed.json?q=robots",
        ])
    func json(path: String) async throws {
        let test = try await installation()
        try await TestSite.serve(test) { site in
            let answer = try await site.get(path)
            let feed = try #require(
                try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any], "\(path)")
            let items = try #require(feed["items"] as? [[String: Any]])
            #expect(items.count > 10)
            let texts = items.flatMap { [$0["title"], $0["content_text"]].compactMap { $0 as? String } }
            let names = items.flatMap { ($0["authors"] as? [[String: String]] ?? []).flatMap(\.values) }
            expectSeen(texts + names + items.flatMap { $0["tags"] as? [String] ?? [] }, path)
            #expect(texts.contains { $0.contains("Robots 0") })
            let links = items.flatMap { item in
                [item["url"], item["external_url"]].compactMap { $0 as? String }
                    + (item["attachments"] as? [[String: String]] ?? []).compactMap { $0["url"] }
            }
            expectHarmless(links, path)
        }
    }

    @Test("in what pages say of themselves to search engines and to those who share them")
    func openGraph() async throws {
        let test = try await installation()
        try await TestSite.serve(test) { site in
            for number in 1...15 {
                let path = "/paper/2611.\(String(format: "%05d", number))"
                let answer = try await site.get(path)
                #expect(answer.status == 200, "\(path)")
                let head = String(answer.body.prefix(upTo: try #require(answer.body.range(of: "</head>")).lowerBound))
                // Data of our own, which no browser runs, and which nothing in it can end.
                let halves = head.split(separator: String.dataBlock, omittingEmptySubsequences: false)
                try #require(halves.count == 2, "\(path)")
                let article = try JSONSerialization.jsonObject(
                    with: Data(halves[1].prefix(while: { $0 != "<" }).utf8))
                let fields = try #require(article as? [String: Any], "\(path)")
                expectSeen(fields.values.compactMap { $0 as? String }, path)
                expectHarmless(["sameAs", "mainEntityOfPage"].compactMap { fields[$0] as? String }, path)
                // A tag in the head that is not ours would be one that a feed has put in.
                for tag in head.withoutDataBlock.matches(of: /<([a-z]+)/) {
                    #expect(["html", "head", "meta", "title", "link"].contains(String(tag.1)), "\(path): \(tag.1)")
                }
                for meta in head.matches(of: /<meta [^>]*content="([^"]*)"/) {
                    let text = String(meta.1)
                    #expect(!text.contains("<") && !text.contains(">"), "\(path): \(text)")
                    expectSeen([text], path)
                }
                #expect(head.contains("<meta property=\"og:title\" content=\"Robots"))
                #expect(head.ranges(of: "<meta property=\"og:url\"").count == 1)
                #expect(!head.contains("Robots 6 Broadsheet"))
            }
        }
    }
}
