import Foundation
import Logging
import Site

/// Writes each log entry as one line: for people, or as a JSON object.
///
/// From `info` upwards no line holds a mail address: see ``Redactor``.
public struct LineLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    private let label: String
    private let format: LogFormat
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes one line with its end; standard error where none is given.
    public init(
        label: String, format: LogFormat, level: Logger.Level,
        write: @escaping @Sendable (String) -> Void = { FileHandle.standardError.write(Data($0.utf8)) }
    ) {
        self.label = label
        self.format = format
        self.write = write
        logLevel = level
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let redactor = event.level > .debug ? Redactor.redacted : { $0 }
        var message = event.message.description
        if let error = event.error { message += ": \(error)" }
        let details = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { redactor($0.description) }
        let time = Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(.now)
        let entry = Entry(
            time: time, level: event.level.rawValue, message: redactor(message), label: label,
            details: details.isEmpty ? nil : details)
        write((format == .json ? entry.json : entry.text) + "\n")
    }

    private struct Entry: Encodable {
        let time: String
        let level: String
        let message: String
        let label: String
        let details: [String: String]?

        var json: String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        }

        var text: String {
            let details = (details ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            let line = "\(time) \(level) \(label):\(details) \(message)"
            return line.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
    }
}
