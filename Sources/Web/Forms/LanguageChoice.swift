import Core
import Digests
import Foundation
import HTTPTypes
import Hummingbird
import Mail
import Workers

/// What a visitor chose at the foot of a page, in the only cookie that readers get: whoever chooses nothing gets none.
enum LanguageCookie {
    private static let name = "language"
    private static let lifetime = 365 * 86_400

    /// The language that a browser brought back; nil where it has none of ours.
    static func language(in headers: HTTPFields) -> Language? {
        Cookies(from: headers[values: .cookie])[name].flatMap { Language(rawValue: $0.value) }
    }

    /// What has a browser keep the choice for a year (RFC 6265).
    ///
    /// - Parameter isHTTPS: whether readers reach the site over TLS.
    static func field(_ language: Language, isHTTPS: Bool) -> String {
        "\(name)=\(language.rawValue); Path=/; Max-Age=\(lifetime); SameSite=Lax; HttpOnly\(isHTTPS ? "; Secure" : "")"
    }
}

/// `POST /language`: keeps the language that a visitor chose, and leads back to the page.
struct LanguagePages: Sendable {
    let installation: Installation

    /// The form posts `language` and `to`, the path of the page on which it stands. The address to which it leads back names the
    /// language: browsers that ask no server again for a page they have just had would show it as it was.
    func choose(_ posted: Posted) throws -> Response {
        guard let language = Language(rawValue: posted.fields["language"] ?? "") else { throw HTTPError(.badRequest) }
        return Response(
            status: .seeOther,
            headers: [
                .location: Self.naming(language, Self.local(posted.fields["to"] ?? "")),
                .setCookie: LanguageCookie.field(
                    language, isHTTPS: installation.settings.baseURL.hasPrefix("https:")),
            ])
    }

    private static func naming(_ language: Language, _ path: String) -> String {
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let others = parts.dropFirst().joined().split(separator: "&").filter { !$0.hasPrefix("lang=") }
        return parts[0] + "?" + (others + ["lang=\(language.rawValue)"]).joined(separator: "&")
    }

    /// A path of this site, whatever the form holds; `//host` and `/\host` are other sites to browsers.
    private static func local(_ path: String) -> String {
        let isPath = path.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }
        guard isPath, path.hasPrefix("/"), !path.hasPrefix("//"), path.utf8.count <= 8000 else { return "/" }
        return path
    }
}

/// The languages from which the foot of a page lets its visitor choose.
enum LanguageSwitch {
    static func choices(_ chosen: Language) -> [TemplateContext] {
        Language.allCases.map { language in
            var context = TemplateContext()
            context.set("value", language.rawValue)
            context.set("label", language.ownName)
            context.set("tag", language.tag)
            context.set("isChosen", language == chosen)
            return context
        }.inRow
    }
}
