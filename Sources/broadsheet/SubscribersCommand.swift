import ArgumentParser
import Core
import Foundation
import Mail
import Store
import Workers

struct SubscribersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "subscribers", abstract: "Add, list and change the people who get digests.",
        subcommands: [
            Add.self, List.self, Show.self, Update.self, Pause.self, Resume.self, Remove.self,
            SubscribersImportCommand.self, SubscribersExportCommand.self, SubscribersLibraryCommand.self,
        ])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a subscriber whose consent you have.",
            discussion: "With --confirm, the address gets a confirm mail first, as if it had been entered on the page.")

        @Argument(help: "The address: ada@example.org") var email: String
        @OptionGroup var options: SubscriberOptions
        @Flag(name: .long, help: "Ask the address to confirm by mail before anything is sent.") var confirm = false
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let address = try Address(email)
            let installation = try await common.installation(needs: .topics)
            let desk = SubscriptionService(installation)
            let interests = try options.interests(topics: installation.topics)
            if confirm {
                try await desk.subscribe(address, interests: interests, language: options.language, source: "cli")
                guard let subscriber = try await installation.database.subscribers.subscriber(address: address) else {
                    throw CommandFailure("\(address) must not be mailed: it is suppressed")
                }
                return try report(subscriber)
            }
            let added = try await desk.add(
                address, interests: interests, schedule: options.schedule(from: desk.defaultSchedule),
                maxPapers: options.maxPapers, language: options.language, source: "cli")
            guard let added else {
                throw CommandFailure("\(address) is already a subscriber; see `broadsheet subscribers show \(address)`")
            }
            try report(added)
        }

        private func report(_ subscriber: Subscriber) throws {
            switch output.format {
            case .json: try Output.json(SubscriberRecord(subscriber))
            case .text:
                Output.line(
                    "\(subscriber.address) is \(subscriber.state.rawValue), first due \(Output.time(subscriber.nextDigestAt))"
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List subscribers in order of entry.")

        @Option(
            name: .long,
            help: "Only those in one state: \(SubscriberState.allCases.map(\.rawValue).joined(separator: ", ")).")
        var state: SubscriberState?
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let store = try await common.installation(needs: .records.readOnly).database.subscribers
            var rows: [[String]] = []
            var last: Int64 = 0
            while case let page = try await store.list(state: state, after: last), let end = page.last {
                last = end.id
                switch output.format {
                case .json: for subscriber in page { try Output.json(SubscriberRecord(subscriber)) }
                case .text: rows += page.map(Self.row)
                }
            }
            if output.format == .text {
                Output.table(
                    ["ID", "STATE", "NEXT DIGEST", "LANGUAGE", "TOPICS", "FILTERS", "AUTHORS", "ADDRESS"], rows)
            }
        }

        private static func row(_ subscriber: Subscriber) -> [String] {
            [
                "\(subscriber.id)", subscriber.state.rawValue, Output.time(subscriber.nextDigestAt),
                subscriber.language?.rawValue ?? "-",
                "\(subscriber.interests.topics.count)", "\(subscriber.interests.filters.count)",
                "\(subscriber.interests.authors.count)", subscriber.address.description,
            ]
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one subscriber, each mail they were sent with its SMTP reply, and what they consented to.")

        @Argument(help: "The address.") var email: String
        @Option(name: .long, help: "How many mails to list.") var limit = 30
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .records.readOnly)
            let subscriber = try await find(email, in: installation)
            let history = try await installation.database.ledger.history(of: subscriber.id, limit: limit)
            let consent = try await SubscriptionService(installation).consent(of: subscriber.address)
            if output.format == .json {
                return try Output.json(SubscriberJSON(subscriber, deliveries: history, consent: consent))
            }
            let json = SubscriberRecord(subscriber)
            Output.line(
                "\(subscriber.address): \(json.state), subscriber \(json.id) since \(Output.time(json.createdAt))")
            Output.line(
                "  \(json.cadence) at \(json.time) \(json.timeZone), at most \(json.maxPapers) papers, next \(Output.time(json.nextDigestAt))"
            )
            Output.line("  language: \(json.language ?? "the site’s, \(installation.settings.language.rawValue)")")
            if let day = subscriber.resumeDay { Output.line("  paused until \(day)") }
            if json.cadence == Cadence.weekly.rawValue {
                Output.line("  weekly on day \(json.weekday), 1 being Monday")
            }
            Output.line("  topics: \(json.topics.isEmpty ? "none" : json.topics.joined(separator: ", "))")
            for filter in json.filters { Output.line("  filter: \(filter)") }
            for author in json.authors { Output.line("  follows: \(author)") }
            Output.table(
                ["MAIL", "SLOT", "STATE", "PAPERS", "TRIES", "FINISHED", "REPLY"],
                history.map(DeliveryJSON.init).map {
                    [
                        $0.kind, $0.slot, $0.state, "\($0.papers)", "\($0.attempts)", Output.time($0.finishedAt),
                        $0.reply ?? "-",
                    ]
                })
            let bounces = try await installation.database.bounces.history(of: subscriber.id, limit: limit)
            if !bounces.isEmpty {
                Output.line("")
                Output.table(
                    ["CAME BACK", "FAULT", "BY", "REASON"],
                    bounces.map { [Output.time($0.receivedAt), $0.fault.rawValue, $0.source, $0.diagnostic] })
            }
            if let reason = try await installation.database.subscribers.reason(of: subscriber.id) {
                Output.line("")
                Output.line(
                    "Left because of: \([reason.choice, reason.words].filter { !$0.isEmpty }.joined(separator: ", "))")
            }
            Output.line("")
            Output.table(
                ["CONSENT", "EVENT", "BY"],
                consent.map { [Output.time($0.at), $0.event, $0.source] })
        }
    }

    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change what a subscriber gets and when.",
            discussion: "The topics, filters or authors that you give replace those the subscriber had.")

        @Argument(help: "The address.") var email: String
        @OptionGroup var options: SubscriberOptions
        @Flag(name: .long, help: "Remove all topics.") var noTopics = false
        @Flag(name: .long, help: "Remove all filters.") var noFilters = false
        @Flag(name: .long, help: "Follow no author any more.") var noAuthors = false
        @Flag(inversion: .prefixedNo, help: "Whether the digest ends with what trends beyond the topics.")
        var beyond: Bool?
        @Option(
            name: .long, help: "Send nothing until a day, such as 2026-12-07; then mails start again by themselves.")
        var pauseUntil: String?
        @OptionGroup var output: FormatOption
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .topics)
            var subscriber = try await find(email, in: installation)
            let given = try options.interests(topics: installation.topics)
            if noTopics || !given.topics.isEmpty { subscriber.interests.topics = given.topics }
            if noFilters || !given.filters.isEmpty { subscriber.interests.filters = given.filters }
            if noAuthors || !given.authors.isEmpty { subscriber.interests.authors = given.authors }
            subscriber.schedule = options.schedule(from: subscriber.schedule)
            if let language = options.language { subscriber.language = language }
            if let maxPapers = options.maxPapers { subscriber.maxPapers = maxPapers }
            if let beyond { subscriber.seesBeyond = beyond }
            let desk = SubscriptionService(installation)
            let end = try pauseUntil.map { try desk.endOfPause($0, for: subscriber.schedule) }
            try await desk.update(subscriber, source: "cli")
            if let end, try await desk.pause(subscriber, until: end, source: "cli") == nil {
                throw CommandFailure("\(email) is \(subscriber.state.rawValue), so there is nothing to pause")
            }
            let now = try await find(email, in: installation)
            switch output.format {
            case .json: try Output.json(SubscriberRecord(now))
            case .text:
                let next = now.resumeDay.map { "paused until \($0)" } ?? "next due \(Output.time(now.nextDigestAt))"
                Output.line("\(now.address) is changed, \(next)")
            }
        }
    }

    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Send nothing to a subscriber until resumed.")
        @Argument(help: "The address.") var email: String
        @Option(
            name: .long,
            help: "The day in the subscriber's zone, such as 2026-12-07, on which mails start again by themselves.")
        var until: String?
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .records)
            let subscriber = try await find(email, in: installation)
            let desk = SubscriptionService(installation)
            let end = try until.map { try desk.endOfPause($0, for: subscriber.schedule) }
            guard let paused = try await desk.pause(subscriber, until: end, source: "cli") else {
                throw CommandFailure("\(email) is \(subscriber.state.rawValue), so there is nothing to pause")
            }
            Output.line("\(email) is paused\(paused.resumeDay.map { " until \($0)" } ?? "")")
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Send to a paused subscriber again.")
        @Argument(help: "The address.") var email: String
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let installation = try await common.installation(needs: .records)
            let subscriber = try await find(email, in: installation)
            guard let now = try await SubscriptionService(installation).resume(subscriber, source: "cli") else {
                throw CommandFailure("\(email) is \(subscriber.state.rawValue), not paused")
            }
            Output.line("\(email) is active, next due \(Output.time(now.nextDigestAt))")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a subscriber and all data about them.",
            discussion:
                "The consent log keeps a keyed hash of the address. To stop mails but keep the history, use pause.")
        @Argument(help: "The address.") var email: String
        @Flag(name: .long, help: "Keep a keyed hash of the address, so that it never gets mail again.")
        var neverAgain = false
        @Flag(name: .long, help: "Forget a suppression of the address too, so that it may be mailed again.")
        var forget = false
        @OptionGroup var common: CommonOptions

        func validate() throws {
            if neverAgain, forget {
                throw ValidationError("--never-again and --forget are opposites; give one of them")
            }
        }

        func run() async throws {
            let installation = try await common.installation(needs: .records)
            let subscriber = try await find(email, in: installation)
            let desk = SubscriptionService(installation)
            _ = try await desk.remove(subscriber, neverAgain: neverAgain, source: "cli")
            let isReleased = forget ? try await desk.forgetSuppression(of: subscriber.address) : false
            Output.line(
                "\(email) is removed\(neverAgain ? " and never mailed again" : "")\(isReleased ? ", its suppression too" : "")"
            )
        }
    }
}

/// - Throws: a sentence that says how to see who is there.
func find(_ email: String, in installation: Installation) async throws -> Subscriber {
    let address = try Address(email)
    guard let subscriber = try await installation.database.subscribers.subscriber(address: address) else {
        throw CommandFailure("\(address) is not a subscriber; `broadsheet subscribers list` names all")
    }
    return subscriber
}
