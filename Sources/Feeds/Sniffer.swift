/// Tells the format from the first bytes of the document.
enum Sniffer {
    static func format(of text: DecodedText) throws(FeedError) -> FeedKind {
        guard let first = text.utf8.first(where: { !$0.isXMLBlank && $0 >= 0x20 }) else {
            throw FeedError(.empty, "it is empty: look at the address in a browser")
        }
        switch first {
        case UInt8(ascii: "<"): return try xml(XMLHead(text.utf8), text)
        case UInt8(ascii: "["): return .huggingFace
        case UInt8(ascii: "{"): return try json(JSONHead(text.utf8))
        default: return try xmlAfterNoise(text)
        }
    }

    private static func xml(_ head: XMLHead, _ text: DecodedText) throws(FeedError) -> FeedKind {
        switch head.root {
        case "rss": return head.namesArXiv ? .arXivRSS : head.isPubMed ? .pubMedRSS : .rss
        // Channel Definition Format, and RSS whose root is missing.
        case "channel": return .rss
        case "rdf": return head.isBioRxiv ? .bioRxivRSS : .rdf
        case "feed": return head.isArXivAPI ? .arXivAPI : head.namesArXiv ? .arXivAtom : .atom
        case "oai-pmh": return head.isArXivOAI ? .oaiArXiv : .oaiDublinCore
        case "html", "body", "head": throw webPage(text)
        case "": throw FeedError(.malformed, "it contains no XML element: look at the address in a browser")
        default:
            throw FeedError(.unknownFormat, "its root element <\(head.root)> is not of a known feed format")
        }
    }

    private static func webPage(_ text: DecodedText) -> FeedError {
        let feeds = FeedDiscovery.feeds(inPage: text.utf8, url: text.url)
        let advice =
            feeds.isEmpty
            ? "it links to none, so look for its feed's address in a browser"
            : "use one that it links to: \(feeds.joined(separator: " "))"
        return FeedError(.webPage, "it is a web page, not a feed: \(advice)", alternates: feeds)
    }

    private static func json(_ head: JSONHead) throws(FeedError) -> FeedKind {
        switch head.keys {
        case let keys where keys.contains("items") && (keys.contains("version") || keys.contains("home_page_url")):
            return .jsonFeed
        case let keys where keys.contains("collection"), let keys where keys.contains("messages"): return .bioRxivAPI
        case let keys where keys.contains("message-type"): return .crossref
        case let keys where keys.contains("notes"): return .openReview
        default: break
        }
        if let words = head.error { throw FeedError(.reported, "the server says: \(words)") }
        throw FeedError(
            .unknownFormat,
            "its JSON object (\(head.keys.prefix(8).map { "“\($0)”" }.joined(separator: ", "))) is not of a known feed format"
        )
    }

    /// Some servers print a warning before the document.
    private static func xmlAfterNoise(_ text: DecodedText) throws(FeedError) -> FeedKind {
        let head = XMLHead(text.utf8)
        guard ["rss", "feed", "rdf", "oai-pmh"].contains(head.root) else {
            throw FeedError(.unknownFormat, "it is neither XML nor JSON: look at the address in a browser")
        }
        return try xml(head, text)
    }
}
