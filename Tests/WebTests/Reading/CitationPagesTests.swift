import Foundation
import Papers
import TestSupport
import Testing

@testable import Web

@Suite("Pages for reference managers")
struct CitationPagesTests {
    @Test(
        "a paper, a day, a topic and a search come in each format, with a file's name",
        arguments: [
            ("/paper/2611.00001", "2611.00001"), ("/papers", "papers-2026-11-23"),
            ("/papers/2026-11-23/papers", "papers-2026-11-23"), ("/week/papers", "papers-"),
            ("/topics/robots/papers", "papers-robots"), ("/search/papers", "papers-robot"),
        ])
    func exports(_ path: String, _ name: String) async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot & its {arm}"])
        try await TestSite.serve(test) { site in
            for format in CitationFormat.allCases {
                let asked = path + format.ending + (path.hasPrefix("/search") ? "?q=robot" : "")
                let answer = try await site.get(asked)
                #expect(answer.status == 200, "\(asked)")
                #expect(answer.headers["content-type"] == format.contentType)
                #expect(answer.headers["content-disposition"]?.contains("filename=\"\(name)") == true)
                #expect(answer.headers["content-disposition"]?.hasSuffix("\(format.ending)\"") == true)
                #expect(answer.body.contains("2611.00001"))
                #expect(answer.body.contains("robot"))
            }
        }
    }

    @Test(
        "what there is none of is not found, and a filter that cannot be read is told",
        arguments: [
            ("/paper/2611.00009.bib", 404), ("/paper/.bib", 404), ("/topics/none/papers.ris", 404),
            ("/papers/2026-99-99/papers.bib", 404), ("/search/papers.bib?q=lable%3Ax", 422),
        ])
    func refused(_ path: String, _ status: Int) async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot"])
        try await TestSite.serve(test) { site in
            let answer = try await site.get(path)
            #expect(answer.status == status, "\(path)")
        }
    }

    @Test("a paper's page says what it is of, and nothing in a title ends the data it stands in")
    func tags() async throws {
        let test = try await TestInstallation()
        let title = "Robots </script><b>\"x\" & ‘y’"
        try await test.store([title])
        try await TestSite.serve(test) { site in
            let page = try await site.get("/paper/2611.00001").body
            #expect(page.contains(#"<meta name="citation_arxiv_id" content="2611.00001">"#))
            #expect(page.contains(#"<meta name="citation_title" content="Robots &lt;/script&gt;"#))
            let marked = try #require(page.split(separator: #"<script type="application/ld+json">"#).dropFirst().first)
            let text = marked.prefix(while: { $0 != "<" })
            let data = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            #expect(data["@type"] as? String == "ScholarlyArticle")
            #expect(data["headline"] as? String == title)
            for format in CitationFormat.allCases { #expect(page.contains("/paper/2611.00001\(format.ending)\"")) }
        }
    }

    @Test("a hidden paper is in no list and has no file")
    func hidden() async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot", "Another robot"])
        try await test.installation.database.papers.setHidden(1, true)
        try await TestSite.serve(test) { site in
            #expect(try await site.get("/paper/2611.00001.bib").status == 404)
            let list = try await site.get("/search/papers.bib?q=robot").body
            #expect(!list.contains("2611.00001") && list.contains("2611.00002"))
        }
    }
}
