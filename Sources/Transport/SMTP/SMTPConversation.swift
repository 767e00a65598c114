/// The mail transactions of one connection without any I/O: messages and replies go in, bytes and outcomes come out.
///
/// With PIPELINING (RFC 2920) MAIL, RCPT and DATA go out together, and where the relay is known to take it they follow the
/// end of the message before in the same write: one round trip a message. Without, each command waits for its reply.
struct SMTPConversation {
    typealias MessageID = Int

    /// Which reply comes next.
    enum Awaited: Equatable {
        case reset, mail, rcpt, data, final
        /// The NOOP behind the end of a message, see ``SMTPPipeliningLearner``.
        case probe
        /// The end of a message that was begun only because the server insisted.
        case emptyFinal
        case quit
    }

    struct Transaction {
        let id: MessageID
        let payload: SMTPPayload
        /// What is not sent yet, in order.
        var commands: [(text: String, awaited: Awaited)]
        /// Whether its commands did not wait for each other.
        var isPipelined = false
        /// Whether they went before the reply to the end of the message before had come.
        var isAhead = false
        var mailAccepted = false
        var refusal: (reply: SMTPReply, stage: SendStage)?
    }

    let capabilities: SMTPCapabilities
    var parser = SMTPReplyParser()
    var awaited: [Awaited] = []
    var waiting: [Transaction] = []
    /// Its envelope is being sent, its text is not.
    var current: Transaction?
    /// Its text is sent, the reply has not come.
    var finishing: Finishing?
    let profile: SMTPRelayProfile
    /// Which of the relay's connections this is.
    let connection: Int
    /// Transactions that were begun and are over.
    var carried = 0
    /// Whether on this connection all that followed the end of a message was answered.
    var hasProved = false
    /// A reply is so late that nothing more is sent; only the message under way is still waited for.
    var isGivenUp: TransportError?
    /// When the last reply came.
    var lastReply: ContinuousClock.Instant
    /// The present, to be kept so by the one who drives it.
    var now: ContinuousClock.Instant
    var needsReset = false
    var output: [UInt8] = []
    /// Bytes ever handed out by ``takeOutput(into:)``.
    var handedOut = 0
    var outcomes: [(MessageID, SendOutcome)] = []
    /// Why nothing more can be sent.
    var ended: TransportError?

    struct Finishing {
        let id: MessageID
        /// Where its final dot lies in all that was ever put out.
        let end: Int
        let since: ContinuousClock.Instant
        let permission: SMTPPipeliningLearner.Permission
        /// Whether something was sent behind it.
        var isFollowed = false
    }

    /// - Parameters:
    ///   - profile: what is known of the relay, and is told more.
    ///   - now: the present.
    init(
        capabilities: SMTPCapabilities, profile: SMTPRelayProfile = SMTPRelayProfile(fixed: .full),
        now: ContinuousClock.Instant = .now
    ) {
        self.capabilities = capabilities
        self.profile = profile
        self.now = now
        lastReply = now
        connection = profile.connect()
    }

    /// Whether MAIL, RCPT and DATA go in one write.
    var pipelinesEnvelope: Bool { capabilities.pipelining && profile.pipelining > .off }

    /// Whether a reply is outstanding.
    var awaitsReply: Bool { !awaited.isEmpty }
    /// What is awaited longest: the answer to the end of a message, when servers look into it (RFC 5321 4.5.3.2.6).
    var awaitsFinalReply: Bool { finishing != nil }
    /// Whether messages can still be submitted.
    var takesMessages: Bool { ended == nil && isGivenUp == nil }
    var isIdle: Bool { current == nil && finishing == nil && waiting.isEmpty && awaited.isEmpty && output.isEmpty }

    /// Takes a message; it goes out when its turn comes.
    mutating func submit(_ message: OutgoingMessage, id: MessageID) { submit(SMTPPayload(message), id: id) }

    mutating func submit(_ payload: SMTPPayload, id: MessageID) {
        if let error = ended ?? isGivenUp {
            outcomes.append((id, .failed(error)))
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
        charge(error, written: written)
        finishing = nil
        failRest(error)
    }
}

// MARK: - Sending

extension SMTPConversation {
    /// Sends whatever may be sent now.
    mutating func advance() {
        guard takesMessages else { return }
        if current == nil, !waiting.isEmpty, mayBegin {
            var next = waiting.removeFirst()
            next.isPipelined = pipelinesEnvelope
            next.isAhead = finishing != nil
            if needsReset { next.commands.insert(("RSET\r\n", .reset), at: 0) }
            needsReset = false
            finishing?.isFollowed = true
            current = next
        }
        while let next = current?.commands.first, current?.isPipelined == true || awaited.isEmpty {
            current?.commands.removeFirst()
            output.append(contentsOf: next.text.utf8)
            awaited.append(next.awaited)
        }
    }

    var mayBegin: Bool { finishing.map { $0.permission == .next } ?? !awaited.contains(.probe) }

    mutating func sendText(of transaction: Transaction) {
        output.reserveCapacity(output.count + transaction.payload.count + 256)
        output.append(contentsOf: transaction.payload.pieces.first)
        output.append(contentsOf: transaction.payload.pieces.second)
        output.append(contentsOf: ".\r\n".utf8)
        let permission = pipelinesEnvelope ? profile.permission(for: connection) : .nothing
        finishing = Finishing(
            id: transaction.id, end: handedOut + output.count, since: now, permission: permission,
            isFollowed: permission == .probe)
        awaited.append(.final)
        current = nil
        if permission == .probe {
            output.append(contentsOf: "NOOP\r\n".utf8)
            awaited.append(.probe)
        }
    }
}

// MARK: - Replies

extension SMTPConversation {
    mutating func handle(_ reply: SMTPReply) {
        guard let expected = awaited.first else {
            // Servers say 421 unasked when they shut down or have waited too long.
            if reply.closesConnection { return close(by: reply, at: nil) }
            return violate("the server sent \"\(reply)\" unasked")
        }
        awaited.removeFirst()
        lastReply = now
        if isUsedUp(reply, at: expected) { return handOn(reply, at: expected) }
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
        case .probe: profile.observe(.proved(.probe), on: connection)
        case .emptyFinal: giveUpCurrent()
        case .quit: break
        }
        advance()
    }

    /// Keeps the first refusal: what follows it only repeats that there is no transaction.
    mutating func note(_ reply: SMTPReply, _ stage: SendStage) {
        if reply.isPositive { return }
        guard reply.isTransient || reply.isPermanent else {
            return violate("the server answers \(stage) with \(reply)")
        }
        if isOutOfStep(reply, at: stage) { return }
        if current?.refusal == nil { current?.refusal = (reply, stage) }
        // Commands not sent yet need not be.
        if current?.isPipelined == false { giveUpCurrent() }
    }

    mutating func begin(_ reply: SMTPReply) {
        guard let transaction = current else { return }
        if isOutOfStep(reply, at: .data) { return }
        if transaction.isPipelined { profile.observe(.envelope, on: connection) }
        if transaction.isAhead {
            hasProved = true
            profile.observe(.proved(.next), on: connection)
        }
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

    mutating func finish(_ reply: SMTPReply) {
        guard let finishing else { return }
        guard reply.isPositive || reply.isTransient || reply.isPermanent else {
            return violate("the server answers the end of a message with \(reply)")
        }
        if !finishing.isFollowed { profile.observe(.alone(now - finishing.since), on: connection) }
        self.finishing = nil
        carried += 1
        if reply.isPositive, carried == 1 { profile.tookFirst() }
        outcomes.append((finishing.id, reply.isPositive ? .accepted(reply) : Self.outcome(reply, .final)))
        if let isGivenUp { failRest(isGivenUp) }
    }

    mutating func giveUpCurrent() {
        guard let transaction = current, let (reply, stage) = transaction.refusal else { return }
        outcomes.append((transaction.id, Self.outcome(reply, stage)))
        needsReset = transaction.mailAccepted
        if transaction.mailAccepted { carried += 1 }
        current = nil
    }

    static func outcome(_ reply: SMTPReply, _ stage: SendStage) -> SendOutcome {
        reply.isPermanent ? .refused(reply, stage: stage) : .deferred(reply, stage: stage)
    }
}
