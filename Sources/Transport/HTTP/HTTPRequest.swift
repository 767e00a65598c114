/// A GET that is polite and limited.
public struct HTTPRequest: Sendable {
    public var url: String
    /// The validators of the copy at hand; the answer is 304 when it is still current (RFC 9110 section 13.1).
    public var etag: String?
    public var lastModified: String?
    /// The Accept header; some hosts (arXiv) answer 406 without one.
    public var accept = "*/*"
    /// The most bytes of body that are taken, counted after decompression.
    public var maxBytes = 32 * 1024 * 1024
    /// For everything, redirects included.
    public var timeout = Duration.seconds(60)
    public var connectTimeout = Duration.seconds(15)
    /// A transfer slower than this many bytes a second for 20 seconds is given up.
    public var minimumBytesPerSecond = 64
    public var maxRedirects = 5
    /// `file` only where the operator's own configuration names the file. A redirect never leads out of http and https.
    public var allowedSchemes: Set<String> = ["http", "https"]
    /// Whether the address may be on this machine or in a private network. A redirect to another scheme, host or port does
    /// not inherit it: there it has to be public.
    public var allowsPrivateAddresses = false

    public init(url: String) { self.url = url }

    /// Whether two addresses have scheme, host and port in common, so that a leave for one is meant for the other.
    public static func haveSameOrigin(_ one: String, _ other: String) -> Bool {
        let schemes: Set = ["http", "https", "file"]
        guard let first = try? FetchTarget(one, schemes: schemes),
            let second = try? FetchTarget(other, schemes: schemes)
        else { return false }
        return first.hasOrigin(of: second)
    }

    /// Whether the address is on this machine or in a private network by the way it is written. What a name leads to is
    /// seen only on connecting.
    public var isPrivateAsWritten: Bool {
        (try? FetchTarget(url, schemes: allowedSchemes))?.isPrivateLiteral ?? false
    }
}
