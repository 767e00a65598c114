/// Crossref's abstracts and titles, as publishers deposit them (https://www.crossref.org/documentation/schema-library/).
enum CrossrefText {
    /// An abstract in JATS without the heading that only says that it is one.
    static func abstract(_ jats: [UInt8]) -> String? {
        guard let text = FieldText.clean(withoutHeading(jats)) else { return nil }
        // A heading that was not marked as such.
        guard let match = text.prefixMatch(of: /(?i:abstract|zusammenfassung|résumé|resumen|resumo)\s?[.:—–]\s+/) else {
            return text
        }
        let rest = text[match.range.upperBound...]
        return rest.isEmpty ? text : String(rest)
    }

    private static func withoutHeading(_ jats: [UInt8]) -> [UInt8] {
        let head = String(decoding: jats.prefix(400), as: UTF8.self)
        guard head.contains("<"),
            let match = head.prefixMatch(
                of:
                    /(?:\s|<(?:jats:)?(?:abstract|sec)\b[^>]*>)*<(?:jats:)?(title|label|p|bold)\b[^>]*>\s*([^<]{1,24}?)\s*[.:]?\s*<\/(?:jats:)?(?:title|label|p|bold)>/
            ),
            headings.contains(match.2.lowercased())
        else { return jats }
        return Array(jats.dropFirst(head[..<match.range.upperBound].utf8.count))
    }

    private static let headings: Set<String> = [
        "abstract", "abstracts", "zusammenfassung", "kurzfassung", "résumé", "resumé", "resume", "resumen", "resumo",
        "riassunto", "sommario", "abstrakt", "streszczenie", "samenvatting", "sammanfattning", "özet", "öz",
        "аннотация",
        "摘要", "要旨", "초록",
    ]

    /// A title with its subtitle, unless it holds that already.
    static func title(_ title: String?, subtitle: String?) -> String? {
        guard let title, let subtitle, !title.lowercased().contains(subtitle.lowercased()) else { return title }
        let isSetOff = title.last.map { ":?!.—–".contains($0) } ?? false
        return isSetOff ? "\(title) \(subtitle)" : "\(title): \(subtitle)"
    }
}
