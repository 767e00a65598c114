import Mail
import Store

extension SubscriptionService {
    /// Whether an address is written in letters that the mail server, or the address's own domain, is known not to take,
    /// since it offers no SMTPUTF8 (RFC 6531). It depends on how the address is written alone, so that it tells nothing of
    /// whose it is.
    ///
    /// - Throws: `StoreError`, and `TransportError` for settings that name no mail server.
    public func isOutOfReach(_ address: Address) async throws -> Bool {
        guard address.needsSMTPUTF8 else { return false }
        let refusals = try await installation.database.breakers.open(at: now).filter { $0.kind == .internationalised }
        if refusals.contains(where: { $0.scope == .relay || $0.name == address.asciiDomain }) { return true }
        let known = try await installation.database.relays.all(at: now)
        return try Relay.all(installation.settings).allSatisfy { relay in
            // The one that was met last stands first.
            known.first { $0.address == relay.server.description }.map { !$0.offers("SMTPUTF8") } ?? false
        }
    }
}

extension RelayStore.Relay {
    /// Whether its reply to EHLO named an extension.
    fileprivate func offers(_ keyword: String) -> Bool {
        identity.split(separator: " ").drop { $0 != "|" }.contains { $0 == keyword }
    }
}
