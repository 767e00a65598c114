import Foundation
import Site
import Store
import Transport

/// Whether the address that readers see is answered, by this installation and no other.
struct SiteCheck: Sendable {
    let settings: Settings
    /// Nil where it cannot be asked.
    let database: Database?
    let now: Date
    private let name = "web"

    init(settings: Settings, database: Database?, now: Date) {
        self.settings = settings
        self.database = database
        self.now = now
    }

    func run() async -> [Finding] {
        let url = settings.baseURL
        var request = HTTPRequest(url: url + "/healthz")
        request.allowsPrivateAddresses = true
        request.timeout = .seconds(15)
        let response: HTTPResponse
        do {
            response = try await HTTPFetcher(userAgent: ProgramVersion.userAgent("doctor")).fetch(request)
        } catch {
            return [
                .failed(
                    name, "\(url) is not answered: \(error)",
                    mend: "start `broadsheet serve` and the proxy in front of it, or correct web.base_url")
            ]
        }
        guard response.status == 200, let code = response.headers[SiteCode.header] else {
            return [
                .failed(
                    name, "\(url)/healthz does not lead to this program (status \(response.status))",
                    mend: "have the proxy hand requests to web.host and web.port, or correct web.base_url")
            ]
        }
        if let known = try? await siteCode(), known != code {
            return [
                .failed(
                    name, "\(url) is answered by another installation, with another site key",
                    mend: "correct web.base_url, or stop the other one")
            ]
        }
        return [reach(response)]
    }

    private func reach(_ response: HTTPResponse) -> Finding {
        let url = settings.baseURL
        if let end = response.certificateEnd {
            return ServerCheck.certificate(name, "\(url) is answered by this installation", end, now: now, "the proxy")
        }
        guard let host = URL(string: url)?.host(), host != "localhost", !host.hasPrefix("127.") else {
            return .warning(
                name, "\(url) is answered, but leads to this machine alone: links in mails work nowhere else",
                mend: "set web.base_url to the address that readers use")
        }
        return .warning(
            name, "\(url) is answered without TLS: mail providers' one-click unsubscribing needs https",
            mend: "put a proxy with TLS in front, and write https:// in web.base_url")
    }

    private func siteCode() async throws -> String? {
        if let key = settings.key { return SiteCode.code(SiteKey(key)) }
        return try await database?.installation.value("site_key").map { SiteCode.code(SiteKey($0)) }
    }
}

/// By what an installation is known to itself from outside: a code that follows from its key and betrays nothing of it.
public enum SiteCode {
    /// The header of `/healthz` that carries it.
    public static let header = "Broadsheet-Site"

    public static func code(_ key: SiteKey) -> String {
        key.code("site code", []).prefix(12).map { String(format: "%02x", $0) }.joined()
    }
}
