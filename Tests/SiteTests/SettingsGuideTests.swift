import Foundation
import Testing

@testable import Site

@Suite("The page of all settings")
struct SettingsGuideTests {
    @Test("is the one that is shipped")
    func shipped() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shipped = try String(
            contentsOf: root.appendingPathComponent("deploy/CONFIGURATION.md"), encoding: .utf8)
        #expect(
            shipped == SettingsGuide.markdown,
            "write it anew: swift run broadsheet config reference > deploy/CONFIGURATION.md")
    }

    @Test("has a line for every setting, and nothing in it that would break the table")
    func complete() {
        let rows = SettingsGuide.markdown.split(separator: "\n").filter { $0.hasPrefix("| `") }
        #expect(rows.count == Settings.reference.count)
        for (row, setting) in zip(rows, Settings.reference) {
            #expect(row.hasPrefix("| `\(setting.key)` |"))
            #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 5, "\(row)")
        }
    }
}
