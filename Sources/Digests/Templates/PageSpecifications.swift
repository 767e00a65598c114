extension TemplateSpecification {
    private static let section = TemplateShape.texts("address", "label").adding([
        "isChosen": .flag, "follows": .flag,
    ])

    /// A language to choose.
    private static let language = TemplateShape.texts("value", "label", "tag").adding([
        "isChosen": .flag, "follows": .flag,
    ])

    /// What every page has; what only public pages have is absent on the others.
    private static let page = site.adding(
        .texts("title", "canonical", "description", "kind", "previousURL", "nextURL", "atomURL", "jsonURL")
    ).adding([
        "navigation": .list(section), "isIndexed": .flag, "isPosted": .flag, "languagePath": .text,
        "siteLanguages": .list(language), "exports": .list(export),
    ])

    /// What a page shows, for reference managers.
    private static let export = TemplateShape.texts("label", "address", "type").adding(["follows": .flag])
    /// A form that has the link to preferences mailed.
    private static let mailLink = TemplateShape.texts("linkToken", "linkRight")
    private static let token = page.adding(.texts("token", "address"))

    /// A topic to tick.
    private static let topic = TemplateShape.texts("slug", "title", "about").adding(["isTicked": .flag])
    private static let choice = TemplateShape.texts("value", "label").adding(["isChosen": .flag, "follows": .flag])

    /// A paper the reader marked.
    private static let remark = TemplateShape.texts("seq", "paper", "verdict")

    private static let guideSection = TemplateShape.texts("heading").adding([
        "paragraphs": .list(.texts("paragraph")), "examples": .list(.texts("filter", "meaning")),
    ])

    private static let link = TemplateShape.texts("label", "address").adding(["follows": .flag])

    /// A paper that a filter found, its title in stretches.
    private static let found = paper.adding(.texts("terms")).adding([
        "stretches": .list(TemplateShape.texts("text").adding(["isHit": .flag]))
    ])

    static let pages: [TemplateSpecification] = [
        TemplateSpecification(
            .pageHome,
            page.adding([
                "heading": .text, "isoDay": .text, "count": .text, "more": .text, "email": .text, "problem": .text,
                "papers": .list(paper), "topics": .list(topic), "topicsAreOpen": .flag, "filter": .text,
                "formStamp": .text,
                "isOpen": .flag, "earlierURL": .text, "earlier": .text, "laterURL": .text, "later": .text,
                "moreURL": .text, "lessURL": .text, "start": .text, "isContinued": .flag,
            ]), required: ["papers", "topics", "filter", "formStamp"]),
        TemplateSpecification(
            .pagePaper,
            page.adding(paper).adding(
                .texts(
                    "heading", "synopsis", "journal", "isoDay", "identifier", "keywords", "otherPeople", "othersCount",
                    "unnamed")
            ).adding([
                "people": .list(link), "categories": .list(link), "topics": .list(link), "hasRelated": .flag,
                "hasCategories": .flag, "hasTopics": .flag, "isSynopsisByMachine": .flag,
                "related": .list(paper), "citations": .list(.texts("name", "content")), "jsonLD": .markup,
                "sightings": .list(TemplateShape.texts("feed", "day", "isoDay").adding(["follows": .flag])),
            ]), required: ["heading", "abstract", "people"]),
        TemplateSpecification(
            .pageSearch,
            page.adding(
                .texts(
                    "query", "problem", "problemLine", "problemCarets", "newerURL", "olderURL", "subscribeURL",
                    "otherOrderURL")
            ).adding([
                "isAnswered": .flag, "isBest": .flag, "isLoose": .flag, "warnings": .list(.texts("warning")),
                "papers": .list(found),
            ]),
            required: ["query", "papers", "olderURL"]),
        TemplateSpecification(
            .pageTopics, page.adding(["topics": .list(.texts("address", "title", "about", "pace"))]),
            required: ["topics"]),
        TemplateSpecification(
            .pageTopic,
            page.adding(.texts("heading", "about", "filter", "newerURL", "olderURL", "subscribeURL", "start")).adding([
                "papers": .list(paper), "isContinued": .flag,
            ]), required: ["papers", "olderURL"]),
        TemplateSpecification(.pageAbout, page),
        TemplateSpecification(.pagePrivacy, page.adding(.texts("contact")), required: ["contact"]),
        TemplateSpecification(.pageImprint, page.adding(.texts("operator", "contact")), required: ["operator"]),
        TemplateSpecification(.pageCheckInbox, page.adding(.texts("lifetime", "contact"))),
        TemplateSpecification(
            .pageAddition,
            page.adding(.texts("token", "topics")).adding([
                "filters": .list(.texts("filter")), "isTrending": .flag,
            ]), required: ["token", "topics", "filters"]),
        TemplateSpecification(
            .pageConfirm, token.adding(.texts("topics", "time")).adding(["sendsNow": .flag]).adding(timeZone),
            required: ["token"]),
        TemplateSpecification(
            .pageConfirmed,
            page.adding(.texts("address", "firstDigest")).adding(mailLink).adding([
                "comesNow": .flag, "hasNothingNow": .flag, "isKnown": .flag,
            ])),
        TemplateSpecification(.pageUnsubscribe, token.adding(mailLink), required: ["token"]),
        TemplateSpecification(
            .pageUnsubscribed,
            token.adding([
                "isUndoneByMail": .flag, "isThanked": .flag, "asksReason": .flag,
                "reasons": .list(.texts("value", "label")),
            ]), required: ["token"]),
        TemplateSpecification(.pageUndo, token, required: ["token"]),
        TemplateSpecification(.pageAddress, token, required: ["token"]),
        TemplateSpecification(.pageDelete, token.adding(.texts("preferencesURL")), required: ["token"]),
        preferences,
        TemplateSpecification(
            .pageLibrary,
            token.adding(
                .texts("problem", "countEntries", "countPapers", "countWeighing", "newestURL", "olderURL")
            ).adding([
                "isSaved": .flag, "hasEntries": .flag, "reports": .list(libraryReport),
                "entries": .list(.texts("id", "paper", "url", "byline")),
            ]), required: ["token", "reports", "entries"]),
        TemplateSpecification(
            .pageFilterHelp, page.adding(.texts("introduction")).adding(["sections": .list(guideSection)]),
            required: ["sections"]),
        TemplateSpecification(
            .pageFilterTrial,
            page.adding(.texts("filter", "problem", "ofWeek", "ofMonth", "looked", "more")).adding([
                "warnings": .list(.texts("warning")), "papers": .list(found),
            ]), required: ["filter", "papers"]),
        TemplateSpecification(
            .pageMark,
            page.adding(.texts("token", "seq", "heading", "paper", "url", "saved")).adding(mailLink).adding([
                "isSaved": .flag, "choices": .list(choice),
            ]), required: ["token", "seq", "choices"]),
        TemplateSpecification(
            .pageNotice, page.adding(.texts("heading", "message", "linkURL", "linkLabel")).adding(mailLink)),
        TemplateSpecification(.pageError, page.adding(.texts("status", "heading", "message", "mend"))),
        TemplateSpecification(.style, site),
    ]

    /// What a filter would have brought, or why it cannot be read.
    private static let preview = TemplateShape.texts("filter", "filterError", "ofWeek", "ofMonth", "looked").adding([
        "warnings": .list(.texts("warning")), "papers": .list(.texts("title", "url")),
    ])

    /// What was read of a library that was brought.
    private static let libraryReport = TemplateShape.texts(
        "countRead", "countNew", "countPapers", "countTexts", "countKnown", "countLeftOut", "countMost", "countSkipped"
    ).adding(["isCut": .flag, "skipped": .list(.texts("line", "name", "reason").adding(["isPlaced": .flag]))])

    /// The field for a time zone.
    private static let timeZone = TemplateShape.texts("timeZone", "timeZoneProblem").adding([
        "timeZones": .list(choice)
    ])

    private static let preferences = TemplateSpecification(
        .pagePreferences,
        token.adding([
            "topics": .list(topic), "filters": .text, "filterProblem": .text, "authors": .text, "authorProblem": .text,
            "problem": .text, "isSaved": .flag,
            "hours": .list(choice), "languages": .list(choice),
            "cadences": .list(choice),
            "weekdays": .list(choice), "maxPapers": .text, "mostPapers": .text, "nextDigest": .text,
            "unsubscribeURL": .text, "seesBeyond": .flag, "liked": .list(remark), "hasMarks": .flag,
            "isPreview": .flag, "previews": .list(preview), "hasPreviews": .flag, "pausedUntil": .text,
            "isReader": .flag,
            "isPaused": .flag, "until": .text, "firstDay": .text, "lastDay": .text, "pauseProblem": .text,
            "newAddress": .text, "addressProblem": .text, "deleteURL": .text,
        ]).adding(timeZone), required: ["token", "topics", "filters", "timeZone", "hours", "cadences", "maxPapers"])
}
