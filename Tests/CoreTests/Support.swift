import Foundation

@testable import Core

/// A file of a zone, built byte by byte.
struct SampleTZif {
    var version: UInt8 = 50
    var transitions: [(at: Int64, type: UInt8)] = []
    var types: [(offset: Int32, isSaving: UInt8, name: UInt8)] = [(3600, 0, 0)]
    var names = Array("CET\0CEST\0".utf8)
    var leaps: UInt32 = 0
    var footer = "\nCET-1\n"

    var bytes: [UInt8] {
        guard version >= 50 else { return header + body(size: 4) }
        var empty = SampleTZif()
        (empty.version, empty.names) = (version, [0])
        return empty.header + empty.body(size: 4) + header + body(size: 8) + Array(footer.utf8)
    }

    private var header: [UInt8] {
        let counts = [0, 0, leaps, UInt32(transitions.count), UInt32(types.count), UInt32(names.count)]
        return Array("TZif".utf8) + [version] + Array(repeating: 0, count: 15)
            + counts.flatMap { Self.bigEndian($0, 4) }
    }

    private func body(size: Int) -> [UInt8] {
        transitions.flatMap { Self.bigEndian($0.at, size) } + transitions.map(\.type)
            + types.flatMap { Self.bigEndian($0.offset, 4) + [$0.isSaving, $0.name] } + names
            + Array(repeating: 0, count: Int(leaps) * (size + 4))
    }

    private static func bigEndian(_ number: some FixedWidthInteger, _ size: Int) -> [UInt8] {
        let bits = UInt64(truncatingIfNeeded: number)
        return (0..<size).reversed().map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
    }
}

/// A folder with zones of a test's own.
final class SampleFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("zones-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try write("UTC", SampleTZif(types: [(0, 0, 0)], names: Array("UTC\0".utf8), footer: "\nUTC0\n").bytes)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Replaces a file as packages do, by another of the same name.
    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file, options: .atomic)
    }

    func write(_ name: String, hours: Int) throws {
        let sign = hours > 0 ? "-" : ""
        try write(
            name,
            SampleTZif(
                types: [(Int32(hours) * 3600, 0, 0)], names: Array("XXX\0".utf8), footer: "\nXXX\(sign)\(abs(hours))\n"
            ).bytes)
    }

    func write(_ name: String, text: String) throws { try write(name, Array(text.utf8)) }
}

extension Date {
    init(_ text: String) throws { self = try Date.ISO8601FormatStyle().parse(text) }
}
