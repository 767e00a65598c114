import ArgumentParser
import Foundation
import Transport
import Workers

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check everything the installation stands on, and say how to mend what is wrong.",
        discussion: """
            Settings, database, templates, feeds, mail server (connection, TLS and login; nothing is sent), DKIM, SPF, DMARC, \
            MX and PTR, the site's address, certificates, clock, disk and the permissions of files with secrets. Nothing is \
            changed. Each line is ok, warning or failed. Exits with 1 if anything failed, otherwise with 0.
            """)
    @OptionGroup var output: FormatOption
    @Flag(name: .long, help: "Look at this machine only: no feed, mail server, DNS or web address is asked.")
    var offline = false
    @Option(name: .long, help: "Ask this name server (IPv4 address, or address:port) instead of the system's.")
    var dns: NameServer?
    @OptionGroup var common: CommonOptions

    struct NameServer: ExpressibleByArgument {
        let server: DNSResolver.Server

        init?(argument: String) {
            guard let server = DNSResolver.Server(argument) else { return nil }
            self.server = server
        }
    }

    func run() async throws {
        let findings = await findings()
        for finding in findings {
            if output.format == .json { try Output.json(finding) } else { Self.print(finding) }
        }
        if findings.contains(where: { $0.state == .failed }) { throw ExitCode(1) }
    }

    private func findings() async -> [Finding] {
        do {
            let resolver = DNSResolver(server: dns?.server)
            return await Doctor(settings: try await common.settings(), dns: resolver, offline: offline).examine()
        } catch {
            return Doctor.configuration(error)
        }
    }

    private static func print(_ finding: Finding) {
        let state = finding.state.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
        let check = finding.check.padding(toLength: 13, withPad: " ", startingAt: 0)
        Output.line("\(state)  \(check)  \(finding.found)")
        if let mend = finding.mend { Output.line("\(String(repeating: " ", count: 24))→ \(mend)") }
    }
}
