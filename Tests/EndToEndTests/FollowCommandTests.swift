import Foundation
import Testing

@Suite("Authors whom a subscriber follows, through the real program")
struct FollowCommandTests {
    @Test("are given, shown, replaced and taken away, and what is no name is said")
    func lifeCycle() async throws {
        let program = try Program()
        let added = try await program.run(
            "subscribers", "add", "ada@example.org", "--author", "Grace Hopper", "--author", "Hopper, Grace",
            "--author",
            "author:\"E. Breton\"")
        #expect(added.status == 0, "\(added.complaints)")
        func authors() async throws -> [String]? {
            let shown = try await program.run("subscribers", "show", "ada@example.org", "--format", "json")
            return try jsonLines(shown.output).first?["authors"] as? [String]
        }
        #expect(try await authors() == ["Grace Hopper", "E. Breton"])
        #expect(
            try await program.run("subscribers", "show", "ada@example.org").output.contains("  follows: E. Breton\n"))
        let table = try await program.run("subscribers", "export")
        #expect(table.output.contains("\"Grace Hopper\nE. Breton\""))

        let refused = try await program.run("subscribers", "update", "ada@example.org", "--author", "17")
        #expect(refused.status == 1)
        #expect(refused.complaints.contains("there is no name in “17”: write one such as Ada Lovelace"))
        #expect(try await program.run("subscribers", "update", "ada@example.org", "--max-papers", "7").status == 0)
        #expect(try await authors() == ["Grace Hopper", "E. Breton"])
        #expect(
            try await program.run("subscribers", "update", "ada@example.org", "--author", "Ada Lovelace").status == 0)
        #expect(try await authors() == ["Ada Lovelace"])
        #expect(try await program.run("subscribers", "update", "ada@example.org", "--no-authors").status == 0)
        #expect(try await authors() == [])
    }
}
