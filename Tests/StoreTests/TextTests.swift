import Testing

@testable import Store

@Suite("Text in the database")
struct StoredTextTests {
    @Test(
        "comes back as it was, but for NUL",
        arguments: [
            "", "a\u{0}b", "\u{0}", "\u{FFFD}", "\u{1F9EA}e\u{301}", "\u{FEFF}x", "'\\''", "$1 ?1 %s", "\r\n\t\u{7F}",
        ])
    func roundTrip(text: String) async throws {
        let test = try await TestDatabase()
        try await test.database.installation.set(text, text)
        let stored = try await test.database.installation.value(text, orStore: "another")
        #expect(stored.unicodeScalars.map(\.value) == text.unicodeScalars.map { $0.value == 0 ? 0xFFFD : $0.value })
    }
}
