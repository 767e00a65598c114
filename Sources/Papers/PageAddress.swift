/// An http(s) address in its parts (RFC 3986, section 3).
struct PageAddress {
    let scheme: String
    /// In lower case.
    let host: String
    /// Empty for the scheme's own.
    let port: String
    let path: Substring
    /// With its `?`.
    let query: Substring

    init?(_ text: String) {
        guard let halves = text[...].utf8.split(at: "://") else { return nil }
        scheme = Substring(halves.before).lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = halves.after.prefix { $0 != UInt8(ascii: "#") }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        let tail = rest[authority.endIndex...]
        let path = tail.prefix { $0 != UInt8(ascii: "?") }
        self.path = Substring(path)
        query = Substring(tail[path.endIndex...])
        let name = authority.prefix { $0 != UInt8(ascii: ":") }
        guard !name.isEmpty else { return nil }
        host = Substring(name).lowercased()
        let number = Substring(authority[name.endIndex...].dropFirst())
        let isDefault = number.isEmpty || (scheme == "https" && number == "443") || (scheme == "http" && number == "80")
        port = isDefault ? "" : ":\(number)"
    }

    /// Without fragment and default port, and with a path.
    var normalised: String { "\(scheme)://\(host)\(port)\(path.isEmpty ? "/" : path)\(query)" }
}
