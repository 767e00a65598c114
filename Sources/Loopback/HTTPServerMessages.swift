import Foundation

/// A request as a server on loopback saw it.
public struct HTTPServerRequest: Sendable {
    public let method: String
    /// The request target: path and query.
    public let path: String
    public let headers: [(name: String, value: String)]
    public let receivedAt: Date

    /// The first value of a header, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// What a server on loopback answers.
public struct HTTPServerReply: Sendable {
    /// How the body goes out.
    public enum Pace: Sendable, Equatable {
        case atOnce
        /// In pieces, one each interval.
        case trickled(bytes: Int, everyMilliseconds: Int)
        /// The body again and again, without end.
        case endless
    }

    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    public var pace = Pace.atOnce
    /// How long the answer is held back.
    public var delayMilliseconds = 0

    public init(status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    public static func redirect(_ status: Int, to location: String) -> HTTPServerReply {
        HTTPServerReply(status: status, headers: [("Location", location)])
    }

    /// A document with validators (RFC 9110 section 8.8), or 304 when the request names the current ones.
    public static func document(
        _ body: [UInt8], contentType: String, etag: String? = nil, lastModified: String? = nil,
        for request: HTTPServerRequest
    ) -> HTTPServerReply {
        var headers = [("Content-Type", contentType)]
        if let etag { headers.append(("ETag", etag)) }
        if let lastModified { headers.append(("Last-Modified", lastModified)) }
        let known = request.header("If-None-Match")
        // If-None-Match, when given, is the only one that counts (section 13.1.3).
        let unchanged =
            known.map { $0 == etag } ?? (lastModified.map { request.header("If-Modified-Since") == $0 } ?? false)
        return HTTPServerReply(status: unchanged ? 304 : 200, headers: headers, body: unchanged ? [] : body)
    }
}

/// Decides what to answer; runs on an event loop, so it must be quick.
public typealias HTTPResponder = @Sendable (HTTPServerRequest) -> HTTPServerReply
