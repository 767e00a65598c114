/// How to write a filter, for readers: the one text behind `broadsheet filters help` and the page `/filters/help`.
public enum FilterGuide {
    /// A part of the guide.
    public struct Section: Sendable {
        public let title: String
        /// Paragraphs.
        public let text: [String]
        public let examples: [Example]
    }

    /// A filter, and what it finds.
    public struct Example: Sendable {
        public let filter: String
        public let meaning: String

        init(_ filter: String, _ meaning: String) {
            self.filter = filter
            self.meaning = meaning
        }
    }

    /// What a filter is.
    public static let introduction =
        "A filter is a few words that say which papers you want. It is tried on the title, the abstract and the keywords "
        + "of every new paper."

    public static let sections = [words, alternatives, places, people, facts, spelling, limits]

    private static let words = Section(
        title: "Words and phrases",
        text: [
            "A paper must have all the words, in any order. Quotes keep words together; a star stands for any ending."
        ],
        examples: [
            Example("protein design", "papers with both words, anywhere"),
            Example("\"protein design\"", "papers with this phrase"),
            Example("quantiz*", "quantize, quantization, quantizer …"),
        ])

    private static let alternatives = Section(
        title: "This or that, and not that",
        text: [
            "OR and NOT are written in capitals; a minus sign is short for NOT. Parentheses keep together what belongs "
                + "together. OR binds less than the words beside it."
        ],
        examples: [
            Example("enzyme OR antibody", "papers with at least one of the two"),
            Example("(enzyme OR antibody) design", "design, and one of the two"),
            Example("diffusion -image", "diffusion, but nothing about images"),
            Example("survey NOT (vision OR speech)", "surveys of neither"),
        ])

    private static let places = Section(
        title: "Where to look",
        text: ["A name and a colon, without a blank, look in one place. Parentheses take several words to it."],
        examples: [
            Example("title:crispr", "in the title"),
            Example("title:(crispr OR \"gene editing\")", "one of them in the title"),
            Example("abstract:randomized", "in the abstract"),
            Example("keyword:proteomics", "among the keywords, where the source gives any"),
            Example("org:\"Max Planck\"", "from this organization"),
            Example("cat:q-bio.BM", "in this category of arXiv, bioRxiv or medRxiv"),
            Example("cat:cs.*", "in any category of computer science"),
            Example("feed:biorxiv", "listed by a feed whose name or address has this in it"),
            Example("id:2511.01234", "this paper, by its arXiv id or DOI"),
        ])

    private static let people = Section(
        title: "Authors",
        text: ["A name is found however it is written: with the given name, an initial, or the family name first."],
        examples: [
            Example("author:\"Yann LeCun\"", "Yann LeCun, Y. LeCun, and LeCun, Yann"),
            Example("author:lecun", "everybody of that name"),
        ])

    private static let facts = Section(
        title: "Numbers, links and dates",
        text: ["Numbers take >=, <=, >, < and =. What a source does not count is 0. Dates are year, month and day."],
        examples: [
            Example("upvotes>=20", "upvotes, and likewise comments and stars (of the code)"),
            Example("has:code", "has:project, has:pdf, has:doi and has:abstract work alike"),
            Example("is:new", "announced by arXiv as new; is:cross, is:replaced"),
            Example("is:pinned", "put on top by the editor here"),
            Example("since:2026-11-01", "published on that day or later"),
        ])

    private static let spelling = Section(
        title: "How words are compared",
        text: [
            "Capitals, accents and hyphens do not matter: Poincare finds Poincaré, and self supervised finds "
                + "self-supervised and selfsupervised. A word finds its plural, and a verb its -ed and -ing.",
            "An equals sign asks for the word as it is spelt. Chinese, Japanese, Korean and Thai are found anywhere in "
                + "a text.",
        ],
        examples: [
            Example("model", "model, models, modeled, modeling"),
            Example("=models", "only models"),
        ])

    private static let limits = Section(
        title: "Limits",
        text: [
            "A filter has at most \(Filter.maximumLength) characters, \(Filter.maximumTerms) words, and parentheses "
                + "\(Filter.maximumDepth) deep. It must ask for at least one thing."
        ],
        examples: [])
}

extension FilterGuide {
    /// The guide as plain text, at most 80 columns wide.
    public static var plainText: String {
        var lines = wrapped(introduction)
        for section in sections {
            lines += ["", section.title.uppercased()]
            for paragraph in section.text { lines += wrapped(paragraph) + (section.examples.isEmpty ? [] : [""]) }
            let width = section.examples.map(\.filter.count).max() ?? 0
            for example in section.examples {
                let padding = String(repeating: " ", count: width - example.filter.count)
                lines.append("  \(example.filter)\(padding)  \(example.meaning)")
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func wrapped(_ text: String) -> [String] {
        text.split(separator: " ").reduce(into: [""]) { lines, word in
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if line.count + 1 + word.count <= 80 {
                lines[lines.count - 1] = "\(line) \(word)"
            } else {
                lines.append(String(word))
            }
        }
    }
}
