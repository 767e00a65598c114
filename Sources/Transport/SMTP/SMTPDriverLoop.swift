import Foundation

/// The loop of a driver's thread: jobs, sockets, deadlines.
final class SMTPDriverLoop {
    private let inbox: SMTPInbox
    private var links: [Int: SMTPLink] = [:]
    private var isStopped = false
    private var pace = SMTPDriverPace()

    init(_ inbox: SMTPInbox) { self.inbox = inbox }

    func run() {
        while !isStopped {
            let touched = takeJobs()
            for id in touched { pump(id, isReadable: false) }
            if isStopped { break }
            waitForSockets()
            // Where much is going on, more comes at once: a moment's rest costs less than waking for each.
            if links.count > 1 {
                let messages = links.values.reduce(0) { $0 + $1.messageCount }
                usleep(pace.rest(with: messages, on: links.count))
            }
        }
        for link in links.values { link.end(TransportError(.interrupted, "the connection was given up")) }
    }

    /// Carries out what was asked; gives the links that have something to write.
    private func takeJobs() -> [Int] {
        var touched: [Int] = []
        for job in inbox.take() {
            switch job {
            case .adopt(let id, let seed): links[id] = SMTPLink(seed)
            case .send(let id, let payload, let continuation):
                guard let link = links[id] else {
                    let gone = TransportError(.interrupted, "the connection is closed already: open another")
                    continuation.resume(returning: .failed(gone))
                    continue
                }
                link.submit(payload, continuation)
                touched.append(id)
            case .close(let id, let messages, let continuation):
                guard let link = links[id] else {
                    continuation.resume()
                    continue
                }
                link.close(after: messages, continuation)
                touched.append(id)
            case .forgo(let id):
                links[id]?.forgo()
                touched.append(id)
            case .abandon(let id):
                links.removeValue(forKey: id)?.end(TransportError(.interrupted, "the connection was given up"))
            case .stop: isStopped = true
            }
        }
        return touched
    }

    private func pump(_ id: Int, isReadable: Bool) {
        guard let link = links[id] else { return }
        link.pump(isReadable: isReadable)
        if link.isDone { links[id] = nil }
    }

    private func waitForSockets() {
        let open = links.map { (id: $0.key, link: $0.value) }
        var sockets = [pollfd(fd: inbox.readEnd, events: Int16(POLLIN), revents: 0)]
        for (_, link) in open {
            let events = link.wantsToWrite ? POLLIN | POLLOUT : POLLIN
            sockets.append(pollfd(fd: link.socket, events: Int16(events), revents: 0))
        }
        let deadline = open.lazy.compactMap(\.link.deadline).min()
        _ = poll(&sockets, nfds_t(sockets.count), inbox.beginWaiting() ? Self.timeout(deadline) : 0)
        if sockets[0].revents != 0 { inbox.drainPipe() }
        for (index, (id, _)) in open.enumerated() {
            let events = Int32(sockets[index + 1].revents)
            if events != 0 { pump(id, isReadable: events & ~POLLOUT != 0) }
        }
        let now = ContinuousClock.now
        guard let deadline, deadline <= now else { return }
        for (index, (id, link)) in open.enumerated() where sockets[index + 1].revents == 0 {
            guard let deadline = link.deadline, deadline <= now else { continue }
            link.timeOut()
            if link.isDone { links[id] = nil }
        }
    }

    /// Milliseconds until a deadline, at most a minute.
    private static func timeout(_ deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return 60_000 }
        let left = (deadline - .now).milliseconds
        return Int32(min(60_000, max(0, left + 1)))
    }
}
