import Foundation
import Logging
import Site
import Workers

/// Takes mails from standard input as `broadsheet bounces ingest` does, one after the other, in a process of its own: what
/// kills it is found out by its death.
enum ReturnedReader {
    /// What the program is started with to be one.
    static let argument = "--returned"

    /// Each mail comes with its length before it, in four bytes; answered by a line of the microseconds of processor time
    /// that it took, and what came of it.
    ///
    /// - Parameter folder: where the database is.
    static func run(folder: String) async throws {
        let installation = try await installation(folder: folder)
        let service = BounceService(installation)
        let input = FileHandle.standardInput
        while let head = try input.read(upToCount: 4), head.count == 4 {
            var mail: [UInt8] = []
            let length = head.reduce(0) { $0 << 8 | Int($1) }
            while mail.count < length, let more = try input.read(upToCount: length - mail.count), !more.isEmpty {
                mail += more
            }
            let start = processorTime
            let word: String
            do { word = name(try await service.take(mail)) } catch { word = "failure: \(error)" }
            let line = "\(Int((processorTime - start) * 1e6)) \(word.prefix(500).filter { !$0.isNewline })\n"
            FileHandle.standardOutput.write(Data(line.utf8))
        }
    }

    /// - Parameter folder: of a ``SendGround``.
    static func installation(folder: String) async throws -> Installation {
        var logger = Logger(label: "benchmarks")
        logger.logLevel = .error
        let settings = try await Settings(file: nil, environment: environment(folder: folder))
        return try await Installation(settings: settings, logger: logger)
    }

    static func environment(folder: String) -> [String: String] {
        [
            "BROADSHEET_DATABASE": "sqlite:\(folder)/bench.sqlite", "BROADSHEET_SMTP_URL": "smtp://127.0.0.1:1",
            "BROADSHEET_SMTP_TLS": "none", "BROADSHEET_SITE_INSTANCE": "benchmark",
            "BROADSHEET_WEB_BASE_URL": "https://papers.example.org",
            "BROADSHEET_MAIL_FROM": "Broadsheet <papers@example.org>",
            "BROADSHEET_BOUNCES_ADDRESS": "bounces+*@example.org",
        ]
    }

    /// Without what differs from mail to mail.
    private static func name(_ outcome: BounceService.Outcome) -> String {
        switch outcome {
        case .counted: "counted"
        case .suppressed: "suppressed"
        case .left: "left"
        case .nothing(let why): "nothing: \(why)"
        case .unknown: "unknown"
        case .setAside(let why, _): "set aside: \(why)"
        }
    }

    /// Seconds of this process.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// A ``ReturnedReader`` in a process of its own.
final class ReturnedProcess {
    /// What came of a mail.
    enum Outcome {
        /// Seconds of processor time, and what was done.
        case taken(Double, String)
        /// The process died.
        case died(String)
        /// It worked on for longer than anybody waits, and was killed.
        case hung
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    /// What it wrote as it died.
    private let log: URL

    /// Seconds that a mail may take before the process is killed.
    private static let patience = 60

    init(folder: URL) throws {
        log = folder.appendingPathComponent("reader.log")
        try Data().write(to: log)
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [ReturnedReader.argument, folder.path]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: log)
        process.currentDirectoryURL = folder
        try process.runUnmasked()
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    var peakMemory: Double { ProcessUsage(process: process.processIdentifier).peakMemory }

    func take(_ mail: [UInt8]) -> Outcome {
        let length = withUnsafeBytes(of: UInt32(mail.count).bigEndian) { Array($0) }
        do { try input.fileHandleForWriting.write(contentsOf: Data(length + mail)) } catch { return death() }
        var line: [UInt8] = []
        let descriptor = output.fileHandleForReading.fileDescriptor
        while line.last != 0x0A {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, Int32(Self.patience * 1000)) > 0 else {
                stop()
                return .hung
            }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return death() }
            line += buffer[..<count]
        }
        let words = String(decoding: line.dropLast(), as: UTF8.self).split(separator: " ", maxSplits: 1)
        return .taken((Double(words.first ?? "") ?? 0) / 1e6, words.count == 2 ? String(words[1]) : "")
    }

    private func death() -> Outcome {
        process.waitUntilExit()
        let text = String(decoding: (try? Data(contentsOf: log)) ?? Data(), as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.contains("Fatal error") } ?? ""
        return .died("signal or status \(process.terminationStatus) \(line)")
    }
}
