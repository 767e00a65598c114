import ArgumentParser
import Foundation
import Store
import Workers

struct BouncesIngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Read mails from files or folders, or one from standard input, as a mail server pipes it.",
        discussion: """
            In Postfix's master.cf or .forward:  |"broadsheet bounces ingest --config /etc/broadsheet.yaml -"
            The status is 0 for whatever was read, understood or not, so that nothing bounces again, and 75 (try \
            later) where it could not be stored.

            In a Maildir, the mails in new and cur are read, in another folder each file. Several files print a line \
            each; one that cannot be read does not stop the others, and the status is then 1. Files stay in place, and reading \
            them again changes nothing.
            """)
    @Argument(help: "Files with one mail each, folders of them, Maildirs, or - for standard input.")
    var files = ["-"]
    @OptionGroup var common: CommonOptions

    /// EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and tries again.
    private static let tryLater = ExitCode(75)
    /// Longer mails are cut off: what a bounce says stands at its beginning.
    private static let mostBytes = 10 << 20

    func validate() throws {
        guard files.count == 1 || !files.contains("-") else {
            throw ValidationError("- is standard input, which holds one mail: name it alone")
        }
    }

    func run() async throws {
        let unread: Int
        do {
            let installation = try await common.installation(needs: .records)
            if installation.returnAddresses == nil {
                Output.complain("broadsheet: set bounces.address, or few bounces can be told from each other")
            }
            unread = try await take(by: BounceService(installation))
        } catch {
            Output.complain("broadsheet: \(error)")
            throw files == ["-"] ? Self.tryLater : ExitCode.failure
        }
        if unread > 0 { throw ExitCode.failure }
    }

    /// - Returns: how many could not be read.
    private func take(by service: BounceService) async throws -> Int {
        guard files.count > 1 || files.contains(where: MailFiles.isFolder) else {
            Output.line("\(try await service.take(try read(files[0])))")
            return 0
        }
        var unread = 0
        for name in files {
            let mails: [String]
            do { mails = try MailFiles.files(of: name) } catch {
                Output.complain("\(name): cannot be read (\(error.localizedDescription)); see who may")
                unread += 1
                continue
            }
            for file in mails {
                let bytes: [UInt8]
                do { bytes = try read(file) } catch {
                    Output.complain(
                        "\(file): cannot be read (\(error.localizedDescription)); see that it exists and who may")
                    unread += 1
                    continue
                }
                Output.line("\(file): \(try await service.take(bytes))")
            }
        }
        return unread
    }

    private func read(_ file: String) throws -> [UInt8] {
        let handle =
            file == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
        return Array(try handle.read(upToCount: Self.mostBytes) ?? Data())
    }
}
