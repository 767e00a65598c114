import Foundation
import NIOCore

/// One connection's conversation (RFC 5321) without any I/O: bytes go in, steps come out.
struct SMTPServerSession {
    enum Step {
        case reply(String)
        /// The answer is the last plain thing; then TLS begins.
        case startTLS(String)
        case login(String)
        case message(ReceivedMessage, reply: String)
        case pause(milliseconds: Int)
        case close
    }

    private enum State {
        case command
        case authenticating(SMTPAuthentication)
        case body
        case closed
    }

    let options: SMTPReceiverOptions
    let connection: Int
    var input = ByteBuffer()
    private var commands = 0
    private var state = State.command
    private var isEncrypted = false
    private var isLoggedIn = false
    private var hasGreeted = false
    private var sender: String?
    private var recipients: [String] = []
    private var accepted = 0
    /// How far the body was searched for its end.
    private var searched = 0
    private var bodyAnnounced = false
    /// Steps that follow the one handed out.
    private var queued: [Step] = []
    /// A command whose delay has been served.
    private var delayed: SMTPStage?
    /// What is done once the delay has been served.
    private var afterDelay = SMTPAction.proceed

    init(options: SMTPReceiverOptions, connection: Int) {
        self.options = options
        self.connection = connection
        if case .implicit = options.tls { isEncrypted = true }
    }

    mutating func greeting() -> [Step] {
        act(.connect, "") { _ in .reply("220 loopback ESMTP") }
    }

    /// TLS is up: what was said in clear is forgotten (RFC 3207 section 4.2), and so is what was sent ahead.
    mutating func encrypted() {
        isEncrypted = true
        hasGreeted = false
        input.clear()
    }

    /// The next step, or nil when more bytes are needed.
    mutating func next() -> [Step]? {
        switch state {
        case .closed: return nil
        case .body: return nextOfBody()
        case .command, .authenticating:
            let start = input.readerIndex
            guard let line = input.readLine() else { return nil }
            commands += 1
            let steps = answer(line)
            if case .pause = steps.first {
                // Asked again once the pause is over.
                input.moveReaderIndex(to: start)
                commands -= 1
            }
            return steps
        }
    }

    /// Commands since the last call.
    mutating func takeCommandCount() -> Int {
        defer { commands = 0 }
        return commands
    }

    private mutating func answer(_ line: String) -> [Step] {
        if case .authenticating(var exchange) = state {
            state = .command
            let verdict = exchange.receive(line)
            return finish(verdict, exchange)
        }
        let parts = line.split(separator: " ", maxSplits: 1)
        let argument = parts.count > 1 ? String(parts[1]) : ""
        switch parts.first?.uppercased() ?? "" {
        case "EHLO": return act(.ehlo, argument) { $0.greet(line) }
        case "HELO": return act(.ehlo, argument) { $0.greet(line) }
        case "STARTTLS": return act(.startTLS, argument) { $0.beginTLS() }
        case "AUTH": return act(.auth, argument) { $0.beginLogin(argument) }
        case "MAIL": return act(.mail, address(argument)) { $0.beginMail(argument) }
        case "RCPT": return act(.rcpt, address(argument)) { $0.addRecipient(argument) }
        case "DATA": return act(.data, argument) { $0.beginBody() }
        case "RSET":
            return act(.rset, argument) {
                $0.endTransaction()
                return .reply("250 2.0.0 Ok")
            }
        case "NOOP": return [.reply("250 2.0.0 Ok")]
        case "QUIT":
            let steps = act(.quit, argument) { _ in .reply("221 2.0.0 Bye") }
            if case .pause = steps.first { return steps }
            state = .closed
            return steps + [.close]
        default: return [.reply("500 5.5.2 Unknown command")]
        }
    }

    /// Asks the script, then does the usual if it may.
    private mutating func act(
        _ stage: SMTPStage, _ argument: String, _ usual: (inout SMTPServerSession) -> Step
    ) -> [Step] {
        if delayed == stage {
            delayed = nil
            return ending(afterDelay, with: usual(&self))
        }
        let event = SMTPEvent(stage: stage, argument: argument, connection: connection, messages: accepted)
        let action = options.script(event)
        switch action {
        case .proceed: return [usual(&self)]
        case .reply(let text): return [.reply(text)]
        case .replyAndClose(let text):
            state = .closed
            return [.reply(text), .close]
        case .drop:
            state = .closed
            return [.close]
        case .delay(let milliseconds), .swallow(let milliseconds), .dropBefore(_, let milliseconds):
            delayed = stage
            afterDelay = action
            return [.pause(milliseconds: milliseconds)]
        }
    }

    /// The usual answer after a delay, with what the script wants beyond it.
    private mutating func ending(_ action: SMTPAction, with step: Step) -> [Step] {
        switch action {
        case .swallow: input.clear()
        case .dropBefore(let word, _) where String(buffer: input).contains(word):
            state = .closed
            if case .message(let message, _) = step { return [.message(message, reply: ""), .close] }
            return [.close]
        default: break
        }
        return [step]
    }

    private mutating func greet(_ line: String) -> Step {
        hasGreeted = true
        endTransaction()
        guard line.uppercased().hasPrefix("EHLO") else { return .reply("250 loopback") }
        var lines = ["loopback"] + options.extensions
        if case .startTLS = options.tls, !isEncrypted { lines.append("STARTTLS") }
        if options.credentials != nil, mayLogIn { lines.append("AUTH \(options.mechanisms.joined(separator: " "))") }
        let last = lines.count - 1
        return .reply(
            lines.enumerated().map { "250\($0.offset == last ? " " : "-")\($0.element)" }.joined(separator: "\n"))
    }

    private var mayLogIn: Bool {
        if case .startTLS = options.tls { return isEncrypted }
        return true
    }

    private func beginTLS() -> Step {
        guard case .startTLS = options.tls, !isEncrypted else { return .reply("502 5.5.1 STARTTLS is not offered") }
        return .startTLS("220 2.0.0 Ready to start TLS")
    }

    private mutating func beginLogin(_ argument: String) -> Step {
        guard let credentials = options.credentials, mayLogIn else { return .reply("503 5.5.1 AUTH is not offered") }
        guard var exchange = SMTPAuthentication(argument, credentials) else {
            return .reply("504 5.5.4 Unknown mechanism")
        }
        return finish(exchange.begin(), exchange).first ?? .reply("501 5.5.4 Syntax")
    }

    private mutating func finish(_ verdict: SMTPAuthentication.Verdict, _ exchange: SMTPAuthentication) -> [Step] {
        switch verdict {
        case .challenge(let text):
            state = .authenticating(exchange)
            return [.reply("334 \(text)")]
        case .accepted:
            isLoggedIn = true
            return [.login("235 2.7.0 Authentication successful")]
        case .refused: return [.reply("535 5.7.8 Authentication credentials invalid")]
        }
    }

    private mutating func beginMail(_ argument: String) -> Step {
        if case .startTLS = options.tls, !isEncrypted { return .reply("530 5.7.0 Must issue a STARTTLS command first") }
        if options.credentials != nil, !isLoggedIn { return .reply("530 5.7.0 Authentication required") }
        guard hasGreeted, sender == nil else { return .reply("503 5.5.1 Bad sequence") }
        guard argument.uppercased().hasPrefix("FROM:") else { return .reply("501 5.5.4 Syntax: MAIL FROM:<address>") }
        sender = address(argument)
        return .reply("250 2.1.0 Ok")
    }

    private mutating func addRecipient(_ argument: String) -> Step {
        guard sender != nil else { return .reply("503 5.5.1 MAIL first") }
        guard argument.uppercased().hasPrefix("TO:") else { return .reply("501 5.5.4 Syntax: RCPT TO:<address>") }
        recipients.append(address(argument))
        return .reply("250 2.1.5 Ok")
    }

    private mutating func beginBody() -> Step {
        guard sender != nil else { return .reply("503 5.5.1 MAIL first") }
        guard !recipients.isEmpty else { return .reply("554 5.5.1 No valid recipients") }
        state = .body
        searched = 0
        bodyAnnounced = false
        return .reply("354 End data with <CR><LF>.<CR><LF>")
    }

    private mutating func endTransaction() {
        sender = nil
        recipients = []
    }

    private func address(_ argument: String) -> String {
        guard let open = argument.firstIndex(of: "<"), let close = argument.lastIndex(of: ">"), open < close else {
            return argument
        }
        return String(argument[argument.index(after: open)..<close])
    }
}

// MARK: - The body

extension SMTPServerSession {
    private mutating func nextOfBody() -> [Step]? {
        if !bodyAnnounced, input.readableBytes > 0 {
            bodyAnnounced = true
            if let steps = interrupted() { return steps }
        }
        guard let end = DotStuffing.end(of: input, searched: &searched) else { return nil }
        let before = accepted
        let steps = act(.final, recipients.first ?? "") { session in
            if let most = session.options.mostBytes, end.body > most { return .reply(session.options.tooLarge) }
            let message = session.take(end)
            session.accepted += 1
            return .message(message, reply: "250 2.0.0 Ok: queued as \(session.connection).\(session.accepted)")
        }
        if case .pause = steps.first {
            // The end is found again once the pause is over.
            searched = 0
            return steps
        }
        if accepted == before { input.moveReaderIndex(forwardBy: end.body + end.terminator) }
        if case .body = state { state = .command }
        endTransaction()
        return steps
    }

    /// What the script does in the middle of a body; there is nothing to answer there.
    private mutating func interrupted() -> [Step]? {
        let event = SMTPEvent(stage: .body, argument: "", connection: connection, messages: accepted)
        switch options.script(event) {
        case .proceed, .reply: return nil
        case .delay(let milliseconds), .swallow(let milliseconds), .dropBefore(_, let milliseconds):
            return [.pause(milliseconds: milliseconds)]
        case .drop:
            state = .closed
            return [.close]
        case .replyAndClose(let text):
            state = .closed
            return [.reply(text), .close]
        }
    }

    private mutating func take(_ end: DotStuffing.End) -> ReceivedMessage {
        var slice = input.readSlice(length: end.body) ?? ByteBuffer()
        input.moveReaderIndex(forwardBy: end.terminator)
        let bytes = options.keepsBodies ? DotStuffing.removed(from: &slice) : []
        return ReceivedMessage(
            sender: sender ?? "", recipients: recipients, bytes: bytes, size: end.body, receivedAt: Date(),
            connection: connection)
    }
}

extension ByteBuffer {
    /// A line without its CRLF (or LF).
    fileprivate mutating func readLine() -> String? {
        guard let end = readableBytesView.firstIndex(of: 10) else { return nil }
        let bytes = readBytes(length: end - readerIndex + 1) ?? []
        return String(decoding: bytes.dropLast(bytes.dropLast().last == 13 ? 2 : 1), as: UTF8.self)
    }
}
