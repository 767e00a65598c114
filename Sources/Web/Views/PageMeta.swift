import Digests
import Papers

/// What a public page says of itself to browsers, search engines and the sites where people share it.
struct PageMeta: Sendable {
    /// The page's path and query, the one under which it is to be known.
    var path: String
    /// A sentence or two.
    var description: String?
    /// Open Graph's kind (https://ogp.me).
    var kind = "website"
    /// The list's neighbours, as paths.
    var previous: String?
    var next: String?
    /// The list whose feeds are offered, as a path; nil where the page is no list.
    var feedList: String?
    /// Whether search engines may list it.
    var isIndexed = true
    /// Where reference managers get what the page shows; those of ``feedList`` unless set.
    var exports: [(format: CitationFormat, address: String)]?

    /// Longer descriptions are cut by those who show them.
    private static let describedLength = 200

    func fill(_ context: inout TemplateContext, baseURL: String) {
        context.set("isIndexed", isIndexed)
        context.set("canonical", WebAddress.link(baseURL + path))
        context.set(
            "description",
            description.map { Shortened.words(DisplayText.line($0), limit: Self.describedLength) })
        context.set("kind", kind)
        context.set("previousURL", previous)
        context.set("nextURL", next)
        context.set("atomURL", feedList.map { SiteAddress.feed(of: $0, .atom) })
        context.set("jsonURL", feedList.map { SiteAddress.feed(of: $0, .json) })
        let list = feedList.map { list in CitationFormat.allCases.map { ($0, SiteAddress.export(of: list, $0)) } }
        context.set("exports", (exports ?? list ?? []).map { Self.export($0, to: $1) }.inRow)
    }

    private static func export(_ format: CitationFormat, to address: String) -> TemplateContext {
        var context = TemplateContext()
        context.set("label", format.rawValue)
        context.set("address", address)
        context.set("type", format.contentType.split(separator: ";").first.map(String.init))
        return context
    }
}

/// The parts of the site that its navigation leads to.
enum SiteSection: CaseIterable, Sendable {
    case today, week, month, trending, topics, search

    var path: String {
        switch self {
        case .today: "/"
        case .week: "/week"
        case .month: "/month"
        case .trending: "/trending"
        case .topics: "/topics"
        case .search: "/search"
        }
    }

    private var label: TextName {
        switch self {
        case .today: .navToday
        case .week: .navWeek
        case .month: .navMonth
        case .trending: .navTrending
        case .topics: .topics
        case .search: .search
        }
    }

    static func navigation(_ chosen: SiteSection?, _ texts: Texts) -> [TemplateContext] {
        allCases.map { section in
            var context = TemplateContext()
            context.set("address", section.path)
            context.set("label", texts[section.label])
            context.set("isChosen", section == chosen)
            return context
        }.inRow
    }
}
