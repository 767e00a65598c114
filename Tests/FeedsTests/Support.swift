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

/// Small, seeded and the same on every machine (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
