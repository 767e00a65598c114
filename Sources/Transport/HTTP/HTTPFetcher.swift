import Core
import Synchronization

/// Fetches documents by libcurl, each on a thread of its own.
///
/// Proxies are taken from the environment as libcurl does (`https_proxy`, `no_proxy` …).
public struct HTTPFetcher: Sendable {
    private let userAgent: String

    /// - Parameter userAgent: name, version and the site's address, so that an operator of a feed can reach us:
    ///   `Broadsheet/1.0 (+https://papers.example.org)`.
    public init(userAgent: String) { self.userAgent = userAgent }

    /// Fetches one document.
    ///
    /// Every status is an answer, 304, 404 and 500 too. Cancelling the task ends the transfer within a second.
    ///
    /// - Throws: ``TransportError`` when there is no answer, or one that passes the request's limits.
    public func fetch(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let cancellation = StopFlag()
        let userAgent = userAgent
        let result = await withTaskCancellationHandler {
            await BlockingThread.run("http") { () -> Result<HTTPResponse, TransportError> in
                Result { () throws(TransportError) in
                    try HTTPTransfer(request, userAgent: userAgent, cancellation: cancellation).run()
                }
            }
        } onCancel: {
            cancellation.set()
        }
        return try result.get()
    }
}
