import Foundation

/// Programs of the system that tests use.
public enum Command {
    public struct Failed: Error {
        public let status: Int32
        public let words: String

        public init(status: Int32, words: String) {
            self.status = status
            self.words = words
        }
    }

    /// Runs a program found in PATH and gives what it printed.
    @discardableResult
    public static func run(_ name: String, _ arguments: [String], in folder: URL? = nil) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.currentDirectoryURL = folder
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        let words = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(status: process.terminationStatus, words: String(decoding: words, as: UTF8.self))
        }
        return data
    }
}
