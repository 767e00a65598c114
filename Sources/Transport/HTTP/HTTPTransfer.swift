import CCurl
import Core
import Foundation

/// One fetch from beginning to end, on the thread that runs it.
///
/// Redirects are followed here and not by libcurl, so that each is checked, counted and reported.
final class HTTPTransfer {
    private let request: HTTPRequest
    private let handle: CurlHandle
    private let deadline: ContinuousClock.Instant
    private let cancellation: StopFlag
    private let proxies = EnvironmentProxies()
    private var headers = HTTPHeaders()
    private var headerBytes = 0
    private var body: [UInt8] = []
    /// Why a callback stopped the transfer.
    private var stopped: TransportError?
    private var url: String
    private var redirects: [HTTPRedirect] = []
    private var first: FetchTarget?
    /// The port of a private address that may be connected to. The leave to lie on one is for the scheme, host and port that
    /// were named, not for where they redirect to.
    private var privatePort: Int?

    private static let maxHeaderBytes = 256 * 1024

    init(_ request: HTTPRequest, userAgent: String, cancellation: StopFlag) throws(TransportError) {
        self.request = request
        self.cancellation = cancellation
        url = request.url
        deadline = ContinuousClock.now + request.timeout
        handle = try CurlHandle()
        configure(userAgent)
    }

    func run() throws(TransportError) -> HTTPResponse {
        while true {
            let target = try target()
            let first = self.first ?? target
            self.first = first
            privatePort = request.allowsPrivateAddresses && target.hasOrigin(of: first) ? target.port : nil
            if privatePort == nil, target.isPrivateLiteral { throw refused(target.host) }
            try transfer()
            let status = target.scheme == "file" ? 200 : handle.info(CURLINFO_RESPONSE_CODE)
            guard [301, 302, 303, 307, 308].contains(status), let next = handle.text(CURLINFO_REDIRECT_URL) else {
                return HTTPResponse(
                    status: status, headers: headers, body: body, finalURL: url, redirects: redirects,
                    certificateEnd: handle.certificateEnd)
            }
            redirects.append(HTTPRedirect(status: status, from: url, to: next))
            guard redirects.count <= request.maxRedirects else {
                throw TransportError(
                    .tooManyRedirects,
                    "\(shown) redirects more than \(request.maxRedirects) times, last to \(FetchTarget.redacted(next)): give the final address"
                )
            }
            url = next
        }
    }

    /// Where to go next, where that is allowed.
    private func target() throws(TransportError) -> FetchTarget {
        guard !redirects.isEmpty else { return try FetchTarget(url, schemes: request.allowedSchemes) }
        do throws(TransportError) {
            return try FetchTarget(url, schemes: webSchemes)
        } catch {
            throw TransportError(error.kind, "\(FetchTarget.redacted(request.url)) redirects: \(error.description)")
        }
    }

    private var webSchemes: Set<String> { request.allowedSchemes.intersection(["http", "https"]) }

    /// The URL for errors: where it began, and where it got to.
    private var shown: String {
        let first = FetchTarget.redacted(request.url)
        return redirects.isEmpty ? first : "\(first) (redirected to \(FetchTarget.redacted(url)))"
    }

    private func configure(_ userAgent: String) {
        handle.set(CURLOPT_USERAGENT, userAgent)
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.set(CURLOPT_ACCEPT_ENCODING, "")
        handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        handle.set(CURLOPT_CERTINFO, 1)
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.milliseconds)
        handle.set(CURLOPT_LOW_SPEED_LIMIT, request.minimumBytesPerSecond)
        handle.set(CURLOPT_LOW_SPEED_TIME, 20)
        handle.set(CURLOPT_MAXFILESIZE_LARGE, offset: Int64(request.maxBytes))
        handle.set(CURLOPT_PROTOCOLS_STR, request.allowedSchemes.sorted().joined(separator: ","))
        var lines = ["Accept: \(request.accept)"]
        if let etag = request.etag { lines.append("If-None-Match: \(etag)") }
        if let lastModified = request.lastModified { lines.append("If-Modified-Since: \(lastModified)") }
        // A validator comes from a server; one with a line end must not become two headers.
        handle.setHeaders(lines.filter { $0.utf8.allSatisfy { $0 >= 0x20 } })
        handle.onBody = { [unowned self] in take($0) }
        handle.onHeader = { [unowned self] in takeHeader($0) }
        handle.onProgress = { [unowned self] in checkCancelled() }
        handle.mayConnect = { [unowned self] in mayConnect($0, $1) }
    }

    private func transfer() throws(TransportError) {
        headers = HTTPHeaders()
        headerBytes = 0
        body = []
        stopped = nil
        let left = deadline - .now
        guard left > .zero, !cancellation.isSet else {
            throw cancellation.isSet ? cancelled : timedOut
        }
        handle.set(CURLOPT_URL, url)
        handle.set(CURLOPT_TIMEOUT_MS, max(1, left.milliseconds))
        do {
            try handle.perform()
        } catch {
            throw stopped ?? explain(error)
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer) -> CurlHandle.Verdict {
        guard body.count + bytes.count <= request.maxBytes else {
            stopped = tooLarge
            return .stop
        }
        body.append(contentsOf: bytes)
        return .goOn
    }

    private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> CurlHandle.Verdict {
        headerBytes += bytes.count
        guard headerBytes <= Self.maxHeaderBytes else {
            stopped = TransportError(.tooLarge, "\(shown) sends more than \(Self.maxHeaderBytes) bytes of headers")
            return .stop
        }
        let line = String(decoding: bytes, as: UTF8.self)
        // A new status line follows 100 Continue and the like; only the last answer counts.
        if line.hasPrefix("HTTP/") { headers = HTTPHeaders() } else { headers.append(line: line) }
        return .goOn
    }

    private func checkCancelled() -> CurlHandle.Verdict {
        guard cancellation.isSet else { return .goOn }
        stopped = cancelled
        return .stop
    }

    /// A proxy the environment names is the operator's choice, wherever it stands.
    private func mayConnect(_ address: IPAddress, _ port: UInt16) -> Bool {
        if address.isPublic || privatePort == Int(port) || proxies.contains(address, port) { return true }
        stopped = refused(address.description)
        return false
    }
}

// MARK: - Errors

extension HTTPTransfer {
    private var cancelled: TransportError { TransportError(.cancelled, "the fetch of \(shown) was cancelled") }

    private var timedOut: TransportError {
        TransportError(
            .timedOut,
            "\(shown) did not answer in full within \(request.timeout.milliseconds) ms: try later or allow more time")
    }

    private var tooLarge: TransportError {
        TransportError(.tooLarge, "\(shown) is larger than \(request.maxBytes) bytes: raise the limit if that is right")
    }

    private func refused(_ address: String) -> TransportError {
        TransportError(
            .forbidden,
            "\(shown) leads to \(address), which is on this machine or in a private network: if that is meant, name this very address and allow it with --private, or as private in the feeds file"
        )
    }

    private func explain(_ failure: CurlHandle.Failure) -> TransportError {
        let words = failure.message
        switch failure.code {
        case CURLE_OPERATION_TIMEDOUT: return timedOut
        case CURLE_FILESIZE_EXCEEDED: return tooLarge
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            return TransportError(.nameNotFound, "the host of \(shown) is not known (\(words)): check the name and DNS")
        case CURLE_COULDNT_CONNECT:
            return TransportError(.cannotConnect, "no connection to \(shown) (\(words)): check the address and port")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE:
            return TransportError(
                .tls, "\(shown) has no valid TLS (\(words)): its operator must renew or correct the certificate")
        // The scheme was checked before: what is left is an answer without a status line.
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
            return TransportError(.protocolViolation, "\(shown) does not speak HTTP (\(words)): check the port")
        case CURLE_URL_MALFORMAT:
            return TransportError(.badInput, "\(shown) is not a usable address (\(words))")
        case CURLE_FILE_COULDNT_READ_FILE:
            return TransportError(.unavailable, "\(shown) cannot be read: check that the file exists and may be read")
        default: return TransportError(.interrupted, "the fetch of \(shown) broke off (\(words)): try later")
        }
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
