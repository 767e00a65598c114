import Digests
import Filters
import Papers

/// A title whose found words are marked, as templates see it.
enum MarkedTitle {
    /// - Parameter title: the paper's, in stretches; what became of the paper stands before it.
    static func context(_ title: [MarkedText], of paper: Paper, _ texts: Texts) -> [TemplateContext] {
        let frame = texts.titleFrame(of: paper)
        let stretches =
            [MarkedText(text: frame.before, isHit: false)] + bare(title, of: paper)
            + [MarkedText(text: frame.after, isHit: false)]
        return stretches.filter { !$0.text.isEmpty }.map { stretch in
            var context = TemplateContext()
            // Blanks at the ends of a stretch part words, and stay.
            context.set("text", DisplayText.stretch(stretch.text))
            context.set("isHit", stretch.isHit)
            return context
        }
    }

    /// Without what the publisher put in front to say the same.
    private static func bare(_ title: [MarkedText], of paper: Paper) -> [MarkedText] {
        let text = title.map(\.text).joined()
        guard paper.status != nil, let rest = StatusPrefix(text)?.rest else { return title }
        var surplus = text.count - rest.count
        return title.map { stretch in
            let kept = stretch.text.dropFirst(surplus)
            surplus -= stretch.text.count - kept.count
            return MarkedText(text: String(kept), isHit: stretch.isHit)
        }
    }
}
