import Foundation
import Loopback

/// Dovecot: an IMAP and POP3 server that none of us wrote, with one mailbox in a folder of its own.
final class Dovecot: Sendable {
    static let executable = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    static let password = "p@ss/word"

    let imaps: Int
    let pop3s: Int
    let folder: URL
    /// The authority to trust.
    var certificate: String { folder.appendingPathComponent("cert.pem").path }
    private let process: Process

    init() async throws {
        imaps = try await LoopbackPort.free()
        pop3s = try await LoopbackPort.free()
        // Its sockets' paths must be short.
        folder = URL(fileURLWithPath: "/tmp/broadsheet-\(UInt32.random(in: 0 ... .max))")
        let files = FileManager.default
        for name in ["run", "state", "mail/cur", "mail/new", "mail/tmp"] {
            try files.createDirectory(at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        for name in ["mail", "mail/cur", "mail/new", "mail/tmp"] {
            // Started by root it insists on being somebody else, who must be able to write.
            try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.appendingPathComponent(name).path)
        }
        try Self.run(
            "/usr/bin/env",
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-keyout", "\(folder.path)/key.pem", "-out", "\(folder.path)/cert.pem", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            ])
        let configuration = folder.appendingPathComponent("dovecot.conf")
        try Data(Self.configuration(folder.path, imaps: imaps, pop3s: pop3s).utf8).write(to: configuration)
        process = Process()
        process.executableURL = URL(fileURLWithPath: Self.executable ?? "/usr/sbin/dovecot")
        process.arguments = ["-F", "-c", configuration.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        try await waitUntilListening()
    }

    deinit {
        // A test runner may have had SIGTERM blocked, which children inherit. Its own children end when it is gone.
        kill(process.processIdentifier, SIGKILL)
        try? FileManager.default.removeItem(at: folder)
    }

    /// Puts a message into the mailbox, as a mail server would.
    func deliver(_ message: [UInt8]) throws {
        let name = "\(Int(Date().timeIntervalSince1970)).\(UUID().uuidString).test"
        let temporary = folder.appendingPathComponent("mail/tmp/\(name)")
        try Data(message).write(to: temporary)
        try FileManager.default.moveItem(at: temporary, to: folder.appendingPathComponent("mail/new/\(name)"))
    }

    /// How many messages are in the mailbox.
    var count: Int {
        get throws {
            try ["cur", "new"].map {
                try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("mail/\($0)").path)
                    .count
            }.reduce(0, +)
        }
    }

    private func waitUntilListening() async throws {
        let asking = ["openssl", "s_client", "-brief", "-connect", "localhost:\(imaps)"]
        await Awaiting.until { (try? Self.run("/usr/bin/env", asking)) != nil }
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        for output in [\Process.standardOutput, \Process.standardError] {
            process[keyPath: output] = FileHandle.nullDevice
        }
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }

    private static func configuration(_ folder: String, imaps: Int, pop3s: Int) -> String {
        let isRoot = getuid() == 0
        let (user, group) =
            isRoot ? ("dovecot", "dovecot") : (name(of: getpwuid(getuid())?.pointee.pw_name), "\(getgid())")
        let owner = isRoot ? "nobody" : user
        return """
            base_dir = \(folder)/run
            state_dir = \(folder)/state
            log_path = \(folder)/log
            protocols = imap pop3
            listen = 127.0.0.1
            ssl = required
            ssl_cert = <\(folder)/cert.pem
            ssl_key = <\(folder)/key.pem
            mail_location = maildir:\(folder)/mail
            auth_failure_delay = 0
            default_internal_user = \(user)
            default_internal_group = \(group)
            default_login_user = \(isRoot ? "dovenull" : user)
            passdb {
              driver = static
              args = password=\(password)
            }
            userdb {
              driver = static
              args = uid=\(owner) gid=\(isRoot ? "nogroup" : group) home=\(folder)/mail
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = 0
              }
              inet_listener imaps {
                port = \(imaps)
              }
            }
            service pop3-login {
              chroot =
              inet_listener pop3 {
                port = 0
              }
              inet_listener pop3s {
                port = \(pop3s)
              }
            }
            service anvil {
              chroot =
            }

            """
    }

    private static func name(of text: UnsafeMutablePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}
