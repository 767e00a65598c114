/// What a server (or a file) gave when it was asked for a feed.
public struct FeedDocument: Sendable {
    /// The body, with any Content-Encoding already undone.
    public let bytes: [UInt8]
    /// The Content-Type header: its `charset` counts, its media type does not (feeds arrive as `text/html`).
    public let contentType: String?
    /// Where it came from after redirects: relative links are resolved against it, and errors name it.
    public let url: String?
    /// How many entries are read; a document with more of them is refused.
    public let mostEntries: Int

    public init(bytes: [UInt8], contentType: String? = nil, url: String? = nil, mostEntries: Int = 100_000) {
        self.mostEntries = mostEntries
        self.bytes = bytes
        self.contentType = contentType
        self.url = url
    }
}
