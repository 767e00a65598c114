import Foundation
import FoundationNetworking

/// What a reader's browser, or a mail provider's one-click machine, does to our pages: GET, and POST of a form.
///
/// Neither cookies nor a cache are kept from one request to the next.
public struct Browser: Sendable {
    public struct Answer: Sendable {
        public let status: Int
        /// By lower-case name.
        public let headers: [String: String]
        public let body: String
    }

    public init() {}

    /// - Parameter headers: those beside the usual ones.
    public func get(_ url: String, headers: [String: String] = [:]) async throws -> Answer {
        var request = try Self.request(url)
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        return try await send(request)
    }

    /// Posts fields as application/x-www-form-urlencoded.
    public func post(_ url: String, _ fields: [(String, String)]) async throws -> Answer {
        var request = try Self.request(url)
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        let body = fields.map { "\(Self.encode($0.0))=\(Self.encode($0.1))" }.joined(separator: "&")
        request.httpBody = Data(body.utf8)
        return try await send(request)
    }

    /// Does something until it no longer fails, for a server that is just starting.
    ///
    /// - Throws: what it fails with after ``Awaiting/limit``.
    public func patiently<Value>(_ work: (Browser) async throws -> Value) async throws -> Value {
        let end = ContinuousClock.now + Awaiting.limit
        while true {
            do {
                return try await work(self)
            } catch  where ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    private static func request(_ url: String) throws -> URLRequest {
        guard let address = URL(string: url) else { throw URLError(.badURL) }
        return URLRequest(url: address, timeoutInterval: 120)
    }

    private func send(_ request: URLRequest) async throws -> Answer {
        let session = URLSession(configuration: .ephemeral)
        defer { session.finishTasksAndInvalidate() }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        var headers: [String: String] = [:]
        for (name, value) in response.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
        return Answer(status: response.statusCode, headers: headers, body: String(decoding: data, as: UTF8.self))
    }

    private static func encode(_ text: String) -> String {
        text.addingPercentEncoding(
            withAllowedCharacters: .alphanumerics.intersection(.init(charactersIn: "\u{0}"..."\u{7f}")))
            ?? ""
    }
}
