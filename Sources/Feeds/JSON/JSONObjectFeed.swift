import Papers

/// Feeds that are one JSON object.
enum JSONObjectFeed {
    /// Calls `member` for each member of the object, which has to read or skip the value. A document that breaks off keeps
    /// the entries before the break.
    static func read(
        _ text: DecodedText, into feed: inout ParsedFeed,
        member: (_ key: String, inout JSONReader, inout ParsedFeed) throws(JSONError) -> Void
    ) throws(FeedError) {
        var reader = JSONReader(text.utf8)
        do throws(JSONError) {
            try reader.forEachMember { (key, value) throws(JSONError) in try member(key, &value, &feed) }
            try reader.end()
        } catch {
            try JSONArrayFeed.settle(error, &feed)
        }
        if reader.sawControl { feed.repairs.append("control characters inside strings were taken as blanks") }
    }

    /// The entries of a feed: `row` reads one element, `entry` makes an entry of it.
    static func entries<Row>(
        _ reader: inout JSONReader, into feed: inout ParsedFeed,
        row: (inout JSONReader) throws(JSONError) -> Row, entry: (Row) -> Result<Entry, DropReason>
    ) throws(JSONError) {
        try JSONArrayFeed.elements(&reader, into: &feed) { (index, reader, feed) throws(JSONError) in
            switch entry(try row(&reader)) {
            case .success(let entry): feed.entries.append(entry)
            case .failure(let reason):
                feed.dropped.append(DroppedEntry(which: "entry \(index + 1)", reason: reason.text))
            }
        }
    }
}
