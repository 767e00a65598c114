import Core
import Digests
import Foundation
import HTTPTypes
import Hummingbird
import Mail
import Store
import Workers

/// In which language a request is answered: that of `?lang=de`, else the one chosen at the foot of a page, else the one
/// its browser likes best, else the installation's. What a reader chose with their preferences wins over all of them, see
/// ``Installation/answer(_:to:status:)``.
struct RequestLanguage<Context: RequestContext>: RouterMiddleware {
    let installation: Installation

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let asked = FormFields(request.uri.query ?? "")["lang"].flatMap { Language(tag: $0) }
        let language =
            asked ?? LanguageCookie.language(in: request.headers)
            ?? AcceptLanguage(request.headers[.acceptLanguage] ?? "").best() ?? installation.settings.language
        var response = try await CurrentLanguage.$value.withValue(language) {
            try await CurrentForm.$isPosted.withValue(request.method == .post) { try await next(request, context) }
        }
        if response.headers[.contentLanguage] != nil {
            response.headers[fields: .vary].append(.init(name: .vary, value: "Accept-Language, Cookie"))
        }
        return response
    }
}

/// The language of the request that is being answered.
enum CurrentLanguage {
    @TaskLocal static var value: Language?
}

/// Whether the page that is being made answers a form. It has no address then, and browsers that take a link to a place in it
/// for a request would lose it.
enum CurrentForm {
    @TaskLocal static var isPosted = false
}

extension Installation {
    /// The language of the request that is being answered.
    var currentLanguage: Language { CurrentLanguage.value ?? settings.language }
    var currentTexts: Texts { templates[currentLanguage].texts }

    /// In the language of a reader's pages: their own choice, else that of the request.
    func texts(of reader: Subscriber) -> Texts { templates[reader.language ?? currentLanguage].texts }
}

/// What a browser says of its reader's languages (RFC 9110 section 12.5.4).
struct AcceptLanguage {
    /// Those named, the one liked best first.
    private let ranges: [(tag: String, quality: Double)]

    /// The most that are read; browsers send a handful.
    private static let most = 30

    init(_ field: String) {
        let ranges = field.split(separator: ",").prefix(Self.most).compactMap {
            part -> (tag: String, quality: Double)? in
            let pieces = part.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let tag = pieces.first, !tag.isEmpty else { return nil }
            let weight = pieces.dropFirst().first { $0.lowercased().hasPrefix("q=") }
            guard let weight else { return (tag, 1) }
            guard let quality = Double(weight.dropFirst(2)), (0...1).contains(quality) else { return nil }
            return (tag, quality)
        }
        // Equal ones stay in their order.
        self.ranges = ranges.enumerated().sorted { left, right in
            (right.element.quality, left.offset) < (left.element.quality, right.offset)
        }.map(\.element)
    }

    /// The country of the language that is liked best, in ISO 3166's two letters: that of `de-CH`, also where plain `de` stands
    /// before it. Nil where none is named; that of another language tells where people learned it.
    var region: String? {
        let liked = ranges.filter { $0.quality > 0 }.map { $0.tag.split(separator: "-") }
        guard let language = liked.first?.first?.lowercased() else { return nil }
        return liked.lazy.filter { $0.first?.lowercased() == language }
            // Between them there may be a script: `zh-Hant-TW`.
            .compactMap { $0.dropFirst().prefix(2).first { $0.utf8.count == 2 && $0.allSatisfy(\.isASCIILetter) } }
            .first?.uppercased()
    }

    /// The language of ours that is liked best; `de-AT` takes German. Nil where none is named, or any will do.
    func best() -> Language? {
        let refused = Set(ranges.filter { $0.quality == 0 }.compactMap { Language(tag: $0.tag) })
        for range in ranges where range.quality > 0 {
            if range.tag == "*" { return nil }
            if let language = Language(tag: range.tag), !refused.contains(language) { return language }
        }
        return nil
    }
}

extension Character {
    fileprivate var isASCIILetter: Bool { isASCII && isLetter }
}
