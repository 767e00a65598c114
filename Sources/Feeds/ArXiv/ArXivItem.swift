/// An `item` of `https://rss.arxiv.org/rss/…`, read in one pass because a day's listing holds thousands.
struct ArXivItem {
    private(set) var title: [UInt8]?
    private(set) var link: String?
    private(set) var description: [UInt8] = []
    private(set) var guid: String?
    private(set) var categories: [String] = []
    private(set) var pubDate: String?

    init(_ element: XMLElement) {
        for index in element.children.indices where element.children[index].name.space == .rss {
            let text = element.children[index].text
            switch element.children[index].name.local {
            case "title": title = text
            case "link": link = FieldText.token(text)
            case "description": description = text
            case "guid": guid = FieldText.token(text)
            case "category": FieldText.clean(text).map { categories.append($0) }
            case "pubdate": pubDate = FieldText.token(text)
            default: break
            }
        }
    }
}
