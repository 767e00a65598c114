import Foundation
import Mail
import Store
import TestSupport
import Testing
import Workers

@testable import Web

@Suite("The page of a reader's library")
struct LibraryPagesTests {
    private func form(_ parts: [(name: String, file: String?, text: String)]) -> String {
        parts.map { part in
            let file = part.file.map { "; filename=\"\($0)\"\r\nContent-Type: application/octet-stream" } ?? ""
            return "--XyZ\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n\(part.text)\r\n"
        }.joined() + "--XyZ--\r\n"
    }

    private func post(_ site: TestSite, _ path: String, _ body: String) async throws -> (status: Int, body: String) {
        let connection = try await RawConnection.open(site.port)
        try await connection.send(
            [
                "POST \(path) HTTP/1.1", "Host: papers.example.org", "Connection: close",
                "Content-Type: multipart/form-data; boundary=XyZ", "Content-Length: \(body.utf8.count)", "", body,
            ].joined(separator: "\r\n"))
        _ = try await connection.wait { $0.isClosed || $0.received.contains("</html>") }
        let text = connection.received
        await connection.close()
        return (text.firstMatch(of: /^HTTP\/1\.1 (\d{3})/).flatMap { Int($0.1) } ?? 0, text)
    }

    @Test("takes a file and pasted text, says what became of them, lists and deletes")
    func lifeCycle() async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot <b>walks</b>", "Diffusion"])
        let ada = try await test.reader()
        let libraries = test.installation.database.libraries
        let token = test.token(.preferences, of: ada)
        let path = "/preferences/library?token=\(token)"
        try await TestSite.serve(test) { site in
            #expect(try await site.get("/preferences?token=\(token)").body.contains("href=\"\(path)\""))
            let empty = try await site.get(path)
            #expect(empty.status == 200)
            #expect(empty.body.contains("enctype=\"multipart/form-data\""))
            #expect(!empty.body.contains("name=\"forget\""))
            #expect(empty.body.contains("href=\"/preferences?token=\(token)\""))

            let bib = """
                @article{a, title={Stored elsewhere}, eprint={2611.00001}}
                @article{b, title={Kept <i>as</i> text \\& more}, author={Lovelace, Ada and B, C and D, E and F, G}, year={1999}}
                @article{c, note={nothing <script>}}
                """
            let answer = try await post(site, path, form([("file", "my.pdf", bib), ("text", nil, " \r\n")]))
            #expect(answer.status == 200)
            #expect(
                answer.body.contains("2 entries read, 2 of them new. In this collection: 1; kept as text: 1;"))
            #expect(answer.body.contains("Line 3 “<bdi>c</bdi>”: it has neither a title"))
            #expect(answer.body.contains("A robot &lt;b&gt;walks"))
            #expect(answer.body.contains("href=\"/paper/2611.00001\""))
            #expect(answer.body.contains("Ada Lovelace, C B, E D, … · 1999"))
            #expect(try await libraries.size(of: ada.id) == LibrarySize(entries: 2, papers: 1))

            let again = try await post(
                site, path, form([("file", "x", bib), ("text", nil, "arXiv:2611.00002, 2611.00001")]))
            #expect(again.body.contains("already there: 2."))
            #expect(again.body.contains("2 entries read, 1 of them new. In this collection: 1;"))
            let entries = try await libraries.entries(of: ada.id, limit: 10)
            #expect(entries.count == 3)

            let fields = [("token", token), ("forget", "\(entries[0].id)"), ("forget", "x")]
            let fewer = try await site.post("/preferences/library/delete", fields)
            #expect(fewer.status == 200 && fewer.body.contains("Saved."))
            #expect(try await libraries.entries(of: ada.id, limit: 10).map(\.id) == entries.dropFirst().map(\.id))
            let none = try await site.post("/preferences/library/delete", [("token", token), ("all", "")])
            #expect(!none.body.contains("name=\"forget\""))
            #expect(try await libraries.size(of: ada.id).entries == 0)
        }
    }

    @Test("what cannot be taken is said, and changes nothing")
    func refusals() async throws {
        let test = try await TestInstallation()
        let ada = try await test.reader()
        let libraries = test.installation.database.libraries
        let path = "/preferences/library?token=\(test.token(.preferences, of: ada))"
        let large = String(repeating: "x", count: 5 << 20)
        try await TestSite.serve(test) { site in
            for (target, body, status, words) in [
                (path, form([("file", "", ""), ("text", nil, "")]), 422, "Nothing was chosen or pasted"),
                (path, form([("text", nil, "just words")]), 422, "This is no library that we can read"),
                (path, form([("text", nil, "[1,2")]), 422, "breaks off before its first entry ends (line 1"),
                (path, form([("file", "a", large + "y")]), 422, "more than 5 MB"),
                (path, "no form", 400, ""),
                ("/preferences/library?token=x", form([("text", nil, "2611.00001")]), 400, "This link does not work"),
                (
                    "/preferences/library?token=\(test.token(.marks, of: ada))", form([("text", nil, "2611.00001")]),
                    400,
                    ""
                ),
            ] {
                let answer = try await post(site, target, body)
                #expect(answer.status == status, "\(words)")
                if !words.isEmpty, status == 422 { #expect(answer.body.contains(words)) }
            }
            #expect(try await libraries.size(of: ada.id).entries == 0)
            #expect(try await site.get("/preferences/library").status == 400)
        }
    }

    @Test("a long library is listed in pages")
    func pages() async throws {
        let test = try await TestInstallation()
        let ada = try await test.reader()
        let list = (1...150).map { "2611.\(String(format: "%05d", $0))" }.joined(separator: "\n")
        _ = try await ReaderLibrary(test.installation).add(Array(list.utf8), to: ada)
        let path = "/preferences/library?token=\(test.token(.preferences, of: ada))"
        try await TestSite.serve(test) { site in
            let first = try await site.get(path).body
            #expect(first.matches(of: /name="forget"/).count == 100)
            let link = try #require(first.firstMatch(of: /href="([^"]*before=[0-9]+)"/)?.1)
            let second = try await site.get(String(link).replacing("&amp;", with: "&")).body
            #expect(second.matches(of: /name="forget"/).count == 50)
            #expect(!second.contains("before="))
            #expect(try await site.get(path + "&before=x").status == 200)
        }
    }
}
