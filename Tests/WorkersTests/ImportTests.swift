import Feeds
import Filters
import Foundation
import Mail
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("Importing and exporting subscribers")
struct ImportTests {
    private struct Fixture: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let expected: [String: SubscriberState]
        var refused: [Int] = []
    }

    private static let fixtures = [
        Fixture(
            testDescription: "listmonk",
            text: """
                uuid,email,name,attributes,status,created_at,updated_at
                5d7,ada@example.org,Ada,"{""city"": ""Zürich, CH""}",enabled,2024-01-02T03:04:05Z,2024-01-02T03:04:05Z
                5d8,bob@example.org,Bob,{},blocklisted,2024-01-02T03:04:05Z,2024-01-02T03:04:05Z
                5d9,cleo@example.org,Cleo,{},disabled,2024-01-02T03:04:05Z,2024-01-02T03:04:05Z
                """,
            expected: ["ada@example.org": .active, "bob@example.org": .unsubscribed, "cleo@example.org": .paused]),
        Fixture(
            testDescription: "Mailchimp, a list of those who left",
            text: """
                "Email Address","First Name","OPTIN_TIME","UNSUB_TIME","UNSUB_REASON"
                ada@example.org,Ada,"2023-05-06 07:08:09","2024-01-02 03:04:05","no longer interested"
                """, expected: ["ada@example.org": .unsubscribed]),
        Fixture(
            testDescription: "Mailchimp, cleaned addresses",
            text: "Email Address,CLEAN_TIME\nada@example.org,2024-01-02 03:04:05\n",
            expected: ["ada@example.org": .bounced]),
        Fixture(
            testDescription: "Buttondown",
            text: """
                email,notes,metadata,tags,creation_date,type,id
                ada@example.org,,{},"a, b",2024-01-02 03:04:05.678901+00:00,regular,1
                bob@example.org,,{},,2024-01-02 03:04:05+00:00,unactivated,2
                cleo@example.org,,{},,2024-01-02 03:04:05+00:00,unsubscribed,3
                """,
            expected: ["ada@example.org": .active, "bob@example.org": .pending, "cleo@example.org": .unsubscribed]),
        Fixture(
            testDescription: "Mailman's list_members",
            text: "Lovelace, Ada <ada@example.org>\nbob@example.org\n\n\"Doe\" <cleo@example.org>\n",
            expected: ["ada@example.org": .active, "bob@example.org": .active, "cleo@example.org": .active]),
        Fixture(
            testDescription: "Mailman 3's table",
            text: "Address;Display Name;Delivery status\nada@example.org;Ada;by_bounces\nbob@example.org;;enabled\n",
            expected: ["ada@example.org": .bounced, "bob@example.org": .active]),
        Fixture(
            testDescription: "JSON, an object a line",
            text: """
                {"email": "ada@example.org", "state": "active", "topics": ["robots"], "filters": ["title:arm"]}

                {"email": "bob", "state": "active"}
                """, expected: ["ada@example.org": .active], refused: [3]),
        Fixture(
            testDescription: "JSON, one array",
            text: "[{\"email\":\"ada@example.org\"},{\"mail\":\"bob@example.org\"}]",
            expected: ["ada@example.org": .active, "bob@example.org": .active]),
        Fixture(
            testDescription: "lines that cannot be taken",
            text: """
                email,time,topics,filters,max_papers,state
                ada@example.org,25:00,,,,
                nobody,,,,,
                bob@example.org,07:30,robots,,5,active
                cleo@example.org,,knitting,,,
                dan@example.org,,,title:(,,
                eve@example.org,,,,900,
                fay@example.org,,,,,happy
                ,,,,,
                """, expected: ["bob@example.org": .active], refused: [2, 3, 5, 6, 7, 8, 9]),
        Fixture(
            testDescription: "time zones as people write them, and an abbreviation",
            text: "email,timezone\nada@example.org,europe/paris\nbob@example.org,BST\ncleo@example.org,Zürich\n",
            expected: ["ada@example.org": .active, "cleo@example.org": .active], refused: [3]),
        Fixture(
            testDescription: "a quote that is never closed",
            text: "email,name\nada@example.org,Ada\nbob@example.org,\"Bob\ncleo@example.org,Cleo\n",
            expected: ["ada@example.org": .active], refused: [3]),
    ]

    @discardableResult
    private func run(
        _ text: String, in test: TestInstallation, _ change: (inout SubscriberStore.ImportPolicy) -> Void = { _ in }
    ) async throws -> (report: SubscriberImport.Report, refused: [SubscriberImport.Refusal]) {
        let file = test.folder.appendingPathComponent("list-\(UUID().uuidString)")
        try Data(text.utf8).write(to: file)
        var policy = SubscriberStore.ImportPolicy(source: "import of a test")
        change(&policy)
        var refused: [SubscriberImport.Refusal] = []
        let report = try await SubscriberImport(test.installation, policy: policy).run(
            file: file, refuse: { refused.append($0) }, progress: { _ in })
        return (report, refused)
    }

    private func states(_ test: TestInstallation) async throws -> [String: SubscriberState] {
        Dictionary(
            uniqueKeysWithValues: try await test.installation.database.subscribers.list().map {
                ($0.address.description, $0.state)
            })
    }

    @Test("other services' lists are understood, and each line that is not is told", arguments: fixtures)
    private func formats(_ fixture: Fixture) async throws {
        let test = try await TestInstallation()
        let result = try await run(fixture.text, in: test)
        #expect(try await states(test) == fixture.expected)
        #expect(result.refused.map(\.line).sorted() == fixture.refused)
        #expect(result.report.added == fixture.expected.count)
        #expect(result.report.refused == fixture.refused.count)
    }

    @Test("a second run adds nobody, and an import never brings back who left, bounced or complained")
    func neverBack() async throws {
        let test = try await TestInstallation()
        let list = "email\nada@example.org\nbob@example.org\ncleo@example.org\n"
        try await run(list, in: test)
        #expect(try await run(list, in: test).report.known == 3)
        _ = try await test.desk.leave(try await test.subscriber("ada@example.org"), source: "test")
        try await test.installation.database.suppressions.add(
            addressHash: test.installation.key.addressHash(try Address("dan@example.org").key), reason: "hard bounce",
            at: test.clock.now)
        let again = try await run(list + "dan@example.org\n", in: test)
        #expect(again.refused.map(\.line) == [2, 5])
        #expect(again.refused.map(\.reason).contains { $0.contains("hard bounce") })
        #expect(try await states(test)["ada@example.org"] == .unsubscribed)
        #expect(try await states(test)["dan@example.org"] == nil)
        let back = try await run(list, in: test) { $0.reactivates = true }
        #expect(back.report.reactivated == 1)
        #expect(try await test.subscriber("ada@example.org").nextDigestAt != nil)
    }

    @Test("who left elsewhere is not mailed here any more")
    func leftElsewhere() async throws {
        let test = try await TestInstallation()
        try await run("email\nada@example.org\n", in: test)
        let result = try await run("email,status\nada@example.org,unsubscribed\n", in: test)
        #expect(result.report.stopped == 1)
        #expect(try await states(test) == ["ada@example.org": .unsubscribed])
    }

    @Test("a dry run tells the same and changes nothing")
    func dryRun() async throws {
        let test = try await TestInstallation()
        let result = try await run("email\nada@example.org\nada@example.org\nx\n", in: test) { $0.isDryRun = true }
        #expect(result.report.added == 1)
        #expect(result.report.known == 1)
        #expect(result.refused.count == 1)
        #expect(try await states(test).isEmpty)
    }

    @Test("a file that names no addresses is refused as a whole")
    func noList() async throws {
        let test = try await TestInstallation()
        await #expect(throws: ImportProblem.self) { try await run("name,city\nAda,London\n", in: test) }
    }

    @Test("what is exported comes back the same, byte for byte")
    func roundTrip() async throws {
        let test = try await TestInstallation()
        try await run(
            """
            email,state,topics,filters,authors,time_zone,time,cadence,weekday,max_papers,created_at,confirmed_at
            ada+papers@example.org,active,robots diffusion,"title:arm
            ""soft robot"" OR cat:cs.RO","Lovelace, Ada
            Émilie ""Milie"" Breton",Europe/Zurich,06:45,weekly,5,7,2024-01-02T03:04:05.678Z,2024-01-02T04:00:00.001Z
            Bob@Example.org,bounced,,,,Asia/Tokyo,22:10,weekdays,1,20,2025-01-02T03:04:05.000Z,
            """, in: test)
        let first = try await export(test)
        #expect(first.contains("\"Lovelace, Ada\nÉmilie \"\"Milie\"\" Breton\""))
        #expect(
            try await test.subscriber("ada+papers@example.org").interests.authors.map(\.filter)
                == ["author:\"ada lovelace\"", "author:\"emilie milie breton\""])
        let other = try await TestInstallation()
        try await run(first, in: other)
        #expect(try await export(other) == first)
    }

    @Test("a line that follows what is no name, or too many, is refused and says so")
    func authors() async throws {
        let test = try await TestInstallation()
        let many = (1...101).map { "Ada L\(Character(Unicode.Scalar(96 + UInt8($0 % 26 + 1))))\($0)" }
            .joined(separator: "\n")
        let outcome = try await run(
            "email,state,authors\na@example.org,active,\"Ada Lovelace\n17\"\nb@example.org,active,\"\(many)\"\n",
            in: test)
        #expect(outcome.refused.map(\.reason).contains { $0.contains("there is no name in “17”") })
        #expect(outcome.refused.map(\.reason).contains { $0.contains("101 authors are more than can be followed") })
        #expect(outcome.report.added == 0)
    }

    @Test("no cell of an export is run by a spreadsheet, and all come back the same")
    func disarmed() async throws {
        let addresses = ["=cmd@example.org", "+1@example.org", "-x@example.org", "'=x@example.org", "''+x@example.org"]
        let filters = ["-title:arm robot", "'quoted'", "=cmd|' /C calc'!A0", "+1", "@a", "'=x"].filter {
            (try? Filter($0)) != nil
        }
        let test = try await TestInstallation()
        for (number, address) in addresses.enumerated() {
            _ = try await test.desk.add(
                try Address(address),
                interests: Interests(
                    topics: [], filters: [try Filter(filters[number % filters.count]).description]), source: "test")
        }
        let first = try await export(test)
        var lines: [CSVReader.Line] = []
        // As a spreadsheet reads it, by its other separators too.
        for line in first.split(separator: "\r\n") {
            #expect(!line.contains { ";\t".contains($0) } || line.contains("\""))
            for cell in line.split(separator: ",") {
                let shown = cell.drop { $0 == "\"" }
                #expect(shown.first.map { !"=+-@\t\r".contains($0) } ?? true, "\(cell)")
            }
        }
        var reader = CSVReader()
        reader.read(first.utf8) { lines.append($0) }
        #expect(lines.dropFirst().map { $0.cells[0] }.sorted() == addresses.sorted())
        let other = try await TestInstallation()
        try await run(first, in: other)
        #expect(try await export(other) == first)
    }

    @Test("any text comes back from a cell as it went in")
    func cells() {
        let pieces = ["=", "+", "-", "@", "\t", "\r", "\n", "'", "\"", ",", ";", "a", "＝", " ", ""]
        var cells: [String] = []
        for first in pieces { for second in pieces { for third in pieces { cells.append(first + second + third) } } }
        cells += ["=cmd|' /C calc'!A0", "'=x", "+1", "-x", "@a"]
        var lines: [CSVReader.Line] = []
        var reader = CSVReader()
        reader.read(("x,y\r\n" + cells.map { CSVWriter.line([$0, "end"]) }.joined()).utf8) { lines.append($0) }
        #expect(lines.dropFirst().map { $0.cells[0] } == cells)
        for cell in cells {
            let written = CSVWriter.line([cell])
            let first = (written.hasPrefix("\"") ? written.dropFirst() : written[...]).unicodeScalars.first
            #expect(first.map { !"=+-@\t＝".unicodeScalars.contains($0) } ?? true, "\(cell)")
        }
    }

    private func export(_ test: TestInstallation) async throws -> String {
        var text = ""
        try await SubscriberExport(test.installation).csv { text += $0 }
        return text
    }

    @Test("the consent log says where an imported person's consent comes from")
    func consent() async throws {
        let test = try await TestInstallation()
        try await run("email\nada@example.org\n", in: test) { $0.source = "import: sign-up sheet of 2026" }
        let hash = test.installation.key.addressHash(try Address("ada@example.org").key)
        let log = try await test.installation.database.subscribers.consent(addressHash: hash)
        #expect(log.map(\.source) == ["import: sign-up sheet of 2026"])
    }
}
