import Feeds
import Foundation
import Transport

/// What an answer means to whoever asked for a feed.
enum FetchVerdict: Equatable {
    case document
    case unchanged
    /// The server is overloaded or asks for patience; for how many seconds, where it says so.
    case wait(TimeInterval?)
    /// Broken for a moment: worth asking again shortly.
    case stumbled
    /// 410: gone for good.
    case gone
    case refused

    init(status: Int, headers: HTTPHeaders, queue: HostQueue, now: Date) {
        switch status {
        case 200: self = .document
        case 304: self = .unchanged
        case 410: self = .gone
        case 429, 503: self = .wait(RetryAfter.seconds(headers["retry-after"], now: now))
        case 406 where queue.isArXiv: self = .wait(RetryAfter.seconds(headers["retry-after"], now: now))
        case 500, 502, 504: self = .stumbled
        default: self = .refused
        }
    }
}

/// The Retry-After header (RFC 9110 section 10.2.3): seconds, or an HTTP date.
enum RetryAfter {
    /// Longer than this nobody is believed to mean.
    private static let longest: TimeInterval = 7 * 86_400

    static func seconds(_ value: String?, now: Date) -> TimeInterval? {
        guard let text = value?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
        let seconds = Double(text) ?? FeedDate.parse(text)?.timeIntervalSince(now)
        guard let seconds, seconds.isFinite else { return nil }
        return min(max(seconds, 0), longest)
    }
}

/// How long a server says its answer is fresh (RFC 9111 section 5.2.2).
enum CacheLifetime {
    /// Seconds, or nil where the header says nothing that delays the next request.
    static func seconds(_ cacheControl: String?) -> TimeInterval? {
        let directives = (cacheControl ?? "").lowercased().split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard !directives.contains("no-cache"), !directives.contains("no-store") else { return nil }
        let age = directives.first { $0.hasPrefix("max-age=") }?.dropFirst(8)
        return age.flatMap { Double($0.trimmingCharacters(in: ["\""])) }.flatMap { $0 > 0 ? $0 : nil }
    }
}
