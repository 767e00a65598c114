import Foundation
import Logging
import Site
import Synchronization
import Testing

@testable import Workers

@Suite("The log")
struct LogTests {
    private final class Lines: Sendable {
        private let text = Mutex("")
        func add(_ line: String) { text.withLock { $0 += line } }
        var all: [String] { text.withLock { $0.split(separator: "\n").map(String.init) } }
    }

    private func logger(_ format: LogFormat, _ level: Logger.Level, _ lines: Lines) -> Logger {
        Logger(label: "broadsheet") { LineLogHandler(label: $0, format: format, level: level) { lines.add($0) } }
    }

    @Test(
        "shows no local part of an address, however it is quoted",
        arguments: [
            ("550 5.1.1 <ada@example.org>: unknown", "550 5.1.1 <…@example.org>: unknown"),
            ("ada.l+x@example.org,bob@example.net", "…@example.org,…@example.net"),
            ("\"ada lovelace\"@example.org is full", "…@example.org is full"),
            ("grüße@bücher.example", "…@bücher.example"),
            ("to:ada@example.org;", "to:…@example.org;"),
            ("ada@relay@example.org", "…@…@example.org"),
            ("no address at all", "no address at all"), ("12 @ 3", "12 @ 3"), ("@", "@"), ("", ""),
            ("\"a b\"@x.org \"c d\"@y.org", "…@x.org …@y.org"),
            ("say \"hi\" to \"a b\"@x.org", "say \"hi\" to …@x.org"),
            ("\"@x.org", "…@x.org"), ("\"a\"b\"@x.org", "\"a…@x.org"),
            ("https://user:pass@host.example/x", "https://user:…@host.example/x"),
        ])
    func redactor(text: String, shown: String) {
        #expect(Redactor.redacted(text) == shown)
    }

    @Test(
        "is quick about a text of nothing but quotes and signs", .timeLimit(.minutes(10)),
        arguments: ["\"@", "a@", "\"", "@"])
    func hostileVeil(text: String) {
        #expect(Redactor.redacted(String(repeating: text, count: 200_000) + "@x.org").hasSuffix("@x.org"))
    }

    @Test("is one line an entry, as JSON where that is asked for, and quiet below its level")
    func json() throws {
        let lines = Lines()
        var logger = logger(.json, .info, lines)
        logger[metadataKey: "feed"] = "https://example.org/feed"
        logger.debug("unseen")
        logger.warning("two\nlines with \"quotes\" for ada@example.org", metadata: ["reader": "ada@example.org"])
        #expect(lines.all.count == 1)
        let entry = try #require(
            try JSONSerialization.jsonObject(with: Data(lines.all[0].utf8)) as? [String: Any])
        #expect(entry["level"] as? String == "warning")
        #expect(entry["message"] as? String == "two\nlines with \"quotes\" for …@example.org")
        #expect(
            entry["details"] as? [String: String] == ["feed": "https://example.org/feed", "reader": "…@example.org"])
        let time = try #require(entry["time"] as? String)
        #expect((try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(time)) != nil, "\(time)")
    }

    @Test("for people is one line too, and holds addresses at debug only")
    func text() {
        let lines = Lines()
        let logger = logger(.text, .debug, lines)
        logger.error("a\nb ada@example.org")
        logger.debug("ada@example.org")
        #expect(lines.all.count == 2)
        #expect(lines.all[0].hasSuffix("error broadsheet: a b …@example.org"))
        #expect(lines.all[1].hasSuffix("debug broadsheet: ada@example.org"))
    }
}
