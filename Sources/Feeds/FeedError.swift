/// Why a document is no feed that can be read: one sentence that says what, where, and how to mend it.
public struct FeedError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Problem: String, Sendable {
        /// Nothing but white space.
        case empty
        /// A page for people. ``FeedError/alternates`` holds the feeds that it names.
        case webPage
        /// Neither XML nor JSON, or of no known format.
        case unknownFormat
        /// Broken before the first entry.
        case malformed
        /// The right syntax with the wrong content, such as a list of strings where papers should be.
        case wrongShape
        /// The server says in the feed's own format that something went wrong.
        case reported
        /// Built to do harm: external or nested entities, excessive depth.
        case hostile
        /// More entries than are read.
        case tooLarge
    }

    public let problem: Problem
    /// Without the document's address.
    public let message: String
    public let url: String?
    /// The feeds that a web page names by `<link rel="alternate">`, absolute.
    public let alternates: [String]

    public var description: String { url.map { "\($0): \(message)" } ?? message }

    init(_ problem: Problem, _ message: String, url: String? = nil, alternates: [String] = []) {
        self.problem = problem
        self.message = message
        self.url = url
        self.alternates = alternates
    }

    static func tooMany(_ most: Int) -> String {
        "it has more than \(most) entries, which is the limit: raise feeds.max_entries if that is right"
    }

    func at(_ url: String?) -> FeedError {
        FeedError(problem, message, url: self.url ?? url, alternates: alternates)
    }
}
