import Foundation
import Testing

@testable import Feeds

/// The folder of real feed documents, where there is one.
enum RealFeeds {
    static let folder = ProcessInfo.processInfo.environment["BROADSHEET_TEST_FEEDS"]
    static let isThere = folder.map { FileManager.default.fileExists(atPath: $0) } ?? false
    static let hint: Comment = "set BROADSHEET_TEST_FEEDS to a folder of real feed documents"

    static func document(_ path: String) throws -> FeedDocument {
        let data = try Data(contentsOf: URL(fileURLWithPath: try #require(folder)).appendingPathComponent(path))
        return FeedDocument(bytes: [UInt8](data))
    }

    static func feed(_ path: String) throws -> ParsedFeed { try ParsedFeed(parsing: document(path)) }
}

/// A feed from a string.
func feed(_ text: String, contentType: String? = nil, url: String? = nil) throws(FeedError) -> ParsedFeed {
    try ParsedFeed(parsing: FeedDocument(bytes: Array(text.utf8), contentType: contentType, url: url))
}

/// The error that a document gives, or nil.
func feedError(_ text: String, url: String? = nil) -> FeedError? {
    do {
        _ = try feed(text, url: url)
        return nil
    } catch {
        return error
    }
}
