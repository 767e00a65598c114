import Foundation
import TestSupport
import Testing

@Suite("Bounces by hand, through the real program")
struct BouncesCommandTests {
    private static let leaving = "From: ada@example.net\nTo: papers@example.org\nSubject: hello\n\nhello\n"

    @Test("several files and Maildirs are taken, a line each, and one that cannot be read stops no other")
    func several() async throws {
        let program = try Program(["BROADSHEET_BOUNCES_ADDRESS": "bounces+*@example.org"])
        let one = try program.file("one.eml", Self.leaving)
        for folder in ["maildir/new", "maildir/cur", "maildir/tmp", "plain/within"] {
            try FileManager.default.createDirectory(
                at: program.folder.appendingPathComponent(folder), withIntermediateDirectories: true)
        }
        let mails = try [
            "maildir/new/2.host", "maildir/new/1.host", "maildir/cur/3.host:2,S", "plain/b", "plain/a",
        ].map { try program.file($0, Self.leaving + $0) }
        for passedOver in ["maildir/tmp/4.host", "maildir/new/.hidden", "plain/within/c"] {
            _ = try program.file(passedOver, Self.leaving)
        }
        let folder = program.folder.path
        let run = try await program.run(
            "bounces", "ingest", one, "\(folder)/none.eml", "\(folder)/maildir", "\(folder)/plain")
        #expect(run.status == 1)
        #expect(run.complaints.contains("none.eml: cannot be read"))
        #expect(run.output.split(separator: "\n").count == 6)
        let expected = [one, mails[1], mails[0], mails[2], mails[4], mails[3]]
        for (line, file) in zip(run.output.split(separator: "\n"), expected) {
            #expect(line.hasPrefix("\(file): neither a bounce"), "\(line)")
        }
        let well = try await program.run("bounces", "ingest", "\(folder)/maildir")
        #expect(well.status == 0)
        #expect(well.complaints.isEmpty, "\(well.complaints)")
    }

    @Test("one mail keeps its status: 0 for what was read, 1 for no such file, 75 where it could not be stored")
    func one() async throws {
        let program = try Program(["BROADSHEET_BOUNCES_ADDRESS": "bounces+*@example.org"])
        let mail = try program.file("one.eml", Self.leaving)
        let read = try await program.run("bounces", "ingest", mail)
        #expect(read.status == 0)
        #expect(read.output.hasPrefix("neither a bounce"))
        #expect(try await program.run("bounces", "ingest", "nowhere.eml").status == 1)
        // Standard input is empty here.
        #expect(try await program.run("bounces", "ingest", "-").status == 0)
        #expect(try await program.run("bounces", "ingest").status == 0)
        let away = ["BROADSHEET_DATABASE": "sqlite:\(program.folder.path)/none/x.sqlite"]
        #expect(try await program.run("bounces", "ingest", "-", environment: away).status == 75)
        #expect(try await program.run("bounces", "ingest", mail, environment: away).status == 1)
        #expect(try await program.run("bounces", "ingest", "-", mail).status == 64)
    }
}
