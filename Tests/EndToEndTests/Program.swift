import Foundation
import TestSupport
import Testing

/// The real program, run as a user would, in a folder of its own that goes with the test.
final class Program: Sendable {
    struct Run: Sendable {
        let status: Int32
        let output: String
        let complaints: String
    }

    let folder: URL
    let place: TestPlace
    private let environment: [String: String]

    /// - Parameter environment: beside it only PATH and HOME of the tests' own are handed on.
    init(_ environment: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-e2e-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        place = try TestPlace(in: folder)
        let inherited = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "TMPDIR"].contains($0.key) }
        self.environment = inherited.merging(
            ["BROADSHEET_DATABASE": place.url, "BROADSHEET_SMTP_TLS": "none"]
        ) { $1 }.merging(environment) { $1 }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Writes a file into the folder and gives its path.
    func file(_ name: String, _ text: String) throws -> String {
        let url = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    /// A process that is not started yet, for tests that end it themselves.
    func process(_ arguments: [String], _ extra: [String: String] = [:]) -> Process {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment.merging(extra) { $1 }
        return process
    }

    /// Runs a command to its end.
    func run(_ arguments: String..., environment extra: [String: String] = [:]) async throws -> Run {
        try await run(arguments, environment: extra)
    }

    func run(_ arguments: [String], environment extra: [String: String]) async throws -> Run {
        let process = process(arguments, extra)
        // Files, not pipes: a pipe that nobody reads while the program writes would stop it.
        let name = UUID().uuidString
        let output = folder.appendingPathComponent("\(name).out")
        let complaints = folder.appendingPathComponent("\(name).err")
        for url in [output, complaints] { try Data().write(to: url) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: complaints)
        process.standardInput = FileHandle.nullDevice
        let status = try await withCheckedThrowingContinuation { (done: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { done.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { done.resume(throwing: error) }
        }
        return Run(
            status: status, output: try String(contentsOf: output, encoding: .utf8),
            complaints: try String(contentsOf: complaints, encoding: .utf8))
    }

    /// The program lies beside the bundle of the tests.
    private static var executable: URL {
        let this =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: this).deletingLastPathComponent().appendingPathComponent("broadsheet")
    }
}

/// The folder of real feed documents, where the environment names one.
let realFeeds: URL? = ProcessInfo.processInfo.environment["BROADSHEET_TEST_FEEDS"].map { URL(fileURLWithPath: $0) }

/// JSON lines as dictionaries.
func jsonLines(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
}
