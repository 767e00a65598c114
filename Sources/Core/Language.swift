/// A language that mails and pages are written in.
public enum Language: String, Sendable, CaseIterable, Codable {
    case english = "en"
    case german = "de"
    case french = "fr"
    case spanish = "es"
    case japanese = "ja"
    /// In simplified characters.
    case chinese = "zh"

    /// The tag of BCP 47, for `lang` and `Content-Language`.
    public var tag: String { self == .chinese ? "zh-Hans" : rawValue }

    /// What its readers call it.
    public var ownName: String {
        switch self {
        case .english: "English"
        case .german: "Deutsch"
        case .french: "Français"
        case .spanish: "Español"
        case .japanese: "日本語"
        case .chinese: "简体中文"
        }
    }

    /// Reads a tag of BCP 47 by its first part: `de`, `de-AT` and `DE_at` are German; nil for a language there is none of.
    public init?(tag: some StringProtocol) {
        guard let primary = tag.split(whereSeparator: { $0 == "-" || $0 == "_" }).first else { return nil }
        self.init(rawValue: primary.lowercased())
    }
}
