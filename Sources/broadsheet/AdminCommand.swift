import ArgumentParser
import Foundation
import Site
import Workers

struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin", abstract: "The operator's pages at /admin.",
        subcommands: [HashPassword.self, LogOut.self])

    struct LogOut: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "log-out", abstract: "End every session of the operator's pages, in every browser.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .records)
            let ended = try await installation.database.adminSessions.endAll(at: installation.clock.now)
            Output.line("\(ended) \(ended == 1 ? "session" : "sessions") ended")
        }
    }

    struct HashPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "hash-password", abstract: "Print the hash of a password, for admin.password_hash.",
            discussion: """
                The command asks for the password without showing it, or reads it as one line from standard input. Put the output \
                into the settings and restart the service; a new password ends all sessions.
                """)

        func run() async throws {
            Output.line("\(try PasswordHash(of: try isatty(STDIN_FILENO) == 1 ? ask() : read()))")
        }

        /// Twice, because nobody sees what they type.
        private func ask() throws -> String {
            let password = try hidden("Password: ")
            guard try hidden("Repeat it: ") == password else {
                throw CommandFailure("the passwords differ; try again")
            }
            return password
        }

        private func hidden(_ prompt: String) throws -> String {
            guard let line = Terminal.readHidden(prompt) else { throw CommandFailure("no password was typed") }
            return line
        }

        private func read() throws -> String {
            guard let line = readLine(strippingNewline: true) else {
                throw CommandFailure("standard input has no password; write it as one line")
            }
            return line
        }
    }
}

private enum Terminal {
    /// Reads a line without showing it; afterwards the terminal shows what is typed as before.
    static func readHidden(_ prompt: String) -> String? {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            Output.complain("")
        }
        FileHandle.standardError.write(Data(prompt.utf8))
        return readLine(strippingNewline: true)
    }
}
