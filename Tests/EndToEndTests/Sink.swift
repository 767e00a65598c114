import Foundation
import Loopback
import Mail

/// Postfix's smtp-sink: an SMTP server that none of us wrote. Each message becomes a file.
final class Sink: Sendable {
    static let executable = ["/usr/sbin/smtp-sink", "/usr/lib/postfix/sbin/smtp-sink"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    let port: Int
    private let folder: URL
    private let process: Process

    /// - Parameter options: further options of smtp-sink, such as a delay.
    init(_ options: [String] = []) async throws {
        port = try await LoopbackPort.free()
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-sink-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // Started by root it insists on being somebody else, who must be able to write.
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
        process = Process()
        process.executableURL = URL(fileURLWithPath: Self.executable ?? "/usr/sbin/smtp-sink")
        let user = getuid() == 0 ? ["-u", "nobody"] : []
        process.arguments =
            user + options + ["-d", "\(folder.path)/%M.", "127.0.0.1:\(port)", "256"]
        // Or a sink that outlives its test would keep the runner's own output open.
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Asks by connecting: to try the port by binding it could take it from the sink that is just starting.
        await Awaiting.until { [port] in Self.accepts(port) }
    }

    deinit {
        // A test runner may have had SIGTERM ignored, which children inherit.
        kill(process.processIdentifier, SIGKILL)
        try? FileManager.default.removeItem(at: folder)
    }

    /// The messages so far. Before the message itself smtp-sink writes its envelope as X- header lines.
    func messages() throws -> [SunkMessage] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            SunkMessage(try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
        }
    }

    private static func accepts(_ port: Int) -> Bool {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard connection >= 0 else { return false }
        defer { close(connection) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

/// A message as smtp-sink dumped it.
struct SunkMessage: Sendable {
    let text: String
    let parsed: ParsedMessage

    init(_ text: String) {
        self.text = text
        parsed = ParsedMessage(text.utf8)
    }

    var recipient: String { parsed.fields["x-rcpt-args"].map { $0.filter { $0 != "<" && $0 != ">" } } ?? "" }
    var messageID: String { parsed.fields["message-id"] ?? "" }
    var subject: String { parsed.fields["subject"] ?? "" }
    var plain: String { parsed.part("text/plain")?.text ?? "" }
    /// The address that one POST unsubscribes at.
    var unsubscribe: String {
        (parsed.fields["list-unsubscribe"] ?? "").split(separator: ">").first.map { String($0.drop { $0 != "h" }) }
            ?? ""
    }
}
