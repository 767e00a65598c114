import ArgumentParser
import Foundation
import Mail
import Site

struct DKIMCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dkim", abstract: "Keys that sign mails.", subcommands: [Generate.self, Records.self])

    struct Generate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create an RSA and an Ed25519 key and print the DNS records to publish.",
            discussion: """
                The keys go into two files that only their owner may read; files that exist are left alone. Publish both \
                records, wait until they can be seen, then put the printed lines into the settings.
                """)
        @Argument(help: "The domain that signs: that of mail.from.") var domain: String
        @Option(name: .long, help: "The folder for the key files.") var output: String = "."
        @Option(name: .long, help: "The name under which the keys are published.") var selector = "broadsheet"

        func run() async throws {
            var settings = ["dkim:", "  domain: \(domain)", "  selector: \(selector)"]
            let folder = URL(fileURLWithPath: output)
            for (algorithm, name) in [(DKIMKey.Algorithm.rsa, "rsa"), (.ed25519, "ed25519")] {
                let key = try DKIMKey.generate(algorithm)
                let file = folder.appendingPathComponent("dkim-\(name).pem")
                try Self.write(key.pem, to: file.path)
                Output.line(DKIMRecord.line(key, selector: "\(selector)-\(name)", domain: domain))
                settings.append("  \(name)_key_file: \(file.path)")
            }
            Output.complain((["", "Then, in the settings:"] + settings).joined(separator: "\n"))
        }

        /// With its mode from the first moment, and never over another key.
        private static func write(_ pem: String, to path: String) throws {
            let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
            guard file >= 0 else {
                let why = errno == EEXIST ? "it exists already" : String(cString: strerror(errno))
                throw SiteError(path, "the key cannot be written: \(why)", mend: "name another folder with --output")
            }
            try FileHandle(fileDescriptor: file, closeOnDealloc: true).write(contentsOf: Data(pem.utf8))
        }
    }

    struct Records: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the DNS records of the keys that the settings name.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let settings = try await common.settings()
            guard let domain = settings.dkimDomain else {
                throw SiteError("dkim.domain", "there is none", mend: "make keys with `broadsheet dkim generate`")
            }
            for (name, pem) in [("rsa", settings.dkimRSAKey), ("ed25519", settings.dkimEd25519Key)] {
                guard let pem else { continue }
                let key = try DKIMKey(pem: pem)
                Output.line(DKIMRecord.line(key, selector: "\(settings.dkimSelector)-\(name)", domain: domain))
            }
        }
    }
}

/// A record as zone files have it.
private enum DKIMRecord {
    /// One string of a TXT record holds at most 255 bytes (RFC 1035 3.3.14).
    private static let stringLength = 250

    static func line(_ key: DKIMKey, selector: String, domain: String) -> String {
        var rest = Substring(key.dnsRecord)
        var strings: [String] = []
        while !rest.isEmpty {
            strings.append("\"\(rest.prefix(stringLength))\"")
            rest = rest.dropFirst(stringLength)
        }
        return "\(selector)._domainkey.\(domain). IN TXT ( \(strings.joined(separator: " ")) )"
    }
}
