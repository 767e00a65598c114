import Foundation
import Synchronization

/// One thread that carries any number of SMTP connections, none of which ever blocks another.
public final class SMTPDriver: Sendable {
    private let inbox: SMTPInbox
    private let nextID = Atomic(1)

    public init() {
        let inbox = SMTPInbox()
        self.inbox = inbox
        BlockingThread.start("smtp") { SMTPDriverLoop(inbox).run() }
    }

    deinit { inbox.post(.stop) }

    func adopt(_ seed: SMTPLinkSeed) -> Int {
        let id = nextID.add(1, ordering: .relaxed).oldValue
        inbox.post(.adopt(id, seed))
        return id
    }

    func send(_ message: OutgoingMessage, on id: Int, _ continuation: CheckedContinuation<SendOutcome, Never>) {
        // Looked through here, where the bytes are still in the processor's cache, and not on the one thread of all.
        inbox.post(.send(id, SMTPPayload(message), continuation))
    }

    func close(_ id: Int, after messages: Int, _ continuation: CheckedContinuation<Void, Never>) {
        inbox.post(.close(id, after: messages, continuation))
    }

    func forgo(_ id: Int) { inbox.post(.forgo(id)) }

    func abandon(_ id: Int) { inbox.post(.abandon(id)) }
}

/// Jobs for a driver's thread, and the pipe that wakes it.
final class SMTPInbox: Sendable {
    enum Job: Sendable {
        case adopt(Int, SMTPLinkSeed)
        case send(Int, SMTPPayload, CheckedContinuation<SendOutcome, Never>)
        case close(Int, after: Int, CheckedContinuation<Void, Never>)
        case forgo(Int)
        case abandon(Int)
        case stop
    }

    private struct State {
        var jobs: [Job] = []
        /// Whether the thread waits, or is about to, and has to be woken.
        var isWaiting = false
    }

    private let state = Mutex(State())
    /// The end that the thread polls.
    let readEnd: Int32
    private let writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        // Without a pipe the thread still looks at its jobs, only once every poll.
        if pipe(&ends) == 0 {
            for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        if readEnd >= 0 { close(readEnd) }
        if writeEnd >= 0 { close(writeEnd) }
    }

    func post(_ job: Job) {
        let mustWake = state.withLock { state in
            state.jobs.append(job)
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        var byte: UInt8 = 1
        if mustWake { _ = write(writeEnd, &byte, 1) }
    }

    func take() -> [Job] {
        state.withLock { state in
            defer { state.jobs = [] }
            return state.jobs
        }
    }

    /// Whether the thread may wait: nothing has been posted since it took its jobs, and what comes now wakes it.
    func beginWaiting() -> Bool {
        state.withLock { state in
            state.isWaiting = state.jobs.isEmpty
            return state.isWaiting
        }
    }

    func drainPipe() {
        var bytes: [UInt8] = Array(repeating: 0, count: 64)
        while read(readEnd, &bytes, bytes.count) == bytes.count {}
    }
}
