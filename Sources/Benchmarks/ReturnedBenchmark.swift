import Foundation
import Site
import TestTools
import Workers

/// Mails that came back to the address of bounces, damaged at random: each is dealt with, whatever stands in it, in a
/// fraction of a second.
///
/// `Benchmarks returned [MAILS] [SEED]`; the same seed gives the same mails but for the codes in them.
struct ReturnedBenchmark {
    private let count: Int
    private let seed: UInt64
    /// Mails that the real command takes as well.
    private let commands: Int

    /// Seconds of processor time that a mail may take. A debug build takes some ten times as long.
    #if DEBUG
        private static let mostTime = 5.0
    #else
        private static let mostTime = 0.5
    #endif
    private static let readers = 300
    /// Seconds that the command may take for one mail.
    private static let patience = 60.0
    /// The most faults that are told of.
    private static let told = 20

    private struct Report {
        var crashes = 0
        var failures = 0
        var slow = 0
        var commandFailures = 0
        var longest = 0.0
        var peakMemory = 0.0
        var outcomes: [String: Int] = [:]
        var faults: [String] = []
    }

    /// - Parameter arguments: how many mails, and the seed.
    init(arguments: [String], isQuick: Bool) throws {
        let numbers = arguments.compactMap { UInt64($0) }
        guard numbers.count == arguments.count, numbers.count <= 2 else {
            throw BenchmarkFailure("returned takes two numbers: how many mails, and the seed")
        }
        count = Int(clamping: numbers.first ?? (isQuick ? 1000 : 20_000))
        seed = numbers.count == 2 ? numbers[1] : 1
        commands = min(isQuick ? 40 : 300, count)
    }

    func run() async throws -> [Figure] {
        // A reader that dies must not end this process.
        signal(SIGPIPE, SIG_IGN)
        let ground = try await SendGround(subscribers: Self.readers, filters: 5, papers: 10)
        defer { ground.remove() }
        _ = try await ground.send(.unsigned, connections: 2)
        let codes = try await codes(ground)
        var random = SplitMix64(seed: seed)
        var reader = try ReturnedProcess(folder: ground.folder)
        defer { reader.stop() }
        var report = Report()
        for index in 0..<count {
            let mail = mail(index, codes, &random)
            switch reader.take(mail) {
            case .taken(let time, let outcome):
                report.outcomes[outcome.hasPrefix("failure") ? "failure" : outcome, default: 0] += 1
                report.longest = max(report.longest, time)
                if outcome.hasPrefix("failure") {
                    report.failures += 1
                    fault("\(outcome)", mail, &report)
                }
                if time > Self.mostTime {
                    report.slow += 1
                    fault(String(format: "%.0f ms of processor time", time * 1000), mail, &report)
                } else if index % max(1, count / commands) == 0 {
                    try await command(mail, ground, &report)
                }
            case .died(let how):
                report.crashes += 1
                fault("crash: \(how)", mail, &report)
                reader = try ReturnedProcess(folder: ground.folder)
            case .hung:
                report.slow += 1
                report.longest = max(report.longest, Self.patience)
                fault("more than \(Self.patience) s", mail, &report)
                reader = try ReturnedProcess(folder: ground.folder)
            }
            if index % 200 == 0 { report.peakMemory = max(report.peakMemory, reader.peakMemory) }
        }
        return try close(report)
    }

    private func close(_ report: Report) throws -> [Figure] {
        for (outcome, count) in report.outcomes.sorted(by: { $0.key < $1.key }) { print("# \(outcome): \(count)") }
        let figures = [
            Figure(name: "returned.mails", values: [Double(count)], unit: "mails of seed \(seed)"),
            Figure(name: "returned.crashes", values: [Double(report.crashes)], unit: "ends of the reader"),
            Figure(name: "returned.failures", values: [Double(report.failures)], unit: "mails that were not taken"),
            Figure(
                name: "returned.command_failures", values: [Double(report.commandFailures)],
                unit: "of \(commands) that the command took too"),
            Figure(name: "returned.slow", values: [Double(report.slow)], unit: "mails over the bound"),
            Figure(name: "returned.longest", values: [report.longest * 1000], unit: "ms of processor time, at most"),
            Figure(name: "returned.peak_memory", values: [report.peakMemory], unit: "MB"),
        ]
        guard !report.faults.isEmpty else { return figures }
        for figure in figures { print(figure) }
        let lines = report.faults.prefix(Self.told).joined(separator: "\n")
        throw BenchmarkFailure("\(report.faults.count) mails broke a bound:\n\(lines)")
    }

    // MARK: - Mails

    /// What stands for one delivery in a seed.
    private struct Codes {
        let sender: String
        let messageID: String
        let leaving: String
    }

    private func codes(_ ground: SendGround) async throws -> [Codes] {
        let installation = try await ReturnedReader.installation(folder: ground.folder.path)
        guard let addresses = installation.returnAddresses else { throw BenchmarkFailure("bounces.address is not set") }
        let mails = try await installation.database.ledger.newest(in: .sent, limit: Self.readers)
        guard !mails.isEmpty else { throw BenchmarkFailure("no mail was sent") }
        var codes: [Codes] = []
        for line in mails {
            guard let (mail, reader) = try await installation.database.bounces.origin(of: line.id) else { continue }
            codes.append(
                Codes(
                    sender: addresses.envelopeSender(subscriber: reader.id, nonce: mail.nonce),
                    messageID: installation.key.messageIDLocalPart(subscriber: reader.id, nonce: mail.nonce)
                        + "@example.org",
                    leaving: addresses.leaving(subscriber: reader.id, epoch: reader.tokenEpoch)))
        }
        return codes
    }

    private func mail(_ index: Int, _ codes: [Codes], _ random: inout SplitMix64) -> [UInt8] {
        let code = codes[index % codes.count]
        let text = ReturnedSeeds.all[index % ReturnedSeeds.all.count].replacing("SENDER", with: code.sender)
            .replacing("MESSAGEID", with: code.messageID).replacing("LEAVING", with: code.leaving)
        var mail = Array(text.utf8)
        for _ in 0..<([0, 1, 1, 1, 1, 2, 2, 3].randomElement(using: &random) ?? 1) {
            MailMutation.apply(to: &mail, &random)
        }
        return mail
    }

    /// Keeps a mail that did something wrong.
    private func fault(_ words: String, _ mail: [UInt8], _ report: inout Report) {
        guard report.faults.count < 1000 else { return }
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("broadsheet-returned-\(seed)-\(report.faults.count + 1).eml")
        if report.faults.count < Self.told { try? Data(mail).write(to: file) }
        let line = "\(words): \(mail.count) bytes, broadsheet bounces ingest \(file.path)"
        // At once too: a mail may take a minute.
        FileHandle.standardError.write(Data("\(line)\n".utf8))
        report.faults.append(line)
    }

    /// The same by the program itself, which a mail server starts for each mail.
    private func command(_ mail: [UInt8], _ ground: SendGround, _ report: inout Report) async throws {
        let file = ground.folder.appendingPathComponent("returned.eml")
        try Data(mail).write(to: file)
        let process = try ground.program(
            ["bounces", "ingest", file.path], ReturnedReader.environment(folder: ground.folder.path))
        let deadline = ContinuousClock.now + .seconds(Self.patience)
        while process.isRunning, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            report.commandFailures += 1
            return fault("the command ended with \(process.terminationStatus)", mail, &report)
        }
    }
}
