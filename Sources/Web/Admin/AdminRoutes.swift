import Digests
import Hummingbird
import Papers
import Site
import Workers

/// The addresses below `/admin`, which exist where the settings hold the hash of a password.
struct AdminRoutes: Sendable {
    private let desk: AdminDesk
    private let door: AdminDoor

    /// Nil where there are no such pages.
    init?(_ installation: Installation, clients: ClientAddresses) {
        guard let password = installation.settings.adminPassword else { return nil }
        desk = AdminDesk(installation: installation)
        door = AdminDoor(desk: desk, password: password, clients: clients)
    }

    func add(to router: Router<SiteContext>) {
        let door = door
        let style = RenderedPage(
            desk.installation.templates[.english].render(.adminStyle, desk.installation.appearance.context),
            contentType: "text/css; charset=utf-8", maxAge: 3600)
        router.get("/admin/style.css") { request, _ in style.answer(to: request, stamp: { "" }) }
        let outside = router.group("/admin").add(middleware: AdminHeaders())
        outside.get("/login") { request, _ in try await door.show(request) }
        outside.post("/login") { request, context in try await door.logIn(request, context) }

        let inside = router.group("/admin").add(middleware: AdminHeaders()).add(middleware: AdminAccess(door: door))
        inside.post("/logout") { request, _ in try await door.logOut(request) }
        inside.post("/logout/everywhere") { _, _ in try await door.logOutEverywhere() }
        let overview = AdminOverview(desk: desk)
        inside.get("") { _, _ in try await overview.show() }
        addFeeds(to: inside)
        addMails(to: inside)
        addSubscribers(to: inside)
    }

    private func addFeeds(to group: RouterGroup<SiteContext>) {
        let feeds = AdminFeeds(desk: desk)
        group.get("/feeds") { request, _ in try await feeds.list(request) }
        group.post("/feeds/:id/:act") { request, context in
            try await feeds.act(try context.parameters.require("act"), id: try context.number())
        }
    }

    private func addMails(to group: RouterGroup<SiteContext>) {
        let mails = AdminMails(desk: desk)
        group.get("/mails") { request, _ in try await mails.list(request) }
        group.post("/mails/:id/retry") { _, context in try await mails.retry(try context.number()) }
    }

    private func addSubscribers(to group: RouterGroup<SiteContext>) {
        let readers = AdminSubscribers(desk: desk)
        group.get("/subscribers") { request, _ in try await readers.search(request) }
        group.get("/subscribers/:id") { request, context in
            try await readers.show(try context.number(), notice: request.done)
        }
        group.get("/subscribers/:id/unsubscribe") { _, context in
            try await readers.askToUnsubscribe(try context.number())
        }
        // The router looks no further than this name for another method.
        group.post("/subscribers/:id/unsubscribe") { request, context in
            try await readers.act("unsubscribe", id: try context.number(), try await Posted(request))
        }
        group.get("/subscribers/:id/preview") { _, context in try await readers.preview(try context.number()) }
        group.get("/subscribers/:id/preview.eml") { _, context in try await readers.message(try context.number()) }
        group.post("/subscribers/:id/:act") { request, context in
            try await readers.act(
                try context.parameters.require("act"), id: try context.number(), try await Posted(request))
        }
    }
}

extension SiteContext {
    /// The number in the address.
    ///
    /// - Throws: `HTTPError` 404 for what is none.
    fileprivate func number() throws -> Int64 {
        guard let number = WholeNumber.parse(try parameters.require("id")) else { throw HTTPError(.notFound) }
        return number
    }
}

extension Request {
    /// What was done before this page was asked for, see ``AdminNotice``.
    var done: AdminNotice? { AdminNotice(rawValue: FormFields(uri.query ?? "")["done"] ?? "") }
}

/// Keeps the operator's pages out of caches and search engines, also where a proxy looks at nothing but headers.
struct AdminHeaders: RouterMiddleware {
    func handle(
        _ request: Request, context: SiteContext, next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.cacheControl] = "no-store"
        response.headers[.named("X-Robots-Tag")] = "noindex, nofollow"
        return response
    }
}
