import NIOCore
import NIOTLS

/// Drives one session on its event loop: feeds it bytes and carries out its steps, answers grouped as they come.
final class SMTPServerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var session: SMTPServerSession
    private let mailbox: SMTPReceiverMailbox
    private var answers = ByteBuffer()
    private var isPaused = false
    private var hasGreeted = false

    init(session: SMTPServerSession, mailbox: SMTPReceiverMailbox) {
        self.session = session
        self.mailbox = mailbox
    }

    func channelActive(context: ChannelHandlerContext) {
        if case .implicit = session.options.tls { return }
        greet(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted = event {
            mailbox.count { $0.handshakes += 1 }
            session.encrypted()
            if case .implicit = session.options.tls { greet(context) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if session.input.readableBytes == 0 {
            session.input = bytes
        } else {
            session.input.discardReadBytes()
            session.input.writeBuffer(&bytes)
        }
        run(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A client that breaks off is what tests are for.
        context.close(promise: nil)
    }

    private func greet(_ context: ChannelHandlerContext) {
        perform(session.greeting(), context)
        hasGreeted = !isPaused
        flush(context)
    }

    private func run(_ context: ChannelHandlerContext) {
        while !isPaused, let steps = session.next() { perform(steps, context) }
        let commands = session.takeCommandCount()
        if commands > 0 { mailbox.count { $0.commands += commands } }
        flush(context)
    }

    private func perform(_ steps: [SMTPServerSession.Step], _ context: ChannelHandlerContext) {
        for step in steps {
            switch step {
            case .reply(let text): write(text)
            case .login(let text):
                mailbox.count { $0.logins += 1 }
                write(text)
            case .message(let message, let reply):
                mailbox.add(message)
                write(reply)
            case .pause(let milliseconds): pause(milliseconds, context)
            case .startTLS(let text):
                write(text)
                flush(context)
                startTLS(context)
            case .close:
                flush(context)
                close(context)
            }
        }
    }

    private func write(_ text: String) {
        for line in text.split(separator: "\n") { answers.writeString("\(line)\r\n") }
    }

    private func flush(_ context: ChannelHandlerContext) {
        guard answers.readableBytes > 0 else { return }
        mailbox.count { $0.answers += 1 }
        let data = answers
        answers.clear()
        let latency = session.options.latencyMilliseconds
        guard latency > 0 else {
            context.writeAndFlush(wrapOutboundOut(data), promise: nil)
            return
        }
        let channel = context.channel
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(latency))) { channel.writeAndFlush(data, promise: nil) }
    }

    private func close(_ context: ChannelHandlerContext) {
        isPaused = true
        let channel = context.channel
        let latency = session.options.latencyMilliseconds
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(latency))) { channel.close(promise: nil) }
    }

    private func pause(_ milliseconds: Int, _ context: ChannelHandlerContext) {
        isPaused = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(milliseconds))) {
            let (handler, context) = bound.value
            handler.isPaused = false
            if !handler.hasGreeted { handler.greet(context) }
            handler.run(context)
        }
    }

    private func startTLS(_ context: ChannelHandlerContext) {
        guard case .startTLS(let certificate) = session.options.tls else { return }
        do {
            try context.pipeline.syncOperations.addHandler(certificate.makeHandler(), position: .first)
        } catch {
            context.close(promise: nil)
        }
    }
}
