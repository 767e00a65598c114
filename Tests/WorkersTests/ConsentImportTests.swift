import Foundation
import Mail
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("Consent in the lists of other services")
struct ConsentImportTests {
    /// A list as a service writes it.
    struct List: CustomTestStringConvertible {
        let testDescription: String
        /// Where a service says it nowhere else, the name tells who is in the file.
        var name = "list.csv"
        let text: String
        let expected: [String: SubscriberState]
        var refused: [Int] = []
        var isVouchedFor = false

        init(
            _ description: String, name: String = "list.csv", isVouchedFor: Bool = false, _ text: String,
            _ expected: [String: SubscriberState], refused: [Int] = []
        ) {
            testDescription = description
            self.name = name
            self.isVouchedFor = isVouchedFor
            self.text = text
            self.expected = expected
            self.refused = refused
        }
    }

    private static let mailchimp = """
        "Email Address","First Name","Last Name",Address,"Phone Number",Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,\
        CONFIRM_TIME,CONFIRM_IP,GMTOFF,DSTOFF,TIMEZONE,CC,REGION
        """
    private static let germanMailchimp = """
        "E-Mail-Adresse",Vorname,Nachname,Adresse,Telefonnummer,Geburtstag,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,\
        CONFIRM_TIME,CONFIRM_IP,GMTOFF,DSTOFF,TIMEZONE,CC,REGION
        """
    private static let address = "\"1 Example St, Anytown, AT 12345 US\""

    /// A line up to the columns that the four files share.
    private static func line(_ email: String, optIn: String = "", confirm: String = "") -> String {
        "\(email),Ada,Lovelace,\(address),,,2,\(quoted(optIn)),,\(quoted(confirm)),192.0.2.1,1,2,Europe/Berlin,DE,BE"
    }

    private static func quoted(_ text: String) -> String { text.isEmpty ? "" : "\"\(text)\"" }

    private static let time = "2024-01-02 03:04:05"

    private static func subscribed(_ name: String, header: String) -> List {
        List(
            "Mailchimp, subscribed, as \(name)", name: name,
            """
            \(header),LAST_CHANGED,LEID,EUID,NOTES,TAGS
            \(line("confirmed@example.org", optIn: time, confirm: time)),"\(time)",1,a,,"one, two"
            \(line("imported@example.org", confirm: time)),"\(time)",2,b,,
            \(line("silent@example.org")),"\(time)",3,c,,
            """,
            [
                "confirmed@example.org": .active, "imported@example.org": .active, "silent@example.org": .pending,
            ])
    }

    private static func never(_ name: String, confirm: String) -> List {
        List(
            "Mailchimp, non-subscribed, as \(name)", name: name,
            """
            \(mailchimp),LAST_CHANGED,LEID,EUID,NOTES,TAGS
            \(line("shopper@example.org", confirm: confirm)),"\(time)",1,a,,
            """, ["shopper@example.org": .pending])
    }

    private static func left(_ header: String) -> List {
        List(
            "Mailchimp, unsubscribed, whatever else is wrong with a line",
            name: "unsubscribed_email_audience_export_3f.csv",
            """
            \(header),UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,LEID,EUID,NOTES,topics
            \(line("gone@example.org", optIn: time, confirm: time)),"\(time)",May,1,NORMAL,,1,a,,
            \(line("unclear@example.org", optIn: time, confirm: time)),"\(time)",May,1,,,2,b,,knitting
            \(line("unknown@example.org", optIn: time, confirm: time)),,,,,,3,c,,
            """,
            [
                "gone@example.org": .unsubscribed, "unclear@example.org": .unsubscribed,
                "unknown@example.org": .unsubscribed,
            ], refused: [3])
    }

    private static let mailchimpLists = [
        subscribed("subscribed_email_audience_export_3f.csv", header: mailchimp),
        subscribed("list.csv", header: mailchimp),
        subscribed("subscribed_members_export_3f (1).csv", header: germanMailchimp),
        never("nonsubscribed_email_audience_export_3f.csv", confirm: time),
        never("nonsubscribed_members_export_3f.csv", confirm: ""), never("list.csv", confirm: ""),
        left(mailchimp), left(germanMailchimp),
        List(
            "Mailchimp, cleaned", name: "cleaned_email_audience_export_3f.csv",
            """
            \(mailchimp),CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID,EUID,NOTES,TAGS
            \(line("dead@example.org", optIn: time, confirm: time)),"\(time)",May,1,1,a,,
            """, ["dead@example.org": .bounced]),
        List(
            "Mailchimp with a state of the postal address, and its API's words",
            """
            Email Address,State,MEMBER_RATING,CONFIRM_TIME,Status
            a@example.org,CA,2,\(time),subscribed
            b@example.org,CA,2,\(time),transactional
            c@example.org,CA,2,\(time),cleaned
            d@example.org,CA,2,\(time),gone fishing
            e@example.org,unsubscribed,2,\(time),subscribed
            """,
            [
                "a@example.org": .active, "b@example.org": .pending, "c@example.org": .bounced,
                "e@example.org": .unsubscribed,
            ], refused: [5]),
    ]

    private static let others = [
        List(
            "listmonk, whose block list is no complaint",
            """
            uuid,email,name,attributes,status,created_at,updated_at
            1,a@example.org,A,{},enabled,2024-01-02T03:04:05Z,2024-01-02T03:04:05Z
            2,b@example.org,B,{},blocklisted,2024-01-02T03:04:05Z,2024-01-02T03:04:05Z
            3,c@example.org,C,{},,2024-01-02T03:04:05Z,2024-01-02T03:04:05Z
            """, ["a@example.org": .active, "b@example.org": .unsubscribed, "c@example.org": .pending]),
        List(
            "listmonk's API, with what becomes of somebody on each list",
            """
            {"data": {"results": [
             {"email": "a@example.org", "status": "enabled", "lists": [{"name": "x", "subscription_status": "confirmed"}]},
             {"email": "b@example.org", "status": "enabled", "lists": [{"subscription_status": "unsubscribed"}]},
             {"email": "c@example.org", "status": "enabled", "lists": [{"subscription_status": "unconfirmed"}]}
            ], "total": 3}}
            """, ["a@example.org": .active, "b@example.org": .unsubscribed, "c@example.org": .pending]),
        List(
            "Brevo",
            """
            CONTACT ID;EMAIL;FIRSTNAME;SMS;EMAIL_BLACKLISTED;DOUBLE_OPT-IN;OPT_IN;ADDED_TIME
            1;a@example.org;A;;No;Yes;Yes;24-03-2023 10:11:12
            2;b@example.org;B;;Yes;Yes;Yes;24-03-2023
            3;c@example.org;C;;No;2;;24-03-2023
            4;d@example.org;D;;No;;;24-03-2023
            """,
            [
                "a@example.org": .active, "b@example.org": .unsubscribed, "c@example.org": .pending,
                "d@example.org": .pending,
            ]),
        List(
            "CleverReach, in German",
            """
            E-Mail;Registriert;Aktiviert;Deaktiviert;Bounced
            a@example.org;1700000000;1700000100;0;0
            b@example.org;1700000000;1700000100;1700000200;0
            c@example.org;1700000000;0;0;0
            d@example.org;24.11.2023 10:00;24.11.2023 10:05;;1
            """,
            [
                "a@example.org": .active, "b@example.org": .unsubscribed, "c@example.org": .pending,
                "d@example.org": .bounced,
            ]),
        List("Sendy, active", name: "papers-active.csv", "\"Ada\",\"a@example.org\"\n", ["a@example.org": .active]),
        List(
            "Sendy, unsubscribed", name: "papers-unsubscribed.csv", "\"Ada\",\"a@example.org\"\n",
            ["a@example.org": .unsubscribed]),
        List(
            "Sendy, marked as spam", name: "papers-marked-as-spam.csv", "\"Ada\",\"a@example.org\"\n",
            ["a@example.org": .complained]),
        List(
            "Sendy, everybody whatever became of them", name: "papers-all.csv", isVouchedFor: true,
            "\"Ada\",\"a@example.org\"\n", ["a@example.org": .pending]),
        List(
            "addresses alone", "a@example.org\nAda <b@example.org>\n",
            ["a@example.org": .pending, "b@example.org": .pending]),
        List(
            "addresses alone whose consent the operator has", isVouchedFor: true,
            "a@example.org\nb@example.org,unsubscribed\n\"Doe, Jane\" <c@example.org>\n",
            ["a@example.org": .active, "b@example.org": .unsubscribed, "c@example.org": .active]),
        List(
            "a roster with members and others", isVouchedFor: true,
            """
            {"entries": [{"email": "a@example.org", "role": "member", "delivery_mode": "regular"},
             {"email": "b@example.org", "role": "nonmember"}]}
            """, ["a@example.org": .active, "b@example.org": .pending]),
        List(
            "words in German",
            """
            E-Mail,Status
            a@example.org,Bestätigt
            b@example.org,abgemeldet
            c@example.org,Nicht abonniert
            d@example.org,bereinigt
            e@example.org,vielleicht
            """,
            [
                "a@example.org": .active, "b@example.org": .unsubscribed, "c@example.org": .pending,
                "d@example.org": .bounced,
            ], refused: [6]),
        List(
            "where two columns differ, the one that allows less",
            """
            email,status,unsubscribed_at,complained
            a@example.org,active,2024-01-02,
            b@example.org,active,,yes
            c@example.org,active,0000-00-00 00:00:00,no
            """, ["a@example.org": .unsubscribed, "b@example.org": .complained, "c@example.org": .active]),
    ]

    private func run(
        _ data: Data, name: String = "list.csv", in test: TestInstallation, isVouchedFor: Bool = true
    ) async throws -> (report: SubscriberImport.Report, refused: [SubscriberImport.Refusal]) {
        let folder = test.folder.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent(name)
        try data.write(to: file)
        var policy = SubscriberStore.ImportPolicy(source: "import of a test")
        policy.isVouchedFor = isVouchedFor
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

    @Test("is never guessed: unknown or missing, it is not active", arguments: mailchimpLists + others)
    func states(_ list: List) async throws {
        let test = try await TestInstallation()
        let result = try await run(Data(list.text.utf8), name: list.name, in: test, isVouchedFor: list.isVouchedFor)
        #expect(try await states(test) == list.expected, "\(result.refused)")
        #expect(result.refused.map(\.line) == list.refused, "\(result.refused)")
        let active = list.expected.values.count { $0 == .active }
        let due = try await test.installation.database.subscribers.list().count { $0.nextDigestAt != nil }
        #expect(due == active)
    }

    @Test("what a refused line says of somebody who left is kept for the time when a list has them as active")
    func remembered() async throws {
        let test = try await TestInstallation()
        let left = "email,status,time\na@example.org,unsubscribed,25:00\n"
        let first = try await run(Data(left.utf8), in: test)
        #expect(first.report.refused == 1 && first.report.added == 0)
        #expect(first.refused.first?.reason.contains("unsubscribed is kept") == true)
        let again = try await run(Data("email,status\na@example.org,active\n".utf8), in: test)
        #expect(again.refused.map(\.line) == [2])
        #expect(try await states(test) == ["a@example.org": .unsubscribed])
    }

    @Test("a refused line stops one who is a reader here")
    func stopped() async throws {
        let test = try await TestInstallation()
        _ = try await run(Data("email,status\na@example.org,active\n".utf8), in: test)
        _ = try await run(Data("email,status,max_papers\na@example.org,unsubscribed,900\n".utf8), in: test)
        #expect(try await states(test) == ["a@example.org": .unsubscribed])
    }

    @Test("who waits to confirm here and has agreed there is mailed; the log says so")
    func confirmed() async throws {
        let test = try await TestInstallation()
        let silent = try await run(Data("a@example.org\n".utf8), in: test, isVouchedFor: false)
        #expect(silent.report.silent == 1)
        let agreed = try await run(Data("email,status\na@example.org,subscribed\n".utf8), in: test)
        #expect(agreed.report.confirmed == 1 && agreed.refused.isEmpty)
        let reader = try await test.subscriber("a@example.org")
        #expect(reader.state == .active && reader.nextDigestAt != nil && reader.confirmedAt != nil)
        #expect(try await test.desk.consent(of: reader.address).map(\.event) == ["imported", "confirmed"])
    }

    @Test(
        "spreadsheets' own forms are read",
        arguments: [
            "email, \"name\", status\n\"a@example.org\", \"Zoë, A\", active\n  \"b@example.org\" ,\t\"B\",\"active\"\n",
            "sep=;\r\nemail;name;status\r\na@example.org;\"Zoë; A\";active\r\nb@example.org;B;active\r\n",
            "email\tname\tstatus\na@example.org\t\"Zoë\tA\"\tactive\nb@example.org\tB\tactive\n",
        ])
    func spreadsheets(text: String) async throws {
        for encode in [Self.utf8, Self.marked, Self.littleEndian, Self.bigEndian, Self.unmarked, Self.latin] {
            let test = try await TestInstallation()
            let result = try await run(encode(text), in: test)
            #expect(result.refused.isEmpty && result.report.added == 2, "\(result.refused)")
            #expect(try await states(test) == ["a@example.org": .active, "b@example.org": .active])
        }
    }

    private static let utf8: @Sendable (String) -> Data = { Data($0.utf8) }
    private static let marked: @Sendable (String) -> Data = { Data([0xEF, 0xBB, 0xBF]) + Data($0.utf8) }
    private static let littleEndian: @Sendable (String) -> Data = {
        Data([0xFF, 0xFE] + $0.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    }
    private static let bigEndian: @Sendable (String) -> Data = {
        Data([0xFE, 0xFF] + $0.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    }
    private static let unmarked: @Sendable (String) -> Data = {
        Data($0.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    }
    private static let latin: @Sendable (String) -> Data = { $0.data(using: .windowsCP1252) ?? Data() }

    @Test("UTF-16 in pieces of any length is the text it was, pairs and lone halves of them included")
    func pieces() {
        let text = "email,name\na@example.org,\u{1F9EA} Zoë 数\n"
        for encode in [Self.littleEndian, Self.bigEndian] {
            let bytes = [UInt8](encode(text))
            for length in 1...7 {
                var reader = UnicodeReader()
                var read: [UInt8] = []
                for start in stride(from: 0, to: bytes.count, by: length) {
                    read += reader.read(bytes[start..<min(start + length, bytes.count)])
                }
                read += reader.finish()
                #expect(String(decoding: read, as: UTF8.self) == text)
            }
        }
        var reader = UnicodeReader()
        let lone = reader.read([0xFF, 0xFE, 0x3E, 0xD8, 0x41, 0x00, 0x3E, 0xD8]) + reader.finish()
        #expect(String(decoding: lone, as: UTF8.self) == "\u{FFFD}A\u{FFFD}")
    }

    @Test("a refused line comes with its cells and the names of its columns, so that it can be mended")
    func mendable() async throws {
        let test = try await TestInstallation()
        let result = try await run(Data("email;name;status\nnobody;\"A; B\";active\n".utf8), in: test)
        #expect(result.refused.first?.headers == ["email", "name", "status"])
        #expect(result.refused.first?.cells == ["nobody", "A; B", "active"])
    }

    @Test(
        "addresses that must not be mailed are found in any table, and in lists without a header",
        arguments: [
            "First Name,Email Address,UNSUB_REASON\nAda,a@example.org,too many\n,b@example.org,\n",
            "Vorname;E-Mail-Adresse;Grund\nAda;a@example.org;too many\n;b@example.org;\n",
            "a@example.org,too many\nb@example.org\n",
            "[{\"email_address\": \"a@example.org\", \"reason\": \"too many\"}, {\"email_address\": \"b@example.org\"}]",
        ])
    func suppressions(text: String) async throws {
        for encode in [Self.utf8, Self.littleEndian] {
            let test = try await TestInstallation()
            let file = test.folder.appendingPathComponent("list")
            try encode(text).write(to: file)
            var refused: [String] = []
            let report = try await SuppressionImport(test.installation, reason: "imported").run(
                file: file, refuse: { refused.append($0) })
            #expect(report == .init(added: 2, known: 0, refused: 0), "\(refused)")
            #expect(try await test.desk.suppression(of: try Address("a@example.org")) == "too many")
            #expect(try await test.desk.suppression(of: try Address("b@example.org")) == "imported")
        }
    }

    @Test("a table that names no column of addresses is refused as a whole")
    func noAddresses() async throws {
        let test = try await TestInstallation()
        let file = test.folder.appendingPathComponent("list")
        try Data("name,city\nAda,London\n".utf8).write(to: file)
        await #expect(throws: ImportProblem.self) {
            try await SuppressionImport(test.installation, reason: "x").run(file: file, refuse: { _ in })
        }
    }
}
