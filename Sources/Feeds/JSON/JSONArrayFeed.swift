import Core
import Papers

/// Feeds that are, or hold, an array with an element a paper.
enum JSONArrayFeed {
    /// Reads the array that is the whole document. An element of the wrong shape is dropped; a document that breaks off
    /// keeps what came before.
    static func read(
        _ text: DecodedText, into feed: inout ParsedFeed,
        element: (Int, inout JSONReader, inout ParsedFeed) throws(JSONError) -> Void
    ) throws(FeedError) {
        var reader = JSONReader(text.utf8)
        do throws(JSONError) {
            try elements(&reader, into: &feed, element: element)
            try reader.end()
        } catch {
            try settle(error, &feed)
        }
        if reader.sawControl { feed.repairs.append("control characters inside strings were taken as blanks") }
    }

    static func elements(
        _ reader: inout JSONReader, into feed: inout ParsedFeed,
        element: (Int, inout JSONReader, inout ParsedFeed) throws(JSONError) -> Void
    ) throws(JSONError) {
        try reader.forEachElement { (index, reader) throws(JSONError) in
            guard index < feed.mostEntries else { throw reader.error(.count, FeedError.tooMany(feed.mostEntries)) }
            let failure = try reader.element { (reader) throws(JSONError) in try element(index, &reader, &feed) }
            if let failure {
                feed.dropped.append(DroppedEntry(which: "entry \(index + 1)", reason: failure.description))
            }
        }
    }

    /// Keeps a feed whose document broke after its first entry; else the break is the feed's error.
    static func settle(_ error: JSONError, _ feed: inout ParsedFeed) throws(FeedError) {
        if error.problem == .count { throw FeedError(.tooLarge, error.message) }
        if error.problem == .depth { throw FeedError(.hostile, "\(error), which no feed does: refused") }
        guard !feed.entries.isEmpty else {
            throw FeedError(.malformed, "it is not valid JSON (\(error)): fetch it again")
        }
        feed.repairs.append(
            "the document breaks off (\(error)): \(counted(feed.entries.count, "entry", plural: "entries")) before that kept"
        )
    }
}
