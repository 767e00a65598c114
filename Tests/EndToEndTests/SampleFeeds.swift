import Foundation
import Loopback
import Synchronization

/// A Hugging Face day of invented papers that can grow, over HTTP.
final class SampleFeeds: Sendable {
    private let count: PaperCount
    private let server: HTTPFileServer
    var baseURL: String { server.baseURL }

    private init(count: PaperCount, server: HTTPFileServer) {
        self.count = count
        self.server = server
    }

    static func start(papers: Int) async throws -> SampleFeeds {
        let count = PaperCount(papers)
        let server = try await HTTPFileServer.start { request in
            .document(Array(day(count.value).utf8), contentType: "application/json", for: request)
        }
        return SampleFeeds(count: count, server: server)
    }

    func add(paper number: Int) async { count.set(number) }

    func stop() async { await server.stop() }

    private static func day(_ papers: Int) -> String {
        let elements = (1...papers).map { number in
            """
            {"paper": {"id": "2611.\(String(format: "%05d", 90_000 + number))", "authors": [{"name": "Ada Sample", "hidden": false}],
             "publishedAt": "2026-11-20T00:00:00.000Z", "title": "Sample paper number \(number)",
             "summary": "An invented abstract about language models, number \(number).", "upvotes": \(number)},
             "publishedAt": "2026-11-19T19:00:00.000Z", "title": "Sample paper number \(number)", "numComments": 0}
            """
        }
        return "[" + elements.joined(separator: ",") + "]"
    }
}

private final class PaperCount: Sendable {
    private let number: Mutex<Int>

    init(_ value: Int) { number = Mutex(value) }

    var value: Int { number.withLock { $0 } }

    func set(_ value: Int) { number.withLock { $0 = value } }
}
