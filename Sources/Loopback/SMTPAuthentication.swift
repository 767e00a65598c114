import Foundation

/// The server's half of AUTH PLAIN (RFC 4616), LOGIN and XOAUTH2.
struct SMTPAuthentication {
    enum Verdict {
        /// Base 64 text after `334`.
        case challenge(String)
        case accepted
        case refused
    }

    private enum Mechanism { case plain, login, xoauth2 }

    private let credentials: SMTPReceiverOptions.Credentials
    private let mechanism: Mechanism
    private let initial: String?
    private var user: String?

    /// - Parameter argument: what follows AUTH: the mechanism and perhaps an initial response.
    init?(_ argument: String, _ credentials: SMTPReceiverOptions.Credentials) {
        let parts = argument.split(separator: " ")
        switch parts.first?.uppercased() {
        case "PLAIN": mechanism = .plain
        case "LOGIN": mechanism = .login
        case "XOAUTH2": mechanism = .xoauth2
        default: return nil
        }
        initial = parts.count > 1 ? String(parts[1]) : nil
        self.credentials = credentials
    }

    mutating func begin() -> Verdict {
        if let initial { return receive(initial) }
        return .challenge(mechanism == .login ? Self.encode("Username:") : "")
    }

    mutating func receive(_ line: String) -> Verdict {
        guard let data = Data(base64Encoded: line) else { return .refused }
        let text = String(decoding: data, as: UTF8.self)
        switch mechanism {
        case .plain:
            return verdict(text.hasSuffix("\0\(credentials.user)\0\(credentials.secret)"))
        case .xoauth2:
            return verdict(text == "user=\(credentials.user)\u{1}auth=Bearer \(credentials.secret)\u{1}\u{1}")
        case .login:
            guard let user else {
                self.user = text
                return .challenge(Self.encode("Password:"))
            }
            return verdict(user == credentials.user && text == credentials.secret)
        }
    }

    private func verdict(_ good: Bool) -> Verdict { good ? .accepted : .refused }

    private static func encode(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
