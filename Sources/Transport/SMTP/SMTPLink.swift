import Foundation

/// One connection on a driver's thread: moves bytes between the socket and the conversation, and outcomes to those
/// who wait for them.
final class SMTPLink {
    private let handle: CurlHandle
    private let server: SMTPServer
    private let state: SMTPLinkState
    private var conversation: SMTPConversation
    /// Handed out by the conversation, written up to `outputStart`; kept in place until all is out (see
    /// ``CurlHandle/send(_:from:)``).
    private var output: [UInt8] = []
    private var outputStart = 0
    private var written = 0
    private var waiting: [Int: CheckedContinuation<SendOutcome, Never>] = [:]
    private var closing: [CheckedContinuation<Void, Never>] = []
    private var nextMessage = 0
    /// Messages that were promised and do not come.
    private var forgone = 0
    /// With how many messages, submitted or forgone, the connection may be closed.
    private var messagesBeforeClosing = 0
    private var lastProgress = ContinuousClock.now
    private var saidGoodbye = false
    /// Replies are short, and a small piece of memory is had at once.
    private static let pieceSize = 1000
    let socket: Int32
    /// Whether the connection is over and everyone has been told.
    private(set) var isDone = false

    init(_ seed: SMTPLinkSeed) {
        handle = seed.handle
        server = seed.server
        state = seed.state
        conversation = SMTPConversation(capabilities: seed.capabilities, profile: seed.profile)
        socket = seed.handle.socket ?? -1
    }

    /// Messages that have no outcome yet.
    var messageCount: Int { waiting.count }

    var wantsToWrite: Bool { outputStart < output.count }

    /// When patience ends, or nil while nothing is expected. Kept from change to change, since each look at all connections
    /// asks for it.
    private(set) var deadline: ContinuousClock.Instant?

    private var nextDeadline: ContinuousClock.Instant? {
        if saidGoodbye { return lastProgress + .seconds(5) }
        guard conversation.awaitsReply || wantsToWrite else { return nil }
        let end = lastProgress + (conversation.awaitsFinalReply ? server.finalResponseTimeout : server.responseTimeout)
        return conversation.lateAt.map { min(end, $0) } ?? end
    }

    func submit(_ payload: SMTPPayload, _ continuation: CheckedContinuation<SendOutcome, Never>) {
        nextMessage += 1
        waiting[nextMessage] = continuation
        conversation.now = .now
        if !conversation.awaitsReply { lastProgress = conversation.now }
        conversation.submit(payload, id: nextMessage)
        report()
        deadline = nextDeadline
    }

    func close(after messages: Int, _ continuation: CheckedContinuation<Void, Never>) {
        messagesBeforeClosing = max(messagesBeforeClosing, messages)
        closing.append(continuation)
    }

    func forgo() { forgone += 1 }

    /// Writes and reads what is possible now.
    func pump(isReadable: Bool) {
        move(isReadable: isReadable)
        deadline = nextDeadline
    }

    private func move(isReadable: Bool) {
        do throws(CurlHandle.Failure) {
            try write()
            if isReadable, try !read() {
                return end(TransportError(.interrupted, "\(server) closed the connection: open another"))
            }
            let before = written
            try write()
            if isReadable, written == before { acknowledgeAtOnce() }
        } catch {
            // A server that hangs up while we write has often said why.
            _ = try? read()
            let what = "the connection to \(server) broke off (\(error.message)): open another"
            return end(TransportError(.interrupted, what))
        }
        if conversation.ended != nil, !saidGoodbye { return end(nil) }
        sayGoodbyeIfAsked()
    }

    func timeOut() {
        defer { deadline = nextDeadline }
        conversation.now = .now
        if let lateAt = conversation.lateAt, lateAt <= conversation.now {
            conversation.checkLateness()
            report()
            if conversation.ended != nil { end(nil) }
            return
        }
        end(TransportError(.timedOut, "\(server) did not answer in time: try later"))
    }

    /// Closes without a word; whatever is still under way gets its outcome.
    func end(_ error: TransportError?) {
        guard !isDone else { return }
        isDone = true
        state.close()
        conversation.connectionLost(error ?? TransportError(.interrupted, "the connection is closed"), written: written)
        report()
        for continuation in closing { continuation.resume() }
        closing = []
    }

    private func write() throws(CurlHandle.Failure) {
        while true {
            if !wantsToWrite {
                conversation.takeOutput(into: &output)
                outputStart = 0
                if output.isEmpty { return }
            }
            let count = try handle.send(output, from: outputStart)
            if count == 0 { return }
            outputStart += count
            written += count
            lastProgress = .now
        }
    }

    /// - Returns: false when the server has closed.
    private func read() throws(CurlHandle.Failure) -> Bool {
        while let bytes = try handle.receive(upTo: Self.pieceSize) {
            if bytes.isEmpty { return false }
            lastProgress = .now
            conversation.now = lastProgress
            conversation.receive(bytes)
            report()
            // Less than was asked for was all there was. TLS may hold back more, of which the socket says nothing.
            if bytes.count < Self.pieceSize, server.isNeverEncrypted { break }
        }
        return true
    }

    /// A server that writes its replies one by one under Nagle's rule waits for our acknowledgement of the first before
    /// it sends the second, and the kernel would hold that back for 40 ms: pipelining would cost more than it saves.
    /// What we write acknowledges as well.
    private func acknowledgeAtOnce() {
        guard conversation.awaitsReply else { return }
        var one: Int32 = 1
        _ = setsockopt(socket, Int32(IPPROTO_TCP), TCP_QUICKACK, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    private func report() {
        if !conversation.takesMessages { state.close() }
        for (id, outcome) in conversation.takeOutcomes() {
            waiting.removeValue(forKey: id)?.resume(returning: outcome)
        }
    }

    private func sayGoodbyeIfAsked() {
        guard !closing.isEmpty else { return }
        if saidGoodbye {
            if !conversation.awaitsReply { end(nil) }
            return
        }
        guard conversation.isIdle, nextMessage + forgone >= messagesBeforeClosing else { return }
        saidGoodbye = true
        lastProgress = .now
        conversation.quit()
        do {
            try write()
        } catch {
            end(nil)
        }
    }
}
