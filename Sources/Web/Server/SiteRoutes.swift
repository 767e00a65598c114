import Core
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Workers

/// Every address of the site and what answers it.
struct SiteRoutes: Sendable {
    let installation: Installation
    let site: PublicSite
    private let limits: RequestLimits

    /// - Parameter interval: how often it is asked whether papers changed, at most.
    init(_ installation: Installation, interval: Duration = .seconds(1)) {
        self.installation = installation
        limits = RequestLimits(installation.settings.webLimits)
        site = PublicSite(installation, limits: limits, interval: interval)
    }

    func router() -> Router<SiteContext> {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        let clients = ClientAddresses(installation.settings.webLimits, logger: installation.logger)
        router.add(middleware: SecurityHeaders(isHTTPS: installation.settings.baseURL.hasPrefix("https:")))
        router.add(middleware: RequestLanguage(installation: installation))
        router.add(middleware: ErrorPages(installation: installation))
        router.add(middleware: OriginCheck(baseURL: installation.settings.baseURL))
        router.add(middleware: CurrentClient(clients: clients))
        router.add(middleware: FormLimiter(limits: limits, clock: installation.clock))
        // A search is one however its address is spelt: what counts it stands on the route.
        let searches = router.group().add(middleware: SearchLimiter(limits: limits, clock: installation.clock))

        PublicRoutes(site: site).add(to: router, searches: searches)
        HealthRoutes(installation: installation).add(to: router)
        let metrics = MetricsPage(installation)
        router.get("/metrics") { request, context in try await metrics.answer(request, context, clients) }
        let signups = SignupPages(installation: installation, front: FrontPages(site: site), limits: limits)
        router.post("/subscribe") { request, context in
            try await signups.subscribe(try await Posted(request), from: clients.client(of: request, context))
        }

        let languages = LanguagePages(installation: installation)
        router.post("/language") { request, _ in try languages.choose(try await Posted(request)) }

        let filters = FilterPages(installation: installation)
        router.get("/filters/help") { _, _ in filters.help() }
        searches.get("/filters/try") { request, _ in
            try await filters.trial(FormFields(request.uri.query ?? "")["filter"] ?? "")
        }

        let links = LinkPages(installation: installation)
        router.get("/confirm") { request, _ in
            let region = AcceptLanguage(request.headers[.acceptLanguage] ?? "").region
            return try await links.confirm(request.token, region: region)
        }
        router.post("/confirm") { request, _ in try await links.confirmed(try await Posted(request)) }

        router.post("/preferences/link") { request, _ in try await links.mailLink(try await Posted(request)) }

        let leaving = LeavingPages(installation: installation)
        router.get("/unsubscribe") { request, _ in try await leaving.unsubscribe(request.token) }
        router.post("/unsubscribe") { request, _ in try await leaving.unsubscribed(try await Posted(request)) }
        router.post("/unsubscribe/reason") { request, _ in try await leaving.reason(try await Posted(request)) }
        router.get("/unsubscribe/undo") { request, _ in try await leaving.undo(request.token) }
        router.post("/unsubscribe/undo") { request, _ in try await leaving.undone(try await Posted(request)) }

        let preferences = PreferencesPages(installation: installation)
        router.get("/preferences") { request, _ in try await preferences.show(request.token) }
        router.post("/preferences") { request, _ in try await preferences.save(try await Posted(request)) }
        router.post("/preferences/marks") { request, _ in try await preferences.forget(try await Posted(request)) }

        let library = LibraryPages(installation: installation)
        router.get("/preferences/library") { request, _ in
            try await library.show(request.token, before: FormFields(request.uri.query ?? "")["before"])
        }
        router.post("/preferences/library") { request, _ in try await library.add(request) }
        router.post("/preferences/library/delete") { request, _ in try await library.remove(try await Posted(request)) }

        let lifeCycle = LifeCyclePages(installation: installation)
        router.post("/preferences/pause") { request, _ in try await lifeCycle.pause(try await Posted(request)) }
        router.post("/preferences/resume") { request, _ in try await lifeCycle.resume(try await Posted(request)) }
        router.post("/preferences/address") { request, _ in
            try await lifeCycle.askNewAddress(try await Posted(request))
        }
        router.post("/preferences/links") { request, _ in try await lifeCycle.voidLinks(try await Posted(request)) }
        router.get("/address") { request, _ in try await lifeCycle.newAddress(request.token) }
        router.post("/address") { request, _ in try await lifeCycle.changeAddress(try await Posted(request)) }
        router.post("/preferences/export") { request, _ in try await lifeCycle.export(try await Posted(request)) }
        router.get("/preferences/delete") { request, _ in try await lifeCycle.askDelete(request.token) }
        router.post("/preferences/delete") { request, _ in try await lifeCycle.delete(try await Posted(request)) }

        let marks = MarkPages(installation: installation)
        router.get("/mark") { request, _ in
            try await marks.show(FormFields(request.uri.query ?? ""), token: request.token)
        }
        router.post("/mark") { request, _ in try await marks.save(try await Posted(request)) }

        AdminRoutes(installation, clients: clients)?.add(to: router)
        return router
    }
}

/// What a form brought: its fields, and the token of the form or, as one-click posts have it, of the address.
struct Posted: Sendable {
    let fields: FormFields
    let token: String

    /// The most bytes of a form; ours are far smaller.
    private static let maxBytes = 65_536

    init(_ request: Request) async throws {
        var request = request
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: Self.maxBytes)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // Such as a chunk without a size, or an end before it is whole; the connection is closed after the answer.
            throw HTTPError(.badRequest)
        }
        fields = FormFields(String(buffer: body))
        token = fields["token"] ?? request.token
    }
}

extension Request {
    /// The token of the query; empty where there is none.
    var token: String { FormFields(uri.query ?? "")["token"] ?? "" }
}

extension Installation {
    /// A page as an answer.
    ///
    /// - Parameter reader: whose language wins over the browser's.
    func answer(
        _ page: some Page, to reader: Subscriber? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        let language = reader?.language ?? currentLanguage
        return Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .contentLanguage: language.tag],
            body: .init(
                byteBuffer: ByteBuffer(
                    string: page.render(templates[language], site: appearance(in: language)))))
    }
}
