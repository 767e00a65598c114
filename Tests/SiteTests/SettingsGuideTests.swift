import Foundation
import Testing

@testable import Site

@Suite("The page of all settings")
struct SettingsGuideTests {
    private let deploy = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("deploy")

    @Test("is the one that is shipped")
    func shipped() throws {
        let shipped = try String(contentsOf: deploy.appendingPathComponent("CONFIGURATION.md"), encoding: .utf8)
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

    @Test("the example for a relay names settings that there are")
    func relay() async throws {
        let text = try String(contentsOf: deploy.appendingPathComponent("relay/broadsheet.yaml"), encoding: .utf8)
        // Less the files that it names, which are not here.
        let lines = text.split(separator: "\n").filter { !$0.contains("_file: /") }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yaml")
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let settings = try await Settings(file: file.path, environment: [:])
        #expect(settings.smtpWindowMessages > 0)
        #expect(settings.bounceAddress != nil)
    }
}
