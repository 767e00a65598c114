import Digests
import Papers
import Store

/// A paper in a list of a page: its title leads to its page here.
struct ListedPaper: Sendable {
    var paper: Paper
    /// Of its page, a path.
    var address: String

    init(_ paper: Paper, address: String) {
        self.paper = paper
        self.address = address
    }

    init(_ stored: StoredPaper) { self.init(stored.paper, address: SiteAddress.paper(stored)) }

    /// - Parameter abstractLimit: characters; 0 leaves the abstract out.
    func context(_ texts: Texts, abstractLimit: Int) -> TemplateContext {
        var context = PaperContext.context(of: paper, abstractLimit: abstractLimit, texts: texts)
        context.set("url", address)
        context["marks"] = Self.marks(context["marks"], source: WebAddress.link(paper.url), of: paper.id, texts)
        return context
    }

    /// The counts and links of a paper, with the paper's own page before the other links.
    static func marks(
        _ marks: TemplateContext.Value?, source: String?, of id: PaperID, _ texts: Texts
    ) -> TemplateContext.Value? {
        guard case .list(var list) = marks, let source else { return marks }
        var context = TemplateContext()
        context.set("label", id.scheme == .arxiv ? "arXiv" : texts[id.scheme == .doi ? .labelPublisher : .labelSource])
        context.set("markURL", source)
        list.insert(context, at: list.firstIndex { $0["markURL"] != nil } ?? list.endIndex)
        return .list(list.inRow)
    }
}

/// A list that has to fit into a page: abstracts shrink until it does.
enum FittingPage {
    /// The most bytes of a page.
    static let maxBytes = 60_000
    private static let abstractLimits = [600, 400, 240, 120, 0]

    static func render(_ html: (_ abstractLimit: Int) -> String) -> String {
        var page = ""
        for limit in abstractLimits {
            page = html(limit)
            if page.utf8.count <= maxBytes { break }
        }
        return page
    }
}
