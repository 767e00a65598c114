/// The digests of one round of sending: each paper is rendered and encoded once for each set of reasons, and a reader's mail
/// is put together from those bytes. Safe to use from many tasks at once.
public final class DigestEdition: Sendable {
    private let templates: TemplateSet
    private let siteContext: TemplateContext
    private let cache = FragmentCache()

    /// The most bytes of an HTML part, encoded: Gmail clips at 102 KB and hides the unsubscribe link with the rest.
    public static let maxHTMLBytes = 100_000

    /// Characters of an abstract: shorter ones are tried until the mail is small enough.
    static let abstractLimits = [600, 400, 240, 120, 0]

    init(templates: TemplateSet, site: SiteAppearance) {
        self.templates = templates
        siteContext = site.context
    }

    /// How many fragments this edition has rendered.
    public var renderedFragments: Int { cache.renderings }

    /// One reader's mail. Where it would be too large, abstracts shrink; where that is not enough, the last papers are
    /// counted among those on the web.
    public func render(_ digest: Digest, for recipient: MailRecipient) -> RenderedDigest {
        let subject = DigestSubject(templates: templates, site: siteContext).text(for: digest.picks)
        for limit in Self.abstractLimits {
            let fragments = digest.picks.map { fragment($0, abstractLimit: limit) }
            if let mail = mail(digest, fragments, subject, recipient) { return mail }
        }
        return withFewerPapers(digest, subject, recipient)
    }

    private func withFewerPapers(_ digest: Digest, _ subject: String, _ recipient: MailRecipient) -> RenderedDigest {
        var digest = digest
        while digest.picks.count > 1 {
            digest.picks.removeLast()
            digest.more += 1
            let fragments = digest.picks.map { fragment($0, abstractLimit: 0) }
            if let mail = mail(digest, fragments, subject, recipient) { return mail }
        }
        let fragments = digest.picks.map { fragment($0, abstractLimit: 0) }
        let values = values(digest, subject, recipient)
        return RenderedMail(
            subject: subject, text: MailPart(chunks(.digestText, values, fragments.map(\.text))),
            html: MailPart(chunks(.digestHTML, values, fragments.map(\.html))))
    }

    /// Nil where the HTML part would be too large.
    private func mail(
        _ digest: Digest, _ fragments: [Fragment], _ subject: String, _ recipient: MailRecipient
    ) -> RenderedDigest? {
        let values = values(digest, subject, recipient)
        let html = chunks(.digestHTML, values, fragments.map(\.html))
        guard MailPart.encodedCount(html) <= Self.maxHTMLBytes else { return nil }
        let text = chunks(.digestText, values, fragments.map(\.text))
        return RenderedMail(subject: subject, text: MailPart(text), html: MailPart(html))
    }

    private func values(_ digest: Digest, _ subject: String, _ recipient: MailRecipient) -> [String: String] {
        var values = recipient.values
        values["subject"] = subject
        values["preheader"] = Preheader.text(for: digest.picks)
        values["day"] = digest.day.long
        values["count"] = Counted.papers(digest.picks.count)
        values["more"] = Counted.morePapers(digest.more)
        return values
    }

    private func chunks(_ name: TemplateName, _ values: [String: String], _ fragments: [MailChunk]) -> [MailChunk] {
        let slots = Set(values.keys).union([Shell.papers])
        let shell = cache.shell(.init(template: name, slots: slots)) {
            Shell(name, in: templates, context: siteContext, slots: slots)
        }
        return shell.filled(values, fragments: fragments)
    }

    private func fragment(_ pick: Pick, abstractLimit: Int) -> Fragment {
        let key = FragmentCache.FragmentKey(paper: pick.paper.id, reasons: pick.reasons, abstractLimit: abstractLimit)
        return cache.fragment(key) {
            let paper = PaperContext.context(of: pick.paper, reasons: pick.reasons, abstractLimit: abstractLimit)
            let html = templates.render(.paperHTML, siteContext.adding(paper))
            let text = templates.render(.paperText, siteContext.adding(PlainTextContext.context(from: paper)))
            return Fragment(html: MailChunk(html.endingAtLineEnd), text: MailChunk(text.endingAtLineEnd))
        }
    }
}
