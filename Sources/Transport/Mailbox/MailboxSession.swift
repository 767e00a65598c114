import CCurl
import Foundation

/// One visit to a mailbox: list, read, and delete or leave each message. All commands go over one connection by libcurl.
public actor MailboxSession {
    /// A message's number: an IMAP UID, or its place in a POP3 maildrop.
    public typealias Number = Int

    private let server: MailboxServer
    private let handle: CurlHandle
    private var hasConnected = false
    private var hasDeleted = false
    /// What the server answered in this session, the last lines of it.
    private var answers: [String] = []
    /// In bytes, as far as the server has told.
    private var sizes: [Number: Int] = [:]

    /// The most of a message that is read: a bounce says what it has to say at its beginning.
    public static let mostBytes = 1 << 20
    /// POP3 gives whole messages only (RFC 1939 section 5), so longer ones are not asked for.
    public static let mostTransferred = 4 << 20
    /// Answers that are kept for the sake of the last, and how much of each.
    private static let mostAnswers = 20
    private static let longestAnswer = 300
    /// The most of a list that is read: what follows waits for the next visit.
    private static let mostListed = 1 << 20

    public init(_ server: MailboxServer) throws(TransportError) {
        self.server = server
        handle = try CurlHandle()
        handle.set(CURLOPT_PROTOCOLS_STR, "imaps,pop3s")
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, server.connectTimeout.milliseconds)
        handle.set(CURLOPT_TIMEOUT_MS, (server.connectTimeout + server.responseTimeout).milliseconds)
        handle.set(CURLOPT_USERNAME, server.user)
        handle.set(CURLOPT_PASSWORD, server.password.value)
        if let caFile = server.caFile {
            handle.set(CURLOPT_CAINFO, caFile)
            handle.set(CURLOPT_CAPATH, nil)
        }
    }

    /// The messages that nobody has dealt with, oldest first.
    ///
    /// In an IMAP folder those that are flagged were left for a person by ``leave(_:)`` and do not count.
    public func list() async throws(TransportError) -> [Number] {
        switch server.kind {
        case .imaps:
            let answer = try await perform(folder, "UID SEARCH UNDELETED UNFLAGGED", most: Self.mostListed)
            return Self.lines(answer).filter { $0.uppercased().hasPrefix("* SEARCH") }
                .flatMap { $0.split(separator: " ").compactMap { Int($0) } }.filter { $0 > 0 }
        case .pop3s:
            sizes = [:]
            let listed = Self.lines(try await perform("", nil, most: Self.mostListed)).compactMap { line in
                let numbers = line.split(separator: " ").prefix(2).map { Int($0) }
                if numbers.count == 2, let number = numbers[0], let size = numbers[1] { sizes[number] = size }
                return numbers.first ?? nil
            }
            return listed.filter { $0 > 0 }
        }
    }

    /// The bytes of a message, where the server has told.
    public func size(of number: Number) -> Int? { sizes[number] }

    /// The first ``mostBytes`` of a message. It stays in the mailbox.
    ///
    /// - Throws: ``TransportError`` of kind `tooLarge` for a message in a POP3 maildrop that is longer than
    ///   ``mostTransferred``, and of kind `refusedByServer` where the server does not give this one.
    public func read(_ number: Number) async throws(TransportError) -> [UInt8] {
        switch server.kind {
        case .imaps:
            // The server sends no more than is wanted (RFC 3501 section 6.4.5).
            return try await perform("\(folder)/;UID=\(number)/;PARTIAL=0.\(Self.mostBytes)", nil)
        case .pop3s:
            if let size = sizes[number], size > Self.mostTransferred {
                throw TransportError(
                    .tooLarge,
                    "a mail in \(server) has \(size) bytes, over the limit of \(Self.mostTransferred): look at it and delete it there"
                )
            }
            return try await perform("\(number)", nil)
        }
    }

    /// ``read(_:)`` for whoever goes on with the next message where one cannot be had.
    public func attempt(_ number: Number) async -> Result<[UInt8], TransportError> {
        do throws(TransportError) { return .success(try await read(number)) } catch { return .failure(error) }
    }

    /// The message has been dealt with, and what follows from it is stored.
    public func delete(_ number: Number) async throws(TransportError) {
        hasDeleted = true
        switch server.kind {
        case .imaps: _ = try await perform(folder, #"UID STORE \#(number) +FLAGS.SILENT (\Deleted)"#)
        case .pop3s: _ = try await perform("\(number)", "DELE", hasBody: false)
        }
    }

    /// A person is to look at the message; POP3 has no way to say so, there it just stays.
    public func leave(_ number: Number) async throws(TransportError) {
        guard server.kind == .imaps else { return }
        _ = try await perform(folder, #"UID STORE \#(number) +FLAGS.SILENT (\Flagged)"#)
    }

    /// Makes the deletions last.
    public func close() async throws(TransportError) {
        guard hasDeleted else { return }
        switch server.kind {
        case .imaps: _ = try await perform(folder, "EXPUNGE")
        // POP3 deletes at QUIT (RFC 1939 section 6), and only this tells whether it did.
        case .pop3s: _ = try await perform("", "QUIT", hasBody: false)
        }
    }

    private var folder: String {
        server.folder.addingPercentEncoding(withAllowedCharacters: .urlHostAllowed) ?? server.folder
    }

    /// Runs one command, or a plain retrieval, on a thread of its own.
    private func perform(
        _ path: String, _ command: String?, hasBody: Bool = true, most: Int = mostBytes
    ) async throws(TransportError) -> [UInt8] {
        let handle = handle
        let url = "\(server)/\(path)"
        typealias Answer = (result: Result<[UInt8], CurlHandle.Failure>, lines: [String])
        let answer = await BlockingThread.run("mailbox") { () -> Answer in
            var bytes: [UInt8] = []
            var lines: [String] = []
            handle.set(CURLOPT_URL, url)
            handle.set(CURLOPT_CUSTOMREQUEST, command)
            handle.set(CURLOPT_NOBODY, hasBody ? 0 : 1)
            // The rest is read and dropped: stopping would end the connection.
            handle.onBody = { piece in
                bytes.append(contentsOf: piece.prefix(most - bytes.count))
                return .goOn
            }
            handle.onHeader = { line in
                if lines.count == Self.mostAnswers { lines.removeFirst() }
                lines.append(
                    String(decoding: line.prefix(Self.longestAnswer), as: UTF8.self).trimmingCharacters(in: .newlines))
                return .goOn
            }
            defer {
                handle.onBody = { _ in .goOn }
                handle.onHeader = { _ in .goOn }
            }
            let result = Result { () throws(CurlHandle.Failure) in
                try handle.perform()
                return bytes
            }
            return (result, lines)
        }
        answers = answer.lines
        switch answer.result {
        case .success(let bytes):
            try checkConnection()
            return bytes
        case .failure(let failure): throw explain(failure)
        }
    }

    /// In a POP3 session that began anew the numbers may mean other messages.
    private func checkConnection() throws(TransportError) {
        defer { hasConnected = true }
        guard hasConnected, server.kind == .pop3s, handle.info(CURLINFO_NUM_CONNECTS) > 0 else { return }
        throw TransportError(
            .interrupted, "\(server) closed the connection meanwhile: what is left waits for the next time")
    }

    /// The lines of a list. A number at the end of one that was cut off might be another's beginning: it is left out.
    private static func lines(_ bytes: [UInt8]) -> [String] {
        let whole = bytes.count < mostListed ? bytes[...] : bytes.dropLast(lastWord(of: bytes))
        return String(decoding: whole, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }

    private static func lastWord(of bytes: [UInt8]) -> Int { bytes.reversed().prefix { $0 > 0x20 }.count }

    private func explain(_ failure: CurlHandle.Failure) -> TransportError {
        switch failure.code {
        case CURLE_COULDNT_RESOLVE_HOST:
            TransportError(.nameNotFound, "the mailbox's name in \(server) is not known: check it and DNS")
        case CURLE_COULDNT_CONNECT:
            TransportError(
                .cannotConnect, "no connection to \(server) (\(failure.message)): check host, port and firewall")
        case CURLE_OPERATION_TIMEDOUT:
            TransportError(.timedOut, "\(server) did not answer in time: check host and port")
        case CURLE_PEER_FAILED_VERIFICATION:
            TransportError(
                .tls,
                "the certificate of \(server) is not valid for it (\(failure.message)): have it renewed, use the name in it, or name its authority's file in bounces.ca_file"
            )
        case CURLE_SSL_CONNECT_ERROR: TransportError(.tls, "no TLS with \(server) (\(failure.message)): check the port")
        case CURLE_SSL_CACERT_BADFILE:
            TransportError(
                .tls, "the certificate file for \(server) cannot be used (\(failure.message)): check its path")
        case CURLE_LOGIN_DENIED: explain(MailboxRefusal(lines: answers, failure: failure.message))
        case CURLE_REMOTE_FILE_NOT_FOUND, CURLE_QUOTE_ERROR:
            TransportError(
                .refusedByServer,
                "\(server) refuses a command for \(self.server.folder)\(Self.quoted(MailboxRefusal(lines: answers, failure: "").said)): check the folder's name"
            )
        default: TransportError(.interrupted, "reading \(server) failed: \(failure.message)")
        }
    }

    private func explain(_ refusal: MailboxRefusal) -> TransportError {
        let said = Self.quoted(refusal.said)
        return switch refusal.cause {
        case .credentials:
            TransportError(
                .authentication, "\(server) refuses the login\(said): check user and password of the mailbox")
        case .tryLater:
            TransportError(
                .unavailable,
                "\(server) accepts no logins for now\(said): the next check tries again; if this persists, check less often (bounces.interval)"
            )
        case .folder:
            TransportError(
                .refusedByServer,
                "\(server) opens no folder “\(server.folder)” for this user\(said): check the folder's name in bounces.mailbox"
            )
        case .mechanism:
            TransportError(
                .authentication,
                "\(server) offers no login by user and password\(said): allow it for this mailbox, or make a password for programs there"
            )
        }
    }

    /// The server's words as one line, in brackets.
    private static func quoted(_ said: String) -> String {
        let line = said.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : String($0) }.joined()
        return line.isEmpty ? "" : " (“\(line)”)"
    }
}
