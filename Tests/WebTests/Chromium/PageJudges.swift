import Foundation
import TestSupport
import TestTools
import Testing

/// What a page is held to beside what it says: axe-core for those who cannot see it, tidy for its HTML.
enum PageJudges {
    /// axe-core's script, from the file that `BROADSHEET_TEST_AXE` names; nil without it.
    static let axe: String? = ProcessInfo.processInfo.environment["BROADSHEET_TEST_AXE"].flatMap {
        try? String(contentsOfFile: $0, encoding: .utf8)
    }

    static let hasTidy = FileManager.default.isExecutableFile(atPath: "/usr/bin/tidy")

    /// Findings of axe-core that are serious or worse, by day and by night.
    static func accessibility(_ browser: WebDriver) async throws -> [String] {
        guard let axe else { return [] }
        var findings: [String] = []
        for dark in [false, true] {
            try await browser.look(width: 1280, dark: dark)
            let value = try await browser.script(
                """
                \(axe);
                const done = arguments[arguments.length - 1];
                axe.run().then(result => done(result.violations
                    .filter(finding => ["serious", "critical"].includes(finding.impact))
                    .map(finding => finding.id + ": " + finding.nodes.map(node => node.target + " " + node.failureSummary)
                        .join("; "))), error => done([String(error)]));
                """)
            findings += (value as? [String] ?? ["axe-core said \(value)"]).map { dark ? "dark: \($0)" : $0 }
        }
        return findings
    }

    /// What reaches beyond the right edge, on phones small and large: nobody should have to push a page sideways.
    static func overflow(_ browser: WebDriver) async throws -> [String] {
        var findings: [String] = []
        for width in [320, 390] {
            try await browser.look(width: width, dark: false)
            let value = try await browser.script(
                """
                const edge = document.documentElement.clientWidth;
                const wide = document.documentElement.scrollWidth > edge;
                arguments[0](wide ? [...document.querySelectorAll("body *")]
                    .filter(element => element.getBoundingClientRect().right > edge + 1)
                    .map(element => element.tagName + "." + element.className + " " + element.textContent.slice(0, 40)) : []);
                """)
            findings += (value as? [String] ?? ["no answer: \(value)"]).map { "\(width): \($0)" }
        }
        return findings
    }

    /// Errors of `tidy`, which knows nothing of newer elements' warnings.
    static func markup(_ html: String) throws -> [String] {
        guard hasTidy else { return [] }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString).html")
        try Data(html.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        do {
            try Command.run("tidy", ["-q", "-e", "--show-warnings", "no", file.path])
            return []
        } catch let failure as Command.Failed where failure.status > 1 {
            return [failure.words]
        } catch is Command.Failed {
            return []  // warnings only
        }
    }

    /// Keeps pictures of a page, for people to look at, in the folder that `BROADSHEET_TEST_PICTURES` names.
    static func keepPictures(_ browser: WebDriver, _ name: String) async throws {
        guard let folder = ProcessInfo.processInfo.environment["BROADSHEET_TEST_PICTURES"] else { return }
        for width in [390, 1280] {
            for dark in [false, true] {
                try await browser.look(width: width, dark: dark)
                let file = URL(fileURLWithPath: folder).appendingPathComponent(
                    "\(name)-\(width)\(dark ? "-dark" : "").png")
                try await browser.picture().write(to: file)
            }
        }
    }
}
