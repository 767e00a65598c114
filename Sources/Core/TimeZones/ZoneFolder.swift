import Foundation

/// A folder with the compiled files of the time-zone database.
struct ZoneFolder: Sendable, Equatable {
    /// Without a slash at its end.
    let path: String

    /// Where systems keep it: Debian and most others, and what Python looks through as well.
    static let usual = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"]

    /// The most bytes of a table that are read: `tzdata.zi` has 110,000.
    static let mostOfTable = 2 << 20

    /// Whether a folder holds such files.
    init?(_ path: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        // Every installation has one of them; smaller ones lack the others.
        let probes = ["UTC", "Etc/UTC", "Europe/London", "America/New_York"]
        guard path.hasPrefix("/"), probes.contains(where: { stamp($0) != nil }) else { return nil }
    }

    /// Whether a text has the form of a zone's name: letters, digits, `+`, `-` and `_` in at most three parts. So it cannot
    /// lead out of the folder.
    static func isName(_ text: String) -> Bool {
        guard text.utf8.count <= 64 else { return false }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard 1...3 ~= parts.count else { return false }
        return parts.allSatisfy { part in
            // A lower-case folder is none of zones: `posix` and `right` hold copies.
            guard let first = part.first, 65...90 ~= first else { return false }
            return part.allSatisfy {
                48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
                    || $0 == UInt8(ascii: "_")
            }
        }
    }

    /// By which a file that was replaced is told from what it was.
    struct Stamp: Sendable, Equatable {
        let device: UInt64
        let file: UInt64
        let size: Int64
        let seconds: Int
        let nanoseconds: Int

        init(_ status: stat) {
            device = UInt64(status.st_dev)
            file = UInt64(status.st_ino)
            size = Int64(status.st_size)
            seconds = Int(status.st_mtim.tv_sec)
            nanoseconds = Int(status.st_mtim.tv_nsec)
        }

        var modified: Date { Date(timeIntervalSince1970: Double(seconds)) }
    }

    /// That of a regular file in the folder; nil where there is none.
    func stamp(_ name: String) -> Stamp? { Self.stamp(ofFile: "\(path)/\(name)") }

    static func stamp(ofFile path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Stamp(status)
    }

    /// The rules in a zone's file.
    ///
    /// - Parameter name: one that ``isName(_:)`` takes.
    /// - Returns: nil where there is no such file.
    /// - Throws: ``BrokenZone``
    func zone(_ name: String) throws(BrokenZone) -> (file: TZifFile, bytes: [UInt8])? {
        guard stamp(name) != nil else { return nil }
        let file = "\(path)/\(name)"
        guard let bytes = Self.read(file, most: TZifFile.most) else {
            throw BrokenZone(file: file, problem: "it cannot be read, or has more than \(TZifFile.most) bytes")
        }
        do {
            return (try TZifFile(bytes), bytes)
        } catch {
            throw BrokenZone(file: file, problem: error.description)
        }
    }

    /// The lines of one of the tables beside the zones, such as `zone.tab`; none where it is not there.
    func lines(_ table: String) -> [Substring] {
        guard let bytes = Self.read("\(path)/\(table)", most: Self.mostOfTable) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    }

    /// All of a regular file; nil where it is none, cannot be read or has more than `most` bytes.
    static func read(_ path: String, most: Int) -> [UInt8]? {
        // Without waiting: what lies there may be a pipe.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= most else {
            return nil
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= most {
            let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0, errno != EINTR { return nil }
            if count > 0 { bytes += buffer[..<count] }
        }
        return nil
    }

    /// The names of all zones by their files, in no order.
    func names() -> [String] {
        var names: [String] = []
        collect(in: "", depth: 0, &names)
        return names
    }

    /// The most names that are read; there are 600.
    private static let mostNames = 5000

    private func collect(in folder: String, depth: Int, _ names: inout [String]) {
        let here = folder.isEmpty ? path : "\(path)/\(folder)"
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: here) else { return }
        for entry in entries where names.count < Self.mostNames {
            let name = folder.isEmpty ? entry : "\(folder)/\(entry)"
            guard Self.isName(name) else { continue }
            var status = stat()
            guard stat("\(path)/\(name)", &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFREG {
                names.append(name)
            } else if status.st_mode & S_IFMT == S_IFDIR, depth < 2 {
                collect(in: name, depth: depth + 1, &names)
            }
        }
    }
}

/// A file of the time-zone database that cannot be used.
public struct BrokenZone: Error, CustomStringConvertible, Sendable, Equatable {
    public let file: String
    public let problem: String

    public var description: String { "\(file) cannot be used as a time zone: \(problem)" }
}
