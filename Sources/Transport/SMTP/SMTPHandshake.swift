import CCurl
import Core
import Foundation

/// Connecting by libcurl: TCP (or a proxy), TLS with its checks, EHLO, AUTH. Blocks.
///
/// libcurl stops there (`CURLOPT_CONNECT_ONLY`) and leaves the connection for ``SMTPConversation``.
final class SMTPHandshake {
    private let server: SMTPServer
    private let handle: CurlHandle
    private let cancellation: StopFlag
    private var parser = SMTPReplyParser()
    private var replies: [SMTPReply] = []

    init(_ server: SMTPServer, cancellation: StopFlag) throws(TransportError) {
        self.server = server
        self.cancellation = cancellation
        handle = try CurlHandle()
        try configure()
    }

    func run() throws(TransportError) -> (handle: CurlHandle, capabilities: SMTPCapabilities, identity: String) {
        handle.onHeader = { [unowned self] in take($0) }
        handle.onProgress = { [unowned self] in cancellation.isSet ? .stop : .goOn }
        // The handle outlives this object, which its callbacks must not.
        defer {
            handle.onHeader = { _ in .goOn }
            handle.onProgress = { .goOn }
        }
        do {
            try handle.perform()
        } catch {
            throw explain(error)
        }
        // The last 250 answers EHLO, after STARTTLS if that was used; 235 answers AUTH.
        let ehlo = replies.last { $0.code == 250 }
        let capabilities = ehlo.map(SMTPCapabilities.init(ehlo:)) ?? SMTPCapabilities()
        // libcurl goes on silently when a server offers no AUTH at all.
        guard server.user == nil || !capabilities.authentication.isEmpty else {
            throw TransportError(
                .authentication,
                "\(server) offers no AUTH on this connection: remove the user, or ask its operator for the right port",
                reply: replies.last, stage: .auth)
        }
        return (handle, capabilities, SMTPRelayIdentity.identity(greeting: replies.first, ehlo: ehlo))
    }

    private func configure() throws(TransportError) {
        let name = server.clientName ?? ""
        guard name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2F }) else {
            throw TransportError(.badInput, "the name for EHLO is not a host name: write it as mail.example.org")
        }
        let path = name.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
        handle.set(CURLOPT_URL, "\(server)/\(path)")
        handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        handle.set(CURLOPT_CONNECT_ONLY, 1)
        handle.set(CURLOPT_CERTINFO, 1)
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, server.connectTimeout.milliseconds)
        handle.set(CURLOPT_TIMEOUT_MS, (server.connectTimeout + server.responseTimeout).milliseconds)
        let tls = server.needsTLS ? CURLUSESSL_ALL : server.tls == .opportunistic ? CURLUSESSL_TRY : CURLUSESSL_NONE
        handle.set(CURLOPT_USE_SSL, Int(tls.rawValue))
        if let caFile = server.caFile {
            handle.set(CURLOPT_CAINFO, caFile)
            handle.set(CURLOPT_CAPATH, nil)
        }
        handle.set(CURLOPT_SSLCERT, server.clientCertificateFile)
        handle.set(CURLOPT_SSLKEY, server.clientKeyFile)
        guard let user = server.user else { return }
        handle.set(CURLOPT_USERNAME, user)
        if let token = server.bearerToken {
            handle.set(CURLOPT_XOAUTH2_BEARER, token.value)
            handle.set(CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2")
        } else {
            handle.set(CURLOPT_PASSWORD, server.password.value)
        }
    }

    /// libcurl hands every line of every reply to the header callback.
    private func take(_ bytes: UnsafeRawBufferPointer) -> CurlHandle.Verdict {
        parser.append(bytes)
        while true {
            guard let reply = try? parser.next() else { return .goOn }
            replies.append(reply)
        }
    }
}

// MARK: - Errors

extension SMTPHandshake {
    /// How far it came, by what the server has said.
    private var stage: SendStage {
        switch replies.last?.code {
        case nil: .banner
        case 220: replies.filter { $0.code == 220 }.count > 1 ? .startTLS : .ehlo
        case 334: .auth
        case 250: server.user != nil && (!server.needsTLS || replies.contains { $0.code == 220 }) ? .auth : .ehlo
        default: replies.count == 1 ? .banner : .ehlo
        }
    }

    private func explain(_ failure: CurlHandle.Failure) -> TransportError {
        let reply = replies.last
        let said = reply.map { "it said \"\($0)\"" } ?? failure.message
        func error(_ kind: TransportError.Kind, _ text: String, _ stage: SendStage?) -> TransportError {
            TransportError(kind, text, reply: reply, stage: stage)
        }
        switch failure.code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            return error(.nameNotFound, "the SMTP server's name in \(server) is not known: check it and DNS", nil)
        case CURLE_COULDNT_CONNECT:
            return error(
                .cannotConnect, "no connection to \(server) (\(failure.message)): check host, port and firewall", nil)
        case CURLE_OPERATION_TIMEDOUT:
            return error(
                .timedOut,
                "\(server) did not answer in time (at \(stage)): check host, port and whether it wants smtps", stage)
        case CURLE_USE_SSL_FAILED:
            if let reply, !reply.isPositive, stage == .startTLS || reply.isTransient {
                return error(
                    .refusedByServer, "\(server) cannot begin TLS now (\(said)): try later, or ask its operator",
                    .startTLS)
            }
            return error(
                .tls,
                "\(server) offers no STARTTLS although TLS is required: use smtps:// and its port, or correct the server",
                .startTLS)
        case CURLE_PEER_FAILED_VERIFICATION:
            return error(
                .tls,
                "the certificate of \(server) is not valid for it (\(failure.message)): have it renewed, use the name in it, or name its authority's file",
                .startTLS)
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM:
            return error(
                .tls, "a certificate file for \(server) cannot be used (\(failure.message)): check its path and form",
                .startTLS)
        case CURLE_SSL_CONNECT_ERROR:
            return error(
                .tls, "no TLS with \(server) (\(failure.message)): check the port and whether it wants smtp or smtps",
                .startTLS)
        case CURLE_LOGIN_DENIED: return refusedLogin(reply, said)
        case CURLE_WEIRD_SERVER_REPLY:
            return error(.refusedByServer, "\(server) does not take connections now (\(said)): try later", .banner)
        case CURLE_REMOTE_ACCESS_DENIED:
            return error(.refusedByServer, "\(server) refuses EHLO (\(said)): check the name for EHLO", .ehlo)
        case CURLE_ABORTED_BY_CALLBACK:
            return error(.cancelled, "connecting to \(server) was cancelled", stage)
        default:
            return error(
                .interrupted, "the connection to \(server) broke off at \(stage) (\(failure.message)): try later", stage
            )
        }
    }

    /// Of a login that failed: a way to log in that is not offered and a server that cannot check it now are not a wrong
    /// password.
    private func refusedLogin(_ reply: SMTPReply?, _ said: String) -> TransportError {
        func error(_ kind: TransportError.Kind, _ text: String) -> TransportError {
            TransportError(kind, "\(server) \(text)", reply: reply, stage: .auth)
        }
        if let reply, reply.isTransient || reply.closesConnection {
            return error(.refusedByServer, "cannot check the login now (\(said)): try later")
        }
        let offered = replies.last { $0.code == 250 }.map(SMTPCapabilities.init(ehlo:))?.authentication ?? []
        // Nothing but the offer was said where no way to log in was tried.
        guard reply?.code == 250 || reply?.code == 504 else {
            return server.bearerToken == nil
                ? error(.authentication, "refuses the login (\(said)): check user and password")
                : error(.authentication, "refuses the login (\(said)): check the user and the token in smtp.token_file")
        }
        let list = offered.joined(separator: ", ")
        if server.bearerToken != nil {
            return error(.authentication, "takes no OAuth 2 token (XOAUTH2): it offers \(list); use a password instead")
        }
        if offered.contains("XOAUTH2") || offered.contains("OAUTHBEARER") {
            return error(
                .authentication,
                "takes no password: it offers \(list); put an OAuth 2 access token into the file smtp.token_file")
        }
        return error(
            .authentication,
            "offers no way to log in that is known here: it offers \(list), and PLAIN or LOGIN is needed; ask its operator for one of them"
        )
    }
}
