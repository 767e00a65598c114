import Core
import Papers

/// Web addresses as feeds write them.
enum WebAddress {
    /// The page that an entry's link leads to; nil where it leads to none: a word that stands for “none”, or a place in
    /// the feed itself.
    static func page(_ reference: String?, against base: String?) -> String? {
        guard let reference = reference?.trimmed, !reference.hasPrefix("#"),
            !words.contains(reference.lowercased())
        else { return nil }
        return resolve(reference, against: base)
    }

    /// The first of several links that leads to a page.
    static func page(_ references: [String], against base: String?) -> String? {
        references.lazy.compactMap { page($0, against: base) }.first
    }

    /// What forms and databases write where there is no link.
    private static let words: Set<String> = [
        "-", "--", "–", "—", "?", ".", "/", "n/a", "n.a.", "na", "nan", "nil", "no link", "no url", "none",
        "not available",
        "not applicable", "null", "tba", "tbd", "undefined", "unknown", "http://n/a", "https://n/a", "(none)", "[none]",
    ]

    /// The absolute http(s) address that `reference` means, by RFC 3986 section 5.2; nil for anything that is no link to a
    /// page (`mailto:`, `javascript:`, a relative one without a base). A user name before the host is dropped: it shows
    /// readers another site than the one they are led to.
    static func resolve(_ reference: String, against base: String?) -> String? {
        // One base may be that of very many links.
        guard reference.utf8.count <= longest else { return nil }
        let base = base.flatMap { $0.utf8.count <= longest ? $0 : nil }
        // The usual case, and addresses are many.
        if reference.utf8.starts(with: "https://".utf8), reference.utf8.count > 8,
            reference.utf8.allSatisfy(isUnreserved)
        {
            return reference
        }
        var reference = escaped(slashed(reference.trimmed))
        if reference.hasPrefix("//"), let base, let scheme = scheme(of: base), scheme == "http" {
            reference = "http:" + reference
        } else {
            reference = PageAddress.withScheme(reference)
        }
        guard !reference.isEmpty else { return nil }
        if let scheme = scheme(of: reference) {
            guard scheme == "http" || scheme == "https", reference.dropFirst(scheme.count + 1).hasPrefix("//") else {
                return nil
            }
            let authority = authority(reference, after: scheme)
            guard let host = host(authority) else { return nil }
            if host.count == authority.count { return reference }
            return "\(reference[..<authority.startIndex])\(host)\(reference[authority.endIndex...])"
        }
        guard let base, let baseScheme = scheme(of: base), baseScheme == "http" || baseScheme == "https" else {
            return nil
        }
        let baseAuthority = authority(base, after: baseScheme)
        guard let baseHost = host(baseAuthority) else { return nil }
        let root = "\(baseScheme)://\(baseHost)"
        let baseTail = base[baseAuthority.endIndex...]
        if reference.hasPrefix("#") { return "\(root)\(baseTail.prefix { $0 != "#" })\(reference)" }
        let basePath = baseTail.prefix { $0 != "?" && $0 != "#" }
        if reference.hasPrefix("?") { return "\(root)\(basePath)\(reference)" }
        let path = reference.prefix { $0 != "?" && $0 != "#" }
        let tail = reference.dropFirst(path.count)
        if path.hasPrefix("/") { return "\(root)\(withoutDots(String(path)))\(tail)" }
        let folder = basePath.lastIndex(of: "/").map { String(basePath[...$0]) } ?? "/"
        return "\(root)\(withoutDots(folder + path))\(tail)"
    }

    /// The longest address that is read, in bytes, before blanks are escaped; nobody's browser sends one that is longer.
    private static let longest = 8 << 10

    /// Neither a blank, a quote, an angle bracket, an @ nor a backslash.
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        byte > 0x2C && byte < 0x7F && byte != 0x3C && byte != 0x3E && byte != 0x3F && byte != 0x40 && byte != 0x5C
    }

    private static func scheme(of address: String) -> String? {
        let head = address.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
        guard head.count < address.count, address[head.endIndex] == ":", head.first?.isLetter == true,
            head.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) })
        else { return nil }
        return head.lowercased()
    }

    private static func authority(_ address: String, after scheme: String) -> Substring {
        address.dropFirst(scheme.count + 3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    }

    /// The host and port of an authority, without a user name; nil where there is no host.
    private static func host(_ authority: Substring) -> Substring? {
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return host.isEmpty || host.hasPrefix(":") ? nil : host
    }

    /// Browsers take a backslash before the query for a slash (URL Standard, section 4.4).
    private static func slashed(_ address: String) -> String {
        guard address.utf8.contains(UInt8(ascii: "\\")) else { return address }
        let head = address.prefix { $0 != "?" && $0 != "#" }
        return "\(head.replacing("\\", with: "/"))\(address[head.endIndex...])"
    }

    /// Blanks, quotes and angle brackets would end the address in a mail or page.
    private static func escaped(_ address: String) -> String {
        guard address.utf8.contains(where: { $0 <= 0x20 || $0 == 0x22 || $0 == 0x3C || $0 == 0x3E }) else {
            return address
        }
        var result = ""
        for scalar in address.unicodeScalars {
            switch scalar {
            case " ": result += "%20"
            case "\"": result += "%22"
            case "<": result += "%3C"
            case ">": result += "%3E"
            default: if scalar.value > 0x20 { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }

    private static func withoutDots(_ path: String) -> String {
        guard path.contains("/.") else { return path }
        var segments: [Substring] = []
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            if part == ".." { _ = segments.popLast() }
            if part != "." && part != ".." {
                segments.append(part)
            } else if isLast {
                segments.append("")
            }
        }
        return "/" + segments.joined(separator: "/")
    }
}
