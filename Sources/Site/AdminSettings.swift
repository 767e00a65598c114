extension SettingKeys {
    static let adminPasswordHash = Setting<String>(
        "admin.password_hash",
        "Opens the operator's pages at /admin to those who know the password; without it, there are none.",
        allowed: "what `broadsheet admin hash-password` prints"
    ) { PasswordHash($0) == nil ? nil : $0 }
    static let adminPasswordHashFile = Setting.path(
        "admin.password_hash_file", "A file that holds admin.password_hash instead.")
}
