import Digests
import Foundation
import Hummingbird
import Workers

/// What does not change with the papers, and what is for programs.
struct SiteFiles: Sendable {
    let site: PublicSite
    private var installation: Installation { site.installation }

    func style(_ request: Request) async throws -> Response {
        try await site.answer(request, "style") {
            RenderedPage(
                StyleSheet.render(installation.templates[.english], site: installation.appearance),
                contentType: "text/css; charset=utf-8", maxAge: 3600)
        }
    }

    func icon(_ request: Request) async throws -> Response {
        try await site.answer(request, "icon") {
            RenderedPage(
                SiteIcon.svg(installation.appearance), contentType: "image/svg+xml; charset=utf-8", maxAge: 86_400)
        }
    }

    func logo(_ request: Request) async throws -> Response {
        guard let logo = installation.appearance.logo else { throw HTTPError(.notFound) }
        return try await site.answer(request, "logo") {
            RenderedPage(bytes: logo.bytes, contentType: "image/png", maxAge: 86_400)
        }
    }

    func about(_ request: Request) async throws -> Response {
        try await site.answer(request, "about") { site.render(AboutPage(), maxAge: 3600) }
    }

    func privacy(_ request: Request) async throws -> Response {
        try await site.answer(request, "privacy") {
            site.render(PrivacyPage(contact: installation.contactAddress), maxAge: 3600)
        }
    }

    func imprint(_ request: Request) async throws -> Response {
        try await site.answer(request, "imprint") {
            let name = installation.settings.operatorName
            return site.render(
                ImprintPage(
                    operatorName: name.isEmpty ? installation.settings.siteName : name,
                    contact: installation.contactAddress),
                maxAge: 3600)
        }
    }

    func sitemap(_ request: Request) async throws -> Response {
        try await site.answer(request, "sitemap") { try await Sitemap.read(installation).render() }
    }

    func robots(_ request: Request) async throws -> Response {
        try await site.answer(request, "robots") { Robots.render(baseURL: installation.settings.baseURL) }
    }
}

/// The site's sign in a browser's tab: a sheet with its lines, in the installation's colour.
enum SiteIcon {
    static func svg(_ site: SiteAppearance) -> String {
        let context = site.context
        func colour(_ name: String) -> String { if case .text(let text) = context[name] { text } else { "#000000" } }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="\(colour("accent"))"/>\
            <path d="M8 8h16v4H8zM8 15h16v2H8zM8 20h16v2H8zM8 25h9v2H8z" fill="\(colour("onAccent"))"/></svg>

            """
    }
}

extension Installation {
    /// Where people write to: the configured address, else the one where answers to mails go.
    var contactAddress: String {
        settings.contact ?? (settings.replyTo ?? settings.from).address.description
    }
}
