import Digests
import Filters

/// How to write a filter, for readers: the one text behind `broadsheet filters help` and the page `/filters/help`.
public enum FilterGuide {
    /// A part of the guide.
    struct Section: Sendable {
        let heading: GuideTextName
        let paragraphs: [GuideTextName]
        var examples: [Example] = []
    }

    /// A filter, and what it finds.
    struct Example: Sendable {
        enum Meaning {
            case text(GuideTextName)
            /// Words that are the same in every language.
            case words(String)
        }

        let filter: String
        let meaning: Meaning

        init(_ filter: String, _ meaning: GuideTextName) {
            self.filter = filter
            self.meaning = .text(meaning)
        }

        init(_ filter: String, finds words: String) {
            self.filter = filter
            meaning = .words(words)
        }

        func meaning(_ texts: Texts) -> String {
            switch meaning {
            case .text(let name): texts(name)
            case .words(let words): words
            }
        }
    }

    static let sections = [
        Section(
            heading: .wordsHeading, paragraphs: [.words],
            examples: [
                Example("protein design", .wordsBoth),
                Example("\"protein design\"", .wordsPhrase),
                Example("quantiz*", finds: "quantize, quantization, quantizer …"),
            ]),
        Section(
            heading: .alternativesHeading, paragraphs: [.alternatives],
            examples: [
                Example("enzyme OR antibody", .alternativesEither),
                Example("(enzyme OR antibody) design", .alternativesGroup),
                Example("diffusion -image", .alternativesWithout),
                Example("survey NOT (vision OR speech)", .alternativesNeither),
            ]),
        Section(
            heading: .placesHeading, paragraphs: [.places],
            examples: [
                Example("title:crispr", .placesTitle),
                Example("title:(crispr OR \"gene editing\")", .placesEither),
                Example("abstract:randomized", .placesAbstract),
                Example("keyword:proteomics", .placesKeyword),
                Example("org:\"Max Planck\"", .placesOrganization),
                Example("cat:q-bio.BM", .placesCategory),
                Example("cat:cs.*", .placesArchive),
                Example("feed:biorxiv", .placesFeed),
                Example("id:2511.01234", .placesPaper),
            ]),
        Section(
            heading: .peopleHeading, paragraphs: [.people],
            examples: [
                Example("author:\"Yann LeCun\"", finds: "Yann LeCun; Y. LeCun; LeCun, Yann"),
                Example("author:lecun", .peopleFamily),
            ]),
        Section(
            heading: .factsHeading, paragraphs: [.facts],
            examples: [
                Example("upvotes>=20", .factsUpvotes),
                Example("has:code", .factsHas),
                Example("is:new", .factsNew),
                Example("is:pinned", .factsPinned),
                Example("since:2026-11-01", .factsSince),
            ]),
        Section(
            heading: .spellingHeading, paragraphs: [.spelling, .spellingExact],
            examples: [
                Example("model", finds: "model, models, modeled, modeling"),
                Example("=models", .spellingOnly),
            ]),
        Section(heading: .limitsHeading, paragraphs: [.limits]),
    ]

    static func text(_ name: GuideTextName, _ texts: Texts) -> String {
        texts(
            name,
            [
                "characters": texts.number(Filter.maximumLength), "terms": texts.number(Filter.maximumTerms),
                "depth": texts.number(Filter.maximumDepth),
            ])
    }
}

extension FilterGuide {
    /// The guide as plain text, paragraphs at most 80 columns wide.
    public static func plainText(_ texts: Texts) -> String {
        var lines = wrapped(text(.introduction, texts))
        for section in sections {
            lines += ["", text(section.heading, texts).uppercased()]
            for paragraph in section.paragraphs {
                lines += wrapped(text(paragraph, texts)) + (section.examples.isEmpty ? [] : [""])
            }
            let width = section.examples.map(\.filter.count).max() ?? 0
            for example in section.examples {
                let padding = String(repeating: " ", count: width - example.filter.count)
                lines.append("  \(example.filter)\(padding)  \(example.meaning(texts))")
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
