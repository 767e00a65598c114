import Foundation

/// Threads for calls that block: Swift's own few threads must never wait for a network.
enum BlockingThread {
    /// Runs `work` on a thread of its own.
    static func run<Value: Sendable>(_ name: String, _ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            start(name) { continuation.resume(returning: work()) }
        }
    }

    static func start(_ name: String, _ work: @escaping @Sendable () -> Void) {
        let thread = Thread {
            blockSIGPIPE()
            work()
        }
        thread.name = name
        thread.start()
    }

    /// OpenSSL writes to sockets without MSG_NOSIGNAL, and libcurl changes the handler of the whole process around its
    /// calls; a mask for this thread alone keeps both from ending the program when a server hangs up.
    private static func blockSIGPIPE() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
