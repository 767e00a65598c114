/// Which Broadsheet this is.
public enum ProgramVersion {
    public static let text = "0.1.0"

    /// How it names itself to the servers that it asks (RFC 9110, section 10.1.5).
    ///
    /// - Parameter about: the site's address, so that who runs a server can reach its operator, or what asks.
    public static func userAgent(_ about: String) -> String { "Broadsheet/\(text) (\(about))" }
}
