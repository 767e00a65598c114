/// A file that nobody but the operator may read.
public struct SecretFile: Sendable, Equatable {
    /// The key of the settings that names it, or that stands in it.
    public let setting: String
    public let path: String

    static func all(_ reader: SettingsReader) throws -> [SecretFile] {
        typealias Keys = SettingKeys
        var files: [SecretFile] = []
        for setting in [
            Keys.keyFile, Keys.smtpURLFile, Keys.smtpTokenFile, Keys.smtpKeyFile, Keys.dkimRSAKeyFile,
            Keys.dkimEd25519KeyFile, Keys.bounceMailboxFile, Keys.metricsTokenFile, Keys.databaseFile,
            Keys.adminPasswordHashFile,
        ] {
            if let path = try reader.path(setting) { files.append(SecretFile(setting: setting.key, path: path)) }
        }
        // An address without a password is no secret.
        let secrets =
            [Keys.key, Keys.metricsToken, Keys.adminPasswordHash]
            + [Keys.smtpURL, Keys.bounceMailbox].filter { reader.holds($0, "@") }
            + [Keys.database].filter { reader.holdsPassword($0) }
        for setting in secrets {
            if let path = reader.file(of: setting) { files.append(SecretFile(setting: setting.key, path: path)) }
        }
        return files
    }
}
