import Testing

@Suite("Copying a database with the real program")
struct CopyCommandTests {
    @Test("the copy has everything, sends nothing until it takes over, and is not copied over")
    func copies() async throws {
        let program = try Program()
        let feeds = try program.file("feeds.yaml", "feeds: []\n")
        let there = [
            "BROADSHEET_DATABASE": "sqlite:\(program.folder.path)/other.sqlite", "BROADSHEET_FEEDS_FILE": feeds,
        ]
        #expect(try await program.run("subscribers", "add", "ada@example.org", "--topic", "robotics").status == 0)
        #expect(try await program.run("instance", "show").status == 0)
        let arguments = ["copy", "--from", program.place.url, "--to", there["BROADSHEET_DATABASE"] ?? ""]
        let copy = try await program.run(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4])
        #expect(copy.status == 0, "\(copy.complaints)")
        #expect(copy.output.contains("subscribers: 1\n"))
        let list = try await program.run("subscribers", "list", environment: there)
        #expect(list.output.contains("ada@example.org"))
        let deliver = try await program.run("deliver", "--once", environment: there)
        #expect(deliver.status == 1)
        #expect(deliver.complaints.contains("instance takeover"))
        let again = try await program.run(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4])
        #expect(again.status == 1)
        #expect(again.complaints.contains("not empty"))
    }
}
