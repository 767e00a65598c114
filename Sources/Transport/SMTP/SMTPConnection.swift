import Core
import Foundation
import Synchronization

/// An open connection to an SMTP server, used for many messages.
///
/// Messages given to it while others are on their way follow in the same writes where the server is known to take it (RFC
/// 2920 pipelining): keep two in flight and each costs one round trip.
public final class SMTPConnection: Sendable {
    /// What the server offered.
    public let capabilities: SMTPCapabilities
    /// When the certificate that the server showed ends; nil without TLS.
    public let certificateEnd: Date?
    /// What is known of the relay.
    public let profile: SMTPRelayProfile
    private let driver: SMTPDriver
    private let id: Int
    private let state: SMTPLinkState

    private init(seed: SMTPLinkSeed, driver: SMTPDriver, id: Int) {
        capabilities = seed.capabilities
        certificateEnd = seed.certificateEnd
        state = seed.state
        profile = seed.profile
        self.driver = driver
        self.id = id
    }

    deinit { driver.abandon(id) }

    /// Connects, with TLS and login as `server` says.
    ///
    /// - Parameter driver: the thread that carries the connection; give several connections the same one to carry
    ///   them all with it.
    /// - Parameter knowledge: what is known of the server, and learns more.
    /// - Throws: ``TransportError``, with the stage and the server's reply where there was one.
    public static func open(
        _ server: SMTPServer, driver: SMTPDriver = SMTPDriver(),
        knowledge: SMTPRelayKnowledge = SMTPRelayKnowledge(fixed: .full)
    ) async throws(TransportError) -> SMTPConnection {
        let cancellation = StopFlag()
        let result = await withTaskCancellationHandler {
            await BlockingThread.run("smtp-connect") { () -> Result<SMTPLinkSeed, TransportError> in
                Result { () throws(TransportError) in
                    let (handle, capabilities, identity) = try SMTPHandshake(server, cancellation: cancellation).run()
                    return SMTPLinkSeed(
                        handle: handle, capabilities: capabilities, certificateEnd: handle.certificateEnd,
                        server: server, profile: knowledge.profile(of: identity))
                }
            }
        } onCancel: {
            cancellation.set()
        }
        let seed = try result.get()
        let id = driver.adopt(seed)
        return SMTPConnection(seed: seed, driver: driver, id: id)
    }

    /// Whether messages can still be given to it; a server closes a connection when it likes.
    public var isOpen: Bool { state.isOpen }

    /// Sends one message and waits for the server's word on it.
    ///
    /// Cancelling the task does not stop a message: that would leave its fate unknown.
    public func send(_ message: OutgoingMessage) async -> SendOutcome {
        await withCheckedContinuation { hand(message, to: $0) }
    }

    /// Hands a message over before it returns; who waits is told the server's word on it.
    func hand(_ message: OutgoingMessage, to waiting: CheckedContinuation<SendOutcome, Never>) {
        driver.send(message, on: id, waiting)
    }

    /// Waits for the messages under way, says QUIT and closes.
    ///
    /// - Parameter messages: with how many messages, each sent or forgone, the connection is done: those that are promised and
    ///   not yet handed over are waited for.
    public func close(afterMessages messages: Int = 0) async {
        await withCheckedContinuation { close(after: messages, $0) }
    }

    /// Tells the driver before it returns; who waits is told when the connection is closed.
    func close(after messages: Int, _ waiting: CheckedContinuation<Void, Never>) {
        driver.close(id, after: messages, waiting)
    }

    /// A message that was promised to the connection does not come: ``close(afterMessages:)`` waits no longer for it.
    public func forgo() { driver.forgo(id) }
}

/// What a driver needs to take over a connection.
struct SMTPLinkSeed: Sendable {
    let handle: CurlHandle
    let capabilities: SMTPCapabilities
    let certificateEnd: Date?
    let server: SMTPServer
    let profile: SMTPRelayProfile
    let state = SMTPLinkState()
}

/// Whether a link lives, for those outside its thread.
final class SMTPLinkState: Sendable {
    private let open = Atomic(true)

    var isOpen: Bool { open.load(ordering: .relaxed) }

    func close() { open.store(false, ordering: .relaxed) }
}
