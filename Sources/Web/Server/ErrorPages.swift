import Hummingbird
import Workers

/// Turns what goes wrong into a page; the reason of a fault of ours is in the log, not on the page.
struct ErrorPages: RouterMiddleware {
    let installation: Installation

    func handle(
        _ request: Request, context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError {
            var answer = installation.answer(ErrorPage(status: error.status.code), status: error.status)
            // Such as Retry-After.
            for field in error.headers { answer.headers[field.name] = field.value }
            return answer
        } catch let busy as Busy {
            var answer = installation.answer(ErrorPage(busy), status: busy.status)
            answer.headers[.retryAfter] = Busy.seconds(busy.wait)
            return answer
        } catch {
            // The path without its query: that may hold a token.
            installation.logger.error("\(request.method) \(request.uri.path): \(error)")
            return installation.answer(ErrorPage(status: 500), status: .internalServerError)
        }
    }
}
