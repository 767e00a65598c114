/// How a conversation ends, and what its end says of how far ahead the relay takes commands.
extension SMTPConversation {
    /// 421: the message it answers is deferred, all others were not taken.
    mutating func close(by reply: SMTPReply, at expected: Awaited?) {
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
        case .reset, .quit, .probe, nil: break
        }
        // An unasked 421 may have crossed with the end of a message.
        if let finishing { outcomes.append((finishing.id, .lost(error))) }
        finishing = nil
        profile.observe(.ended, on: connection)
        failRest(error)
    }

    static func stage(_ awaited: Awaited?) -> SendStage? {
        switch awaited {
        case .mail: .mail
        case .rcpt: .rcpt
        case .data: .data
        case .final, .emptyFinal: .final
        case .reset, .quit, .probe, nil: nil
        }
    }

    mutating func violate(_ what: String) {
        let error = TransportError(.protocolViolation, what)
        charge(error, written: .max)
        if let finishing { outcomes.append((finishing.id, .lost(error))) }
        finishing = nil
        failRest(error)
    }

    mutating func failRest(_ error: TransportError) {
        for transaction in [current].compactMap(\.self) + waiting { outcomes.append((transaction.id, .failed(error))) }
        current = nil
        waiting = []
        awaited = []
        output = []
        ended = ended ?? error
    }
}

// MARK: - A connection that is used up

extension SMTPConversation {
    /// Whether the relay takes no further message of this connection, of which it took some: another connection may do. A
    /// relay that says so to the first message of a connection means the message.
    func isUsedUp(_ reply: SMTPReply, at expected: Awaited) -> Bool {
        guard reply.isTransient || reply.isPermanent, [.mail, .rcpt, .data, .final].contains(expected) else {
            return false
        }
        // What follows a refusal only repeats that there is no transaction.
        if expected != .final, current?.refusal != nil { return false }
        if reply.saysConnectionIsUsedUp {
            if carried == 0 { profile.refusedFirst() }
            return carried > 0
        }
        return reply.closesConnection && expected != .final && carried > 0
    }

    /// Every message that is still here was not taken and goes over another connection.
    mutating func handOn(_ reply: SMTPReply, at expected: Awaited) {
        let saysSo = reply.saysConnectionIsUsedUp
        let error = TransportError(
            saysSo ? .connectionUsedUp : .interrupted,
            "the server takes no further message of this connection: \(reply)", reply: reply,
            stage: Self.stage(expected))
        if saysSo { profile.saysUsedUp(after: carried) }
        if expected == .final, let finishing { outcomes.append((finishing.id, .failed(error))) }
        finishing = nil
        profile.observe(.ended, on: connection)
        failRest(error)
    }
}

// MARK: - Commands that were sent ahead

extension SMTPConversation {
    /// When a reply to something that was sent ahead is too late for a relay that takes it; nil where none is awaited.
    var lateAt: ContinuousClock.Instant? {
        guard profile.learns, takesMessages else { return nil }
        if let finishing {
            return finishing.isFollowed ? finishing.since + profile.bound(profile.patience.final) : nil
        }
        if awaited.first == .probe { return lastReply + profile.bound(profile.patience.behind) }
        // Field by field: a copy of a transaction is not for nothing.
        guard current?.isAhead == true || (current?.isPipelined == true && current?.mailAccepted == true),
            !awaited.isEmpty
        else { return nil }
        return lastReply + profile.bound(profile.patience.envelope)
    }

    /// Gives up what was sent ahead where the reply is too late. A message whose end is sent is still waited for.
    mutating func checkLateness() {
        guard let lateAt, lateAt <= now else { return }
        let error = TransportError(.timedOut, "the server did not answer what was sent ahead: open another connection")
        guard finishing == nil else {
            profile.observe(.failed(.full, Self.lateFinal), on: connection)
            isGivenUp = error
            for transaction in [current].compactMap(\.self) + waiting {
                outcomes.append((transaction.id, .failed(error)))
            }
            current = nil
            waiting = []
            return
        }
        charge(error, written: .max)
        failRest(error)
    }

    /// Whether a relay says that a command came out of order because it did not see what was sent before it: the message was
    /// not taken, and goes once more with less sent ahead.
    mutating func isOutOfStep(_ reply: SMTPReply, at stage: SendStage) -> Bool {
        guard reply.code == 503, profile.learns, let current, current.isPipelined, current.refusal == nil else {
            return false
        }
        if current.isAhead {
            guard !hasProved else { return false }
            profile.observe(
                .failed(.full, "it loses commands that follow the end of a message (\(reply))"), on: connection)
        } else {
            guard stage != .mail, !profile.envelopeIsProven else { return false }
            profile.observe(
                .failed(.envelope, "it loses commands that come in one write (\(reply))"), on: connection)
        }
        failRest(TransportError(.protocolViolation, "the server lost a command: \(reply)", reply: reply, stage: stage))
        return true
    }

    static let lateFinal = "it does not answer the end of a message in time when a command follows it"

    /// Tells the profile where an end is to be put down to what was sent ahead.
    ///
    /// - Parameter written: how many of the bytes handed out went to the socket.
    func charge(_ error: TransportError, written: Int) {
        guard profile.learns, capabilities.pipelining else { return }
        let isClosed = error.kind != .timedOut && error.kind != .protocolViolation
        if let finishing, finishing.isFollowed, written > finishing.end {
            let reason =
                switch error.kind {
                case .timedOut: Self.lateFinal
                case .protocolViolation: "it answers the end of a message wrongly when a command follows it"
                default: "it closes the connection before it answers the end of a message when a command follows it"
                }
            profile.observe(.failed(.full, reason), on: connection)
        } else if awaited.first == .probe || current?.isAhead == true {
            if isClosed {
                profile.observe(hasProved ? .ended : .closedBehind, on: connection)
            } else {
                profile.observe(.failed(.full, "it does not answer what follows the end of a message"), on: connection)
            }
        } else if let current, current.isPipelined, !awaited.isEmpty {
            let isSwallowed = error.kind == .timedOut && current.mailAccepted && !profile.envelopeIsProven
            profile.observe(
                isSwallowed
                    ? .failed(.envelope, "it does not answer commands that come in one write") : .brokenEnvelope,
                on: connection)
        } else {
            profile.observe(.ended, on: connection)
        }
    }
}
