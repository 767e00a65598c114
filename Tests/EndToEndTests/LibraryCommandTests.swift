import Foundation
import Testing

@Suite("A subscriber's library, through the real program")
struct LibraryCommandTests {
    @Test("is filled from a file, listed, replaced and cleared, and what is wrong is said")
    func lifeCycle() async throws {
        let program = try Program()
        #expect(try await program.run("subscribers", "add", "ada@example.org").status == 0)
        let file = program.folder.appendingPathComponent("mine.txt")
        try Data(
            """
            TY  - JOUR
            TI  - Deep learning
            AU  - LeCun, Yann
            AU  - Bengio, Yoshua
            PY  - 2015
            DO  - 10.1038/nature14539
            ER  - 
            TY  - JOUR
            ER  - 
            """.utf8
        ).write(to: file)
        func run(_ arguments: String...) async throws -> Program.Run {
            try await program.run(["subscribers", "library", "ada@example.org"] + arguments, environment: [:])
        }
        let added = try await run(file.path)
        #expect(added.status == 0, "\(added.complaints)")
        #expect(
            added.output.hasPrefix("1 entry read as RIS: 1 new, of which 0 are stored papers and 1 are kept as text;"))
        #expect(
            added.complaints.contains(
                "mine.txt: line 8: it has neither a title nor an arXiv id or DOI; add one of them"))
        let again = try await run(file.path, "--format", "json")
        let report = try #require(try jsonLines(again.output).first)
        #expect(report["known"] as? Int == 1 && report["added"] as? Int == 0 && report["unreadable"] as? Int == 1)
        let listed = try #require(try jsonLines(try await run("--format", "json").output).first)
        #expect(listed["title"] as? String == "Deep learning")
        #expect(listed["ids"] as? [String] == ["doi:10.1038/nature14539"])
        #expect(try await run().output.contains("2015  -      Yann LeCun and 1 more  Deep learning"))

        try Data("1706.03762\n".utf8).write(to: file)
        #expect(try await run(file.path, "--replace").status == 0)
        #expect(try await run().output.contains("1 entry, 0 of them stored papers"))
        #expect(try await run("--clear").output == "1 entry deleted\n")

        try Data("some words".utf8).write(to: file)
        for (arguments, words) in [
            ([file.path], "mine.txt: it is no library that can be read: export it as BibTeX"),
            ([file.path + "x"], "see that it is there"), (["--replace"], "--replace needs a FILE"),
            ([file.path, "--clear"], "--clear takes no FILE"),
        ] {
            let refused = try await program.run(
                ["subscribers", "library", "ada@example.org"] + arguments, environment: [:])
            #expect(refused.status != 0)
            #expect(refused.complaints.contains(words), "\(refused.complaints)")
        }
        let stranger = try await program.run("subscribers", "library", "bob@example.org")
        #expect(stranger.status != 0 && stranger.complaints.contains("is not a subscriber"))
    }
}
