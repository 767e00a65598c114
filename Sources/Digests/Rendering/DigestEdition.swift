import Mail
import Papers

/// The digests of one round of sending: each paper is rendered and encoded once, with gaps for the reader's reasons and
/// links, and a mail is put together from those bytes. Safe to use from many tasks at once.
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
    /// counted among those on the web, down to one.
    ///
    /// - Parameter limit: the most bytes of the body that its receiver takes; nil for as many as a mail program shows.
    public func render(_ digest: Digest, for recipient: MailRecipient, within limit: Int? = nil) -> RenderedDigest {
        let values = values(of: recipient)
        return fill(shrunk(digest, for: values, within: limit), values).rendered
    }

    /// The same for a digest that many readers get: what they share is put together once.
    ///
    /// - Parameters:
    ///   - key: names the digest in this edition.
    ///   - make: the digest, asked for when it is not known yet.
    public func render(
        key: String, for recipient: MailRecipient, within limit: Int? = nil, make: () -> Digest
    ) -> RenderedDigest {
        let values = values(of: recipient)
        let prepared = prepared(key, values, within: limit, make)
        let mail = fill(prepared, values)
        if fits(mail, within: limit) { return mail.rendered }
        return fill(shrunk(prepared.digest, for: values, within: limit), values).rendered
    }

    private func prepared(
        _ key: String, _ values: ReaderValues, within limit: Int?, _ make: () -> Digest
    ) -> PreparedDigest {
        // Readers' own parts differ by some bytes; those of like limits share what is smaller than the least.
        let step = limit.map { max(0, $0) / Self.limitStep }
        let name = step.map { "\(key) within \($0)" } ?? key
        let cacheKey = FragmentCache.PreparedKey(digest: name, present: values.present)
        if let prepared = cache.prepared(cacheKey) { return prepared }
        let digest = make()
        let prepared =
            if let step {
                shrunk(digest, for: values, within: (step - 1) * Self.limitStep)
            } else {
                prepare(digest, heading(of: digest), abstractLimit: Self.abstractLimits[0], for: values)
            }
        cache.keep(prepared, for: cacheKey)
        return prepared
    }

    private static let limitStep = 512

    private func values(of recipient: MailRecipient) -> ReaderValues {
        ReaderValues(recipient, since: templates.texts.plain)
    }

    /// The largest form that fits, else the smallest there is.
    private func shrunk(_ digest: Digest, for values: ReaderValues, within limit: Int?) -> PreparedDigest {
        let heading = heading(of: digest)
        for abstractLimit in Self.abstractLimits {
            let prepared = prepare(digest, heading, abstractLimit: abstractLimit, for: values)
            if fits(fill(prepared, values), within: limit) { return prepared }
        }
        return withFewerPapers(digest, heading, values, within: limit)
    }

    /// The subject stays: it counts what the edition holds for the reader, here or on the web.
    private func withFewerPapers(
        _ digest: Digest, _ heading: DigestHeading, _ values: ReaderValues, within limit: Int?
    ) -> PreparedDigest {
        func first(_ count: Int) -> PreparedDigest {
            var shorter = digest
            shorter.picks = Array(digest.picks.prefix(count))
            shorter.more = min(digest.more, Int(WholeNumber.rows.upperBound)) + digest.picks.count - count
            return prepare(shorter, heading, abstractLimit: 0, for: values)
        }
        // The most papers that fit, by halves.
        var (fitting, tooMany) = (1, max(1, digest.picks.count))
        while tooMany - fitting > 1 {
            let middle = (fitting + tooMany) / 2
            if fits(fill(first(middle), values), within: limit) { fitting = middle } else { tooMany = middle }
        }
        return first(min(fitting, digest.picks.count))
    }

    /// - Parameter reader: any of the readers; of their values only counts which there are.
    private func prepare(
        _ digest: Digest, _ heading: DigestHeading, abstractLimit: Int, for reader: ReaderValues
    ) -> PreparedDigest {
        let fragments = fragments(digest.picks, abstractLimit: abstractLimit, withMarks: reader.has(.marksURL))
        let body = withHeadings(fragments, digest.picks)
        let texts = templates.texts
        let values = [
            "subject": heading.subject, "preheader": heading.preheader, "day": texts.long(digest.day),
            "count": texts.counted(.papers, digest.picks.count),
        ].merging(texts.some(.morePapers, digest.more).map { ["more": $0] } ?? [:]) { $1 }
        func template(_ name: TemplateName) -> MergeTemplate {
            let key = FragmentCache.MergeTemplateKey(
                template: name, hasMore: values["more"] != nil, present: reader.present)
            return cache.mergeTemplates.value(for: key) {
                let own = MergeField.footer.filter(reader.has).map(\.name)
                let slots = Set(values.keys).union(own).union([MergeTemplate.papers])
                return MergeTemplate(name, in: templates, context: siteContext, slots: slots)
            }
        }
        return PreparedDigest(
            digest: digest, subject: heading.subject,
            body: MergeBody(
                text: template(.digestText).prepared(values, body: body),
                html: template(.digestHTML).prepared(values, body: body),
                name: heading.subject))
    }

    private func fill(_ prepared: PreparedDigest, _ values: ReaderValues) -> (rendered: RenderedMail, body: MIMEBody) {
        let body = prepared.body.filled(values.encoded())
        return (RenderedMail(subject: prepared.subject, body: body), body)
    }

    private func fits(_ mail: (rendered: RenderedMail, body: MIMEBody), within limit: Int?) -> Bool {
        mail.body.htmlCount <= Self.maxHTMLBytes && limit.map { mail.body.bytes.count <= $0 } ?? true
    }

    private func heading(of digest: Digest) -> DigestHeading {
        let picks = digest.picks
        let key = FragmentCache.HeadingKey(
            firstPapers: picks.prefix(DigestHeading.papers).map { $0.paper.id }, count: picks.count, day: digest.day)
        return cache.headings.value(for: key) {
            DigestHeading(of: picks, on: digest.day, templates: templates, site: siteContext)
        }
    }

    /// A heading before each group; none where all papers stand in the same. Pinned papers lead without one.
    private func withHeadings(_ fragments: [Fragment], _ picks: [Pick]) -> [Fragment] {
        let groups = picks.map { $0.paper.pin == nil ? $0.group : nil }
        guard Set(groups.compactMap { $0 }).count > 1 else { return fragments }
        var body: [Fragment] = []
        for (index, fragment) in fragments.enumerated() {
            if let group = groups[index], index == 0 || groups[index - 1] != group { body.append(heading(group)) }
            body.append(fragment)
        }
        return body
    }

    private func heading(_ group: String) -> Fragment {
        cache.groupHeadings.value(for: group) {
            var context = TemplateContext()
            let title = DisplayText.line(group)
            context.set("group", title)
            let html = templates.render(.groupHTML, siteContext.adding(context))
            context.set("group", DisplayText.isolated(title))
            let text = templates.render(.groupText, siteContext.adding(context))
            return Fragment(SharedFragment(html: html, text: text), reasons: nil)
        }
    }

    private func fragments(_ picks: [Pick], abstractLimit: Int, withMarks: Bool) -> [Fragment] {
        picks.map { pick in
            let reasons = pick.reasons.isEmpty ? nil : reasons(pick.reasons)
            let key = FragmentCache.FragmentKey(
                paper: pick.paper.id, hasReasons: reasons != nil, seq: withMarks ? pick.seq : nil,
                abstractLimit: abstractLimit)
            let shared = cache.fragment(key) {
                let paper = context(of: pick.paper, key)
                let html = templates.render(.paperHTML, siteContext.adding(paper))
                let text = templates.render(.paperText, siteContext.adding(PlainTextContext.context(from: paper)))
                return SharedFragment(html: html, text: text)
            }
            return Fragment(shared, reasons: reasons)
        }
    }

    /// A paper with gaps in place of what differs from reader to reader.
    private func context(of paper: Paper, _ key: FragmentCache.FragmentKey) -> TemplateContext {
        let reasons = key.hasReasons ? MergeTemplate.mark(SharedFragment.reasons) : nil
        var context = PaperContext.context(
            of: paper, reasons: reasons, abstractLimit: key.abstractLimit, texts: templates.texts)
        if let seq = key.seq {
            for (name, like) in [("moreURL", "more"), ("lessURL", "less")] {
                context.set(name, "\(MergeTemplate.mark(SharedFragment.marksURL))&paper=\(seq)&like=\(like)")
            }
        }
        return context
    }

    /// - Returns: nil where nothing can be shown of them.
    private func reasons(_ reasons: [String]) -> EncodedReasons? {
        cache.reasons.value(for: reasons) {
            let line = PaperContext.line(of: reasons)
            guard !line.isEmpty else { return nil }
            return EncodedReasons(
                html: MergeTemplate.encoded(line, isHTML: true),
                text: QuotedPrintable.encode(PlainTextContext.wrapped(line)))
        }
    }
}
