import Mail

/// Numbers of 63 bits that come once: what links, Message-IDs and envelope senders stand on, so that no row's number ever
/// has to be secret, or unique over time.
enum Nonce {
    /// From the system's generator; never 0, which is what a column holds before it is set.
    static func random() -> Int64 { Int64.random(in: 1...Int64.max) }

    /// The same for one issue of one subscriber wherever it is written: a digest that a restore or a fail-over has the
    /// scheduler write again is the same mail, and a receiver that has it shows it once.
    ///
    /// - Parameters:
    ///   - epoch: ``Subscriber/tokenEpoch``.
    ///   - slot: the day of the issue.
    /// - Throws: `MailError` where OpenSSL cannot hash.
    static func ofIssue(epoch: Int64, slot: String) throws -> Int64 {
        let digits = try SHA256.hexadecimal(Array("issue \(epoch) \(slot)".utf8)).prefix(15)
        return Int64(digits, radix: 16) ?? random()
    }
}
