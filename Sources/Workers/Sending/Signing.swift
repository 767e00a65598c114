import Mail
import Site

/// The DKIM signatures that the settings ask for.
enum Signing {
    /// - Returns: none without `dkim.domain`.
    /// - Throws: `SiteError` naming the setting whose key cannot be used.
    static func signers(_ settings: Settings) throws -> [any MessageSigner] {
        guard let domain = settings.dkimDomain else { return [] }
        // RSA first: receivers that do not know Ed25519 pass over its signature.
        let keys = [
            ("rsa", "dkim.rsa_key_file", settings.dkimRSAKey),
            ("ed25519", "dkim.ed25519_key_file", settings.dkimEd25519Key),
        ]
        var identities: [DKIMSigner.Identity] = []
        for (name, setting, pem) in keys {
            guard let pem else { continue }
            identities.append(.init(selector: "\(settings.dkimSelector)-\(name)", key: try key(pem, name, setting)))
        }
        guard !identities.isEmpty else {
            throw SiteError(
                "dkim.domain", "there is no key to sign with",
                mend: "make one with `broadsheet dkim generate` and name it in dkim.rsa_key_file")
        }
        return [try DKIMSigner(domain: domain, identities: identities)]
    }

    private static func key(_ pem: String, _ name: String, _ setting: String) throws -> DKIMKey {
        let key: DKIMKey
        do {
            key = try DKIMKey(pem: pem)
        } catch {
            throw SiteError(setting, "\(error)", mend: "make a new one with `broadsheet dkim generate`")
        }
        guard key.algorithm.rawValue.hasPrefix(name) else {
            throw SiteError(setting, "this is an \(key.algorithm.rawValue) key", mend: "exchange the two key files")
        }
        return key
    }
}
