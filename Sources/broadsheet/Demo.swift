import Core
import Embedded
import Foundation
import Logging
import Loopback
import Mail
import Papers
import ServiceLifecycle
import Site
import Store
import Web
import Workers

/// The true path, with real servers on loopback around it.
final class Demo: Sendable {
    private static let reader = "reader@example.org"
    private static let topics = ["language-models", "diffusion-image-generation", "robotics"]

    private let output: URL
    private let folder: URL
    private let feeds: HTTPFileServer
    private let receiver: SMTPReceiver
    private let installation: Installation

    /// Starts the feed server and the SMTP receiver and opens a new database in a temporary folder.
    init(output: URL) async throws {
        self.output = output
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-demo-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(
                "cannot make the folder \(output.path): \(error.localizedDescription); name another with --output")
        }
        feeds = try await Self.feedServer()
        receiver = try await SMTPReceiver.start()
        let port = try await LoopbackPort.free()
        let feedsFile = folder.appendingPathComponent("feeds.yaml")
        try Data(
            "feeds:\n  - \(feeds.baseURL)/api/daily_papers\n  - \(feeds.baseURL)/rss/cs.LG\n".utf8
        ).write(to: feedsFile)
        let settings = try await Settings(
            file: nil,
            environment: [
                "BROADSHEET_DATABASE": "sqlite:\(folder.path)/demo.sqlite",
                "BROADSHEET_FEEDS_FILE": feedsFile.path,
                "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(receiver.port)",
                "BROADSHEET_SMTP_TLS": "none",
                "BROADSHEET_WEB_PORT": "\(port)",
                "BROADSHEET_WEB_BASE_URL": "http://127.0.0.1:\(port)",
                "BROADSHEET_MAIL_FROM": "Broadsheet <papers@broadsheet.example>",
                "BROADSHEET_SITE_POSTAL_ADDRESS": "Broadsheet demo, 1 Sample Street, 00000 Nowhere",
            ])
        installation = try await Installation(settings: settings, logger: CommonOptions.logger(level: .warning))
    }

    private static func feedServer() async throws -> HTTPFileServer {
        try await HTTPFileServer.start { request in
            switch request.path {
            case "/api/daily_papers":
                .document(Embedded.sampleHuggingFace, contentType: "application/json", etag: "\"sample\"", for: request)
            case "/rss/cs.LG":
                .document(Embedded.sampleArXiv, contentType: "application/rss+xml", etag: "\"sample\"", for: request)
            default: HTTPServerReply(status: 404)
            }
        }
    }

    func run(keepServing: Bool) async throws {
        let server = WebServer(installation)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let services = ServiceGroup(
                services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: installation.logger)
            group.addTask { try await services.run() }
            guard await server.waitUntilListening() != nil else { return try await group.waitForAll() }
            do {
                try await walk()
            } catch {
                await services.triggerGracefulShutdown()
                try await group.waitForAll()
                throw error
            }
            if keepServing {
                Output.line("The site stays up at \(installation.settings.baseURL)/ until Ctrl-C.")
            } else {
                await services.triggerGracefulShutdown()
            }
            try await group.waitForAll()
        }
    }

    /// The steps, each announced by what came of it.
    private func walk() async throws {
        try await ingest()
        try await subscribe()
        let digest = try await deliver()
        try save(digest)
        try await unsubscribe(digest)
    }

    private func ingest() async throws {
        try await installation.synchroniseFeeds()
        let reports = try await FeedRound(installation).run(try await installation.database.feeds.all())
        for report in reports {
            guard case .stored(let counts, let parsed) = report.outcome else {
                throw CommandFailure("the sample feed \(report.feed.url) could not be read: \(report.outcome)")
            }
            step(
                "Fetched \(parsed.kind.rawValue) from \(report.feed.url): \(counted(parsed.entries.count, "entry", plural: "entries")), \(counted(counts.new, "new paper"))"
            )
        }
    }

    private func subscribe() async throws {
        let base = installation.settings.baseURL
        let form = [("email", Self.reader)] + Self.topics.map { ("topic", $0) }
        try await post("\(base)/subscribe", form)
        step("Typed \(Self.reader) into the page at \(base)/ and ticked \(Self.topics.joined(separator: ", "))")
        let confirm = try await mail(number: 1)
        let link = try link(in: confirm, path: "/confirm")
        step("The confirm mail came; following its link \(link)")
        try await post(link, [])
        guard let subscriber = try await installation.database.subscribers.list().first, subscriber.state == .active
        else {
            throw CommandFailure("the confirm link did not make the subscription active")
        }
        step("The subscription is active; the first digest is due \(Output.time(subscriber.nextDigestAt))")
    }

    private func deliver() async throws -> ReceivedMessage {
        guard let due = try await installation.database.subscribers.list().first?.nextDigestAt else {
            throw CommandFailure("nothing is due for the demo's reader")
        }
        // The welcome goes first, so that what comes in the morning is the digest alone: two mails over two connections come in
        // any order.
        _ = try await Sender(installation).drain()
        // Tomorrow morning, now.
        let morning = try await Installation(
            settings: installation.settings, clock: .starting(at: due), logger: installation.logger)
        let before = await receiver.messages().count
        let written = try await Scheduler(morning, onRequest: true).round()
        _ = try await Sender(morning).drain()
        let digest = await receiver.messages().last
        guard written == 1, let digest, await receiver.messages().count > before else {
            throw CommandFailure("no digest was delivered")
        }
        step("As of \(Output.time(due)) one digest was written, and sent by SMTP to 127.0.0.1:\(receiver.port)")
        return digest
    }

    private func save(_ digest: ReceivedMessage) throws {
        let message = ParsedMessage(digest.bytes)
        let (html, text) = (message.part("text/html")?.body ?? [], message.part("text/plain")?.body ?? [])
        for (name, data) in [
            ("digest.eml", Data(digest.bytes)), ("digest.html", Data(html)), ("digest.txt", Data(text)),
        ] {
            let file = output.appendingPathComponent(name)
            try data.write(to: file, options: .atomic)
        }
        step("The mail is in \(output.path): digest.eml, with its parts digest.html and digest.txt")
    }

    private func unsubscribe(_ digest: ReceivedMessage) async throws {
        let link = try link(in: digest, path: "/unsubscribe")
        try await post(link, [("List-Unsubscribe", "One-Click")])
        let state = try await installation.database.subscribers.list().first?.state
        guard state == .unsubscribed else { throw CommandFailure("the one-click unsubscribe did not work") }
        step("One POST to the mail's List-Unsubscribe address ended the subscription")
    }

    /// Sends what waits and gives the message of that number, counted from 1.
    private func mail(number: Int) async throws -> ReceivedMessage {
        _ = try await Sender(installation).drain()
        let messages = await receiver.messages()
        guard messages.count >= number else { throw CommandFailure("mail \(number) did not come") }
        return messages[number - 1]
    }

    private func link(in message: ReceivedMessage, path: String) throws -> String {
        let text = ParsedMessage(message.bytes).part("text/plain")?.text ?? ""
        let start = "\(installation.settings.baseURL)\(path)?token="
        guard let range = text.range(of: start) else { throw CommandFailure("the mail has no link to \(path)") }
        return start + text[range.upperBound...].prefix { !$0.isWhitespace && $0 != ">" && $0 != ")" }
    }

    private func post(_ url: String, _ form: [(String, String)]) async throws {
        let answer = try await Browser().post(url, form)
        guard answer.status == 200 else { throw CommandFailure("\(url) answered with status \(answer.status)") }
    }

    private func step(_ text: String) { Output.line("• \(text)") }

    /// Stops the servers and removes everything but the mail.
    func tidy() async {
        await feeds.stop()
        await receiver.stop()
        try? FileManager.default.removeItem(at: folder)
    }
}
