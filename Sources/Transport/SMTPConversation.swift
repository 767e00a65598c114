/// The mail transactions of one connection without any I/O: messages and replies go in, bytes and outcomes come out.
///
/// With PIPELINING (RFC 2920) MAIL, RCPT and DATA go out together, and when another message waits they follow the end
/// of the one before in the same write: one round trip a message. Without, each command waits for its reply.
struct SMTPConversation {
    typealias MessageID = Int

    /// Which reply comes next.
    private enum Awaited: Equatable {
        case reset, mail, rcpt, data, final
        /// The end of a message that was begun only because the server insisted.
        case emptyFinal
        case quit
    }

    private struct Transaction {
        let id: MessageID
        let payload: SMTPPayload
        /// What is not sent yet, in order.
        var commands: [(text: String, awaited: Awaited)]
        var mailAccepted = false
        var refusal: (reply: SMTPReply, stage: SendStage)?
    }

    let capabilities: SMTPCapabilities
    private var parser = SMTPReplyParser()
    private var awaited: [Awaited] = []
    private var waiting: [Transaction] = []
    /// Its envelope is being sent, its text is not.
    private var current: Transaction?
    /// Its text is sent, the reply has not come; `end` is where its final dot lies in all that was ever put out.
    private var finishing: (id: MessageID, end: Int)?
    private var needsReset = false
    private var output: [UInt8] = []
    /// Bytes ever handed out by ``takeOutput(into:)``.
    private var handedOut = 0
    private var outcomes: [(MessageID, SendOutcome)] = []
    /// Why nothing more can be sent.
    private(set) var ended: TransportError?

    init(capabilities: SMTPCapabilities) { self.capabilities = capabilities }

    /// Whether a reply is outstanding.
    var awaitsReply: Bool { !awaited.isEmpty }
    /// What is awaited longest: the answer to the end of a message, when servers look into it (RFC 5321 4.5.3.2.6).
    var awaitsFinalReply: Bool { finishing != nil }
    var isIdle: Bool { current == nil && finishing == nil && waiting.isEmpty && awaited.isEmpty && output.isEmpty }

    /// Takes a message; it goes out when its turn comes.
    mutating func submit(_ message: OutgoingMessage, id: MessageID) { submit(SMTPPayload(message), id: id) }

    mutating func submit(_ payload: SMTPPayload, id: MessageID) {
        if let ended {
            outcomes.append((id, .failed(ended)))
            return
        }
        do throws(SMTPEnvelope.Obstacle) {
            let envelope = try SMTPEnvelope(payload, capabilities)
            let commands: [(String, Awaited)] = [
                (envelope.mail, .mail), (envelope.rcpt, .rcpt), ("DATA\r\n", .data),
            ]
            waiting.append(Transaction(id: id, payload: payload, commands: commands))
        } catch {
            switch error {
            case .badInput(let error): outcomes.append((id, .failed(error)))
            case .unsupported(let reply, let stage): outcomes.append((id, .refused(reply, stage: stage)))
            }
        }
        advance()
    }

    /// Says goodbye once all messages are dealt with; nothing may be submitted after.
    mutating func quit() {
        guard ended == nil, isIdle else { return }
        output.append(contentsOf: "QUIT\r\n".utf8)
        awaited.append(.quit)
        ended = TransportError(.interrupted, "the connection is closed")
    }

    /// Puts the bytes to write, all that are ready, in place of what was written before.
    mutating func takeOutput(into buffer: inout [UInt8]) {
        // Two buffers in turn: a message is large, and to get memory for each would cost more than to fill it.
        buffer.removeAll(keepingCapacity: true)
        swap(&buffer, &output)
        handedOut += buffer.count
    }

    mutating func takeOutcomes() -> [(MessageID, SendOutcome)] {
        defer { outcomes = [] }
        return outcomes
    }

    /// Takes bytes from the server.
    mutating func receive(_ bytes: [UInt8]) {
        parser.append(bytes)
        do {
            while let reply = try parser.next() { handle(reply) }
        } catch {
            violate("the server sent what is not SMTP: \(error.reason)")
        }
    }

    /// The connection is gone: every message still here gets its outcome.
    ///
    /// - Parameter written: how many of the bytes handed out went to the socket.
    mutating func connectionLost(_ error: TransportError, written: Int) {
        if let finishing {
            let mayHaveArrived = written >= finishing.end
            outcomes.append((finishing.id, mayHaveArrived ? .lost(error) : .failed(error)))
        }
        finishing = nil
        failRest(error)
    }
}

// MARK: - Sending

extension SMTPConversation {
    /// Sends whatever may be sent now.
    private mutating func advance() {
        guard ended == nil else { return }
        if current == nil, !waiting.isEmpty, finishing == nil || capabilities.pipelining {
            current = waiting.removeFirst()
            if needsReset {
                current?.commands.insert(("RSET\r\n", .reset), at: 0)
                needsReset = false
            }
        }
        while let next = current?.commands.first, capabilities.pipelining || awaited.isEmpty {
            current?.commands.removeFirst()
            output.append(contentsOf: next.text.utf8)
            awaited.append(next.awaited)
        }
    }

    private mutating func sendText(of transaction: Transaction) {
        output.reserveCapacity(output.count + transaction.payload.count + 256)
        output.append(contentsOf: transaction.payload.pieces.first)
        output.append(contentsOf: transaction.payload.pieces.second)
        output.append(contentsOf: ".\r\n".utf8)
        finishing = (transaction.id, handedOut + output.count)
        awaited.append(.final)
        current = nil
    }
}

// MARK: - Replies

extension SMTPConversation {
    private mutating func handle(_ reply: SMTPReply) {
        guard let expected = awaited.first else {
            // Servers say 421 unasked when they shut down or have waited too long.
            if reply.closesConnection { return close(by: reply, at: nil) }
            return violate("the server sent \"\(reply)\" unasked")
        }
        awaited.removeFirst()
        if reply.closesConnection { return close(by: reply, at: expected) }
        switch expected {
        case .reset:
            if !reply.isPositive { violate("the server refuses RSET: \(reply)") }
        case .mail:
            current?.mailAccepted = reply.isPositive
            note(reply, .mail)
        case .rcpt: note(reply, .rcpt)
        case .data: begin(reply)
        case .final: finish(reply)
        case .emptyFinal: giveUpCurrent()
        case .quit: break
        }
        advance()
    }

    /// Keeps the first refusal: what follows it only repeats that there is no transaction.
    private mutating func note(_ reply: SMTPReply, _ stage: SendStage) {
        if reply.isPositive { return }
        guard reply.isTransient || reply.isPermanent else {
            return violate("the server answers \(stage) with \(reply)")
        }
        if current?.refusal == nil { current?.refusal = (reply, stage) }
        // Commands not sent yet need not be.
        if !capabilities.pipelining { giveUpCurrent() }
    }

    private mutating func begin(_ reply: SMTPReply) {
        guard let transaction = current else { return }
        if reply.code == 354 {
            if transaction.refusal == nil { return sendText(of: transaction) }
            // Some servers ask for the text although they took no recipient; RFC 2920 section 3.1 says to send none.
            output.append(contentsOf: ".\r\n".utf8)
            awaited.append(.emptyFinal)
            return
        }
        guard reply.isTransient || reply.isPermanent else { return violate("the server answers DATA with \(reply)") }
        if transaction.refusal == nil { current?.refusal = (reply, .data) }
        giveUpCurrent()
    }

    private mutating func finish(_ reply: SMTPReply) {
        guard let id = finishing?.id else { return }
        guard reply.isPositive || reply.isTransient || reply.isPermanent else {
            return violate("the server answers the end of a message with \(reply)")
        }
        finishing = nil
        outcomes.append((id, reply.isPositive ? .accepted(reply) : Self.outcome(reply, .final)))
    }

    private mutating func giveUpCurrent() {
        guard let transaction = current, let (reply, stage) = transaction.refusal else { return }
        outcomes.append((transaction.id, Self.outcome(reply, stage)))
        needsReset = transaction.mailAccepted
        current = nil
    }

    private static func outcome(_ reply: SMTPReply, _ stage: SendStage) -> SendOutcome {
        reply.isPermanent ? .refused(reply, stage: stage) : .deferred(reply, stage: stage)
    }
}

// MARK: - Ends

extension SMTPConversation {
    /// 421: the message it answers is deferred, all others were not taken.
    private mutating func close(by reply: SMTPReply, at expected: Awaited?) {
        let error = TransportError(
            .interrupted, "the server closes the connection: \(reply)", reply: reply, stage: Self.stage(expected))
        switch expected {
        case .final:
            if let finishing { outcomes.append((finishing.id, .deferred(reply, stage: .final))) }
            finishing = nil
        case .mail, .rcpt, .data, .emptyFinal:
            if let current {
                let refusal = current.refusal ?? (reply, Self.stage(expected) ?? .mail)
                outcomes.append((current.id, Self.outcome(refusal.reply, refusal.stage)))
            }
            current = nil
        case .reset, .quit, nil: break
        }
        // An unasked 421 may have crossed with the end of a message.
        if let finishing { outcomes.append((finishing.id, .lost(error))) }
        finishing = nil
        failRest(error)
    }

    private static func stage(_ awaited: Awaited?) -> SendStage? {
        switch awaited {
        case .mail: .mail
        case .rcpt: .rcpt
        case .data: .data
        case .final, .emptyFinal: .final
        case .reset, .quit, nil: nil
        }
    }

    private mutating func violate(_ what: String) {
        let error = TransportError(.protocolViolation, what)
        if let finishing { outcomes.append((finishing.id, .lost(error))) }
        finishing = nil
        failRest(error)
    }

    private mutating func failRest(_ error: TransportError) {
        for transaction in [current].compactMap(\.self) + waiting { outcomes.append((transaction.id, .failed(error))) }
        current = nil
        waiting = []
        awaited = []
        output = []
        ended = ended ?? error
    }
}
