extension TemplateSpecification {
    /// What every page of the operator's has.
    private static let desk = site.adding(.texts("title", "zone", "notice", "problem")).adding([
        "isOpen": .flag, "sections": .list(TemplateShape.texts("address", "label").adding(["isChosen": .flag])),
    ])

    private static let choice = TemplateShape.texts("value", "label").adding(["isChosen": .flag])

    /// Bars by day, each a rectangle in a drawing of 280 by 100, and the same as a table.
    private static let chart = TemplateShape.texts("heading", "total", "summary", "first", "last", "top").adding([
        "bars": .list(.texts("x", "y", "height", "series", "label")),
        "legend": .list(.texts("series", "name")),
        "days": .list(TemplateShape.texts("day").adding(["counts": .list(.texts("count"))])),
    ])

    /// Lines with a number and a bar of up to 100 each.
    private static let tally = TemplateShape.texts("heading", "about").adding([
        "lines": .list(.texts("label", "count", "width", "series", "address"))
    ])

    private static let feed = TemplateShape.texts(
        "id", "name", "url", "state", "tone", "fetched", "next", "entries", "error", "moved"
    ).adding(["isEnabled": .flag])

    private static let mail = TemplateShape.texts(
        "id", "reader", "readerURL", "kind", "slot", "state", "tone", "written", "next", "attempts", "reply",
        "messageID",
        "recipient"
    ).adding(["canRetry": .flag])

    private static let fact = TemplateShape.texts("label", "value")

    static let admin: [TemplateSpecification] = [
        TemplateSpecification(.adminLogin, desk),
        TemplateSpecification(
            .adminOverview,
            desk.adding([
                "facts": .list(TemplateShape.texts("label", "value", "about", "tone")), "charts": .list(chart),
                "tallies": .list(tally), "feeds": .list(feed), "hasFeeds": .flag, "feedsAbout": .text,
                "relays": .list(TemplateShape.texts("sentence")), "hasRelays": .flag,
                "hasRefusals": .flag, "refusals": .list(.texts("found", "mend")),
                "hasWords": .flag, "words": .list(.texts("at", "choice", "words")),
            ]), required: ["charts", "tallies", "feeds"]),
        TemplateSpecification(
            .adminFeeds, desk.adding(["feeds": .list(feed), "about": .text]), required: ["feeds"]),
        TemplateSpecification(
            .adminSubscribers,
            desk.adding([
                "query": .text, "states": .list(choice), "nextURL": .text, "firstURL": .text, "hasReaders": .flag,
                "readers": .list(.texts("address", "url", "state", "tone", "schedule", "next", "since")),
            ]), required: ["readers", "nextURL"]),
        TemplateSpecification(
            .adminSubscriber,
            desk.adding([
                "address": .text, "path": .text, "state": .text, "tone": .text, "facts": .list(fact),
                "topics": .text,
                "filters": .list(.texts("filter")), "authors": .text, "hasFilters": .flag, "suppression": .text,
                "mails": .list(mail), "hasMails": .flag, "hasBounces": .flag,
                "bounces": .list(.texts("fault", "diagnostic", "received", "source")),
                "events": .list(.texts("event", "source", "at")),
                "canPause": .flag, "canResume": .flag, "canLeave": .flag, "canReactivate": .flag, "isComplaint": .flag,
                "canPreview": .flag, "mostWords": .text,
            ]), required: ["address", "mails", "suppression"]),
        TemplateSpecification(
            .adminUnsubscribe, desk.adding(.texts("address", "path")).adding(["saysGoodbye": .flag]),
            required: ["path"]),
        TemplateSpecification(
            .adminPreview,
            desk.adding(.texts("address", "path", "text", "about", "subject")).adding(["hasDigest": .flag]),
            required: ["text"]),
        TemplateSpecification(
            .adminMails,
            desk.adding([
                "states": .list(choice), "mails": .list(mail), "hasMails": .flag, "nextURL": .text, "stateName": .text,
            ]),
            required: ["mails", "nextURL"]),
        TemplateSpecification(.adminStyle, site),
    ]
}
