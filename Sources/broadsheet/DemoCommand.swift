import ArgumentParser
import Foundation
import Workers

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Show the whole way from feed to inbox, on this machine only.",
        discussion: """
            Needs no account, no network and no settings: an invented day of papers is fetched over HTTP, a reader \
            subscribes through the page and confirms by the mailed link, and the digest is sent by SMTP to a receiver \
            of its own. Everything but the mail that arrived is deleted.
            """)
    @Option(name: .long, help: "The folder for the mail.") var output = "broadsheet-demo"
    @Flag(name: .long, help: "Keep the site up afterwards, until Ctrl-C.") var serve = false

    func run() async throws {
        let demo = try await Demo(output: URL(fileURLWithPath: output))
        do {
            try await demo.run(keepServing: serve)
        } catch {
            await demo.tidy()
            throw error
        }
        await demo.tidy()
    }
}
