import Foundation
import Loopback
import Testing

@Suite("A morning from feeds to inboxes", .serialized)
struct MorningTests {
    /// Serves a folder's files over HTTP.
    private func serve(_ folder: URL) async throws -> HTTPFileServer {
        try await HTTPFileServer.start { request in
            let file = folder.appendingPathComponent(String(request.path.dropFirst()))
            guard let data = try? Data(contentsOf: file) else { return HTTPServerReply(status: 404) }
            return .document(Array(data), contentType: "application/json", for: request)
        }
    }

    @Test(
        "real days become different digests for different readers, once, until one leaves",
        .enabled(if: realFeeds != nil, "needs the real feed documents that BROADSHEET_TEST_FEEDS names"),
        .enabled(if: Sink.executable != nil, "needs Postfix's smtp-sink"))
    func realDays() async throws {
        let folder = try #require(realFeeds).appendingPathComponent("huggingface")
        let server = try await serve(folder)
        let days = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
            .sorted()
        let program = try Program()
        let feeds = try program.file("feeds.yaml", "feeds:\n" + days.map { "  - \(server.baseURL)/\($0)\n" }.joined())
        let settings = ["BROADSHEET_FEEDS_FILE": feeds]

        let ingest = try await program.run("ingest", "--once", environment: settings)
        #expect(ingest.status == 1)
        #expect(ingest.complaints.split(separator: "\n").count == 1, "\(ingest.complaints)")
        #expect(ingest.complaints.contains("2024-12-11"))
        let stored = try await program.run("filters", "match", "NOT cat:none", "--format", "json")
        #expect(try jsonLines(stored.output).count == (try Self.ids(in: folder, days).count))

        let sink = try await Sink()
        let smtp = settings.merging(["BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(sink.port)"]) { $1 }
        for (reader, topic) in [("ada@example.org", "language-models"), ("grace@example.org", "robotics")] {
            let added = try await program.run("subscribers", "add", reader, "--topic", topic, environment: smtp)
            #expect(added.status == 0, "\(added.complaints)")
        }
        let morning = SampleReaders.morning.formatted(.iso8601)
        let first = try await program.run("deliver", "--once", "--force", "--at", morning, environment: smtp)
        #expect(first.status == 0, "\(first.complaints)")
        let mails = try sink.messages()
        #expect(Set(mails.map(\.recipient)) == ["ada@example.org", "grace@example.org"])
        #expect(Set(mails.map(\.plain)).count == 2)
        #expect(Set(mails.map(\.messageID)).count == 2)

        let second = try await program.run("deliver", "--once", "--force", "--at", morning, environment: smtp)
        #expect(second.status == 0)
        #expect(try sink.messages().count == 2)
        await server.stop()
    }

    /// The arXiv ids of all good days, read without our parser.
    private static func ids(in folder: URL, _ days: [String]) throws -> Set<String> {
        var ids: Set<String> = []
        for day in days {
            let json = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent(day)))
            for element in json as? [[String: Any]] ?? [] {
                if let id = (element["paper"] as? [String: Any])?["id"] as? String { ids.insert(id) }
            }
        }
        return ids
    }

    @Test("one POST to the List-Unsubscribe address, without cookies, ends it: the next day brings nothing")
    func oneClick() async throws {
        let feeds = try await SampleFeeds.start(papers: 3)
        let receiver = try await SMTPReceiver.start()
        let port = try await LoopbackPort.free()
        let base = "http://127.0.0.1:\(port)"
        let program = try Program([
            "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(receiver.port)", "BROADSHEET_WEB_PORT": "\(port)",
            "BROADSHEET_WEB_BASE_URL": base,
        ])
        let file = try program.file("feeds.yaml", "feeds:\n  - \(feeds.baseURL)/day\n")
        let settings = ["BROADSHEET_FEEDS_FILE": file]
        #expect(try await program.run("ingest", "--once", environment: settings).status == 0)
        #expect(try await program.run("subscribers", "add", "ada@example.org").status == 0)
        let day = SampleReaders.morning
        #expect(try await program.run("deliver", "--once", "--force", "--at", day.formatted(.iso8601)).status == 0)
        let digest = try #require(await receiver.messages().first)
        let link = SunkMessage(digest.text).unsubscribe
        #expect(link.hasPrefix("\(base)/unsubscribe?token="))

        let serving = program.process(["serve"], settings)
        serving.standardError = FileHandle.nullDevice
        try serving.run()
        let answer = try await Browser().patiently {
            try await $0.post(link, [("List-Unsubscribe", "One-Click")])
        }
        #expect(answer.status == 200)
        serving.terminate()
        serving.waitUntilExit()
        #expect(serving.terminationStatus == 0)

        await feeds.add(paper: 4)
        #expect(try await program.run("ingest", "--once", environment: settings).status == 0)
        let next = try await program.run(
            "deliver", "--once", "--force", "--at", day.addingTimeInterval(86_400).formatted(.iso8601))
        #expect(next.status == 0)
        // The goodbye may have gone out before the service stopped.
        let later = await receiver.messages().dropFirst()
        #expect(
            later.count <= 1 && later.allSatisfy { SunkMessage($0.text).subject.hasPrefix("You have unsubscribed") })
        let state = try jsonLines(
            try await program.run("subscribers", "show", "ada@example.org", "--format", "json").output)
        #expect(state.first?["state"] as? String == "unsubscribed")
        await receiver.stop()
        await feeds.stop()
    }

    @Test("a sender killed in the middle loses nothing, and what comes twice has the same Message-ID")
    func killed() async throws {
        let feeds = try await SampleFeeds.start(papers: 5)
        var options = SMTPReceiverOptions()
        options.script = { $0.stage == .final ? .delay(milliseconds: 5) : .proceed }
        let receiver = try await SMTPReceiver.start(options: options)
        let program = try Program(["BROADSHEET_SMTP_URL": "smtp://127.0.0.1:\(receiver.port)"])
        let file = try program.file("feeds.yaml", "feeds:\n  - \(feeds.baseURL)/day\n")
        #expect(try await program.run("ingest", "--once", environment: ["BROADSHEET_FEEDS_FILE": file]).status == 0)
        let readers = 120
        try await SampleReaders.add(readers, to: program)
        let morning = SampleReaders.morning.formatted(.iso8601)

        for round in 1...3 {
            let sender = program.process(["deliver", "--once", "--force", "--at", morning])
            sender.standardOutput = FileHandle.nullDevice
            try sender.run()
            await receiver.waitForMessages(round * 20)
            kill(sender.processIdentifier, SIGKILL)
            sender.waitUntilExit()
        }
        #expect(try await program.run("deliver", "--once", "--force", "--at", morning).status == 0)

        let messages = await receiver.messages()
        var idsByReader: [String: Set<String>] = [:]
        for message in messages {
            idsByReader[message.recipients.first ?? "", default: []].insert(SunkMessage(message.text).messageID)
        }
        #expect(idsByReader.count == readers)
        #expect(idsByReader.values.allSatisfy { $0.count == 1 })
        await receiver.stop()
        await feeds.stop()
    }
}
