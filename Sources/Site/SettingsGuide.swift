/// Every setting as a page of Markdown, written from the list that the program itself reads, so that it cannot drift.
public enum SettingsGuide {
    public static var markdown: String {
        var lines = introduction
        var section: Substring?
        for setting in Settings.reference {
            let name = setting.key.contains(".") ? setting.key.prefix { $0 != "." } : ""
            if name != section {
                section = name
                lines += ["", name.isEmpty ? "## The database" : "## \(name)", ""]
                lines += ["| key | what it is | default | what may stand there |", "|---|---|---|---|"]
            }
            let fallback = setting.fallback.isEmpty ? "" : "`\(setting.fallback)`"
            let cells = ["`\(setting.key)`", untagged(setting.summary), fallback, untagged(setting.allowed)].map {
                $0.replacing("|", with: "\\|")
            }
            lines.append("| \(cells.joined(separator: " | ")) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let introduction = [
        "# Settings",
        "",
        "Written by `broadsheet config reference`; a test holds this file to it.",
        "",
        "Each setting is in the settings file, `web.port` as `port` below `web`, or in the environment, `web.port` as",
        "`BROADSHEET_WEB_PORT`; the environment wins. A relative path is taken from the folder of the settings file. Unknown",
        "keys, and unknown variables named `BROADSHEET_…`, are errors. `BROADSHEET_CONFIG` names the file where `--config` does",
        "not.",
    ]

    /// `Name <address>` is no tag.
    private static func untagged(_ text: String) -> String { text.replacing("<", with: "&lt;") }
}
