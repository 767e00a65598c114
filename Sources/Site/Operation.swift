import Core
import Transport

/// How log lines are written.
public enum LogFormat: String, Sendable, CaseIterable {
    /// A line for people.
    case text
    /// A JSON object a line.
    case json
}

/// Who may read `/metrics`; nobody unless the settings say so.
public struct MetricsAccess: Sendable {
    /// Addresses from which it may be read.
    public var networks: [IPNetwork]
    /// What a request may carry instead, as `Authorization: Bearer …` (RFC 6750).
    public var token: String?

    /// Whether there is nobody who may.
    public var isOff: Bool { networks.isEmpty && token == nil }

    init(_ reader: SettingsReader) throws {
        networks = try reader.value(SettingKeys.metricsAllow)
        token = try reader.secret(SettingKeys.metricsToken, orFile: SettingKeys.metricsTokenFile)
    }
}

extension SettingKeys {
    static let logFormat = Setting<LogFormat>.choice(
        "log.format", "How they are written: text, or json with one object a line.", default: .text)
    static let metricsAllow = Setting<[IPNetwork]>(
        "metrics.allow", "Addresses or ranges, separated by spaces, that may read /metrics.",
        allowed: "addresses or ranges such as 127.0.0.1 10.0.0.0/8 ::1"
    ) { text in
        let words = text.split(whereSeparator: { $0.isWhitespace || $0 == "," })
        let networks = words.compactMap { IPNetwork($0) }
        return networks.count == words.count ? networks : nil
    }
    static let metricsToken = Setting<String>(
        "metrics.token", "A secret that lets its holder read /metrics, sent as `Authorization: Bearer SECRET`.",
        allowed: "at least 16 characters without blanks, for example from `openssl rand -hex 16`"
    ) { $0.count >= 16 && $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? $0 : nil }
    static let metricsTokenFile = Setting.path("metrics.token_file", "A file that holds the secret instead.")
    /// For 30 days it is looked up which papers somebody has had, so that no less will do.
    static let ledgerKeepDays = Setting<Int>(
        "ledger.keep_days",
        "Days after which the record of who got which mail is deleted; daily totals stay. 0 for never.",
        default: "400", allowed: "0, or a whole number from 60 to 36500"
    ) { text in
        Int(text).flatMap { $0 == 0 || (60...36_500).contains($0) ? $0 : nil }
    }
}
