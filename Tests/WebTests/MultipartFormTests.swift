import Testing

@testable import Web

@Suite("Forms with files")
struct MultipartFormTests {
    private func form(_ text: String, _ boundary: String = "X") -> MultipartForm? {
        MultipartForm(Array(text.utf8), contentType: "multipart/form-data; boundary=\(boundary)")
    }

    @Test("fields and files are read, whatever bytes they hold")
    func reads() throws {
        let text =
            "--X\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\na\r\n--Y\r\nb\r\n"
            + "--X\r\ncontent-type: text/plain\r\nCONTENT-DISPOSITION: form-data; name=\"file\"; filename=\"a \\\"b\\\".bib\"\r\n\r\n"
            + "\u{0}ü\r\n\r\n\r\n--X\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--X--\r\nafter"
        let read = try #require(form(text))
        #expect(read.parts.map(\.name) == ["text", "file", "empty"])
        #expect(read.parts.map(\.fileName) == [nil, "a \"b\".bib", nil])
        #expect(read.parts.map { String(decoding: $0.body, as: UTF8.self) } == ["a\r\n--Y\r\nb", "\u{0}ü\r\n\r\n", ""])
        #expect(read["text"] == "a\r\n--Y\r\nb")
        #expect(read["none"] == nil)
    }

    @Test(
        "what breaks off, has no boundary or no names is no form",
        arguments: [
            "", "--X", "--X\r\n", "--X\r\nContent-Disposition: form-data; name=a\r\n\r\nvalue",
            "--X\r\nContent-Disposition: form-data; name=a\r\n\r\nvalue\r\n--X",
            "--X\r\nContent-Disposition: form-data; name=a\r\nvalue\r\n--X--",
            "--X\r\nContent-Disposition: attachment; name=a\r\n\r\nvalue\r\n--X--",
            "--X\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--X--", "--X\r\n\r\nvalue\r\n--X--",
            "text=a&file=b",
        ])
    func refuses(_ text: String) {
        #expect(form(text) == nil)
        #expect(MultipartForm(Array(text.utf8), contentType: "application/x-www-form-urlencoded") == nil)
        #expect(MultipartForm(Array(text.utf8), contentType: "multipart/form-data") == nil)
    }

    @Test("many parts, and megabytes that look like boundaries, are read in one pass", .timeLimit(.minutes(5)))
    func hostile() {
        let part = "--X\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n"
        #expect(form(String(repeating: part, count: 20) + "--X--")?.parts.count == 20)
        #expect(form(String(repeating: part, count: 21) + "--X--") == nil)
        let boundary = String(repeating: "-", count: 70)
        let almost =
            "--\(boundary)\r\nContent-Disposition: form-data; name=a\r\n\r\n"
            + String(repeating: "\r\n" + String(repeating: "-", count: 71), count: 40_000) + "\r\n--\(boundary)--"
        #expect(form(almost, boundary)?.parts.first?.body.count == 40_000 * 73)
    }
}
