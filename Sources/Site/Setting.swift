/// One key of the configuration: its name, meaning, default and how its text becomes a value.
///
/// The name is dotted as in the YAML file (`web.base_url`); the environment variable follows from it
/// (`BROADSHEET_WEB_BASE_URL`).
struct Setting<Value: Sendable>: Sendable {
    let key: String
    /// One sentence for the configuration file and the reference.
    let summary: String
    /// The default as it would be written in the file; empty where there is none.
    let fallback: String
    /// What a value may be, for the error message: `a number from 1 to 65535`.
    let allowed: String
    /// Returns nil for text that is no such value.
    let parse: @Sendable (String) -> Value?
    /// What is wrong with a text that is no such value, and how to mend it, where more can be said than what is allowed.
    let refusal: @Sendable (String) -> (problem: String, mend: String)?

    init(
        _ key: String, _ summary: String, default fallback: String = "", allowed: String,
        parse: @escaping @Sendable (String) -> Value?,
        refusal: @escaping @Sendable (String) -> (problem: String, mend: String)? = { _ in nil }
    ) {
        self.key = key
        self.summary = summary
        self.fallback = fallback
        self.allowed = allowed
        self.parse = parse
        self.refusal = refusal
    }

    var environmentName: String {
        "BROADSHEET_" + key.uppercased().replacing(".", with: "_")
    }

    var reference: SettingReference {
        SettingReference(
            key: key, environmentName: environmentName, summary: summary, fallback: fallback, allowed: allowed)
    }
}

/// A setting as the reference prints it.
public struct SettingReference: Sendable, Equatable {
    public let key: String
    public let environmentName: String
    public let summary: String
    public let fallback: String
    public let allowed: String
}

// MARK: - Kinds of values

extension Setting where Value == String {
    static func text(_ key: String, _ summary: String, default fallback: String = "") -> Setting {
        Setting(key, summary, default: fallback, allowed: "a line of text") { text in
            text.contains(where: \.isNewline) ? nil : text
        }
    }

    /// A path; a relative one in the file is taken from the file's folder, one from the environment from the working folder.
    static func path(_ key: String, _ summary: String) -> Setting {
        Setting(key, summary, allowed: "the path of a file or folder") { $0 }
    }
}

extension Setting where Value == Int {
    static func number(_ key: String, _ summary: String, default fallback: Int, in range: ClosedRange<Int>) -> Setting {
        Setting(
            key, summary, default: String(fallback),
            allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)"
        ) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Setting where Value == Bool {
    static func flag(_ key: String, _ summary: String, default fallback: Bool) -> Setting {
        Setting(key, summary, default: String(fallback), allowed: "true or false") { text in
            switch text.lowercased() {
            case "true", "yes", "on": true
            case "false", "no", "off": false
            default: nil
            }
        }
    }
}

extension Setting where Value: RawRepresentable<String> & CaseIterable {
    static func choice(_ key: String, _ summary: String, default fallback: Value) -> Setting {
        Setting(
            key, summary, default: fallback.rawValue,
            allowed: Value.allCases.map(\.rawValue).joined(separator: ", ")
        ) { Value(rawValue: $0.lowercased()) }
    }
}
