import Foundation

/// An http(s) address in its parts (RFC 3986, section 3), read as browsers read it.
public struct PageAddress: Sendable {
    let scheme: String
    /// In lower case, without a user name and without a last dot.
    let host: String
    /// Empty for the scheme's own.
    let port: String
    let path: Substring
    /// With its `?`.
    let query: Substring
    /// With its `#`.
    let fragment: Substring

    /// Reads an address with its scheme, with `//` in its place, or, where the beginning can be nothing but the name of a
    /// server, without (`www.example.org`, `arxiv.org/abs/2511.01234`).
    init?(_ text: String) {
        let text = Self.withScheme(text)
        guard let halves = text[...].utf8.split(at: "://") else { return nil }
        scheme = Substring(halves.before).lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = halves.after.prefix { $0 != UInt8(ascii: "#") }
        fragment = Substring(halves.after[rest.endIndex...])
        // Browsers take a backslash for a slash (URL Standard, section 4.4), so what stands behind one is no host.
        let authority = rest.prefix { ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "\\")].contains($0) }
        let tail = rest[authority.endIndex...]
        let path = tail.prefix { $0 != UInt8(ascii: "?") }
        self.path = Substring(path)
        query = Substring(tail[path.endIndex...])
        // What stands before an @ is a user name, whatever it looks like.
        let server = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[$0...].dropFirst() } ?? authority
        var name = server.prefix { $0 != UInt8(ascii: ":") }
        let number = Substring(server[name.endIndex...].dropFirst())
        if name.last == UInt8(ascii: ".") { name = name.dropLast() }
        guard !name.isEmpty else { return nil }
        host = Substring(name).lowercased()
        let isDefault = number.isEmpty || (scheme == "https" && number == "443") || (scheme == "http" && number == "80")
        port = isDefault ? "" : ":\(number)"
    }

    /// What names the page, whichever way it was reached: the same with http and https, with or without a slash at the end,
    /// and without parameters that only say where a reader came from.
    var normalised: String {
        let path = Self.withoutSession(self.path).utf8
        let bare = path.lastIndex { $0 != UInt8(ascii: "/") }.map { Substring(path[...$0]) } ?? ""
        let scheme = port.isEmpty ? "https" : self.scheme
        return "\(scheme)://\(host)\(port)\(bare.isEmpty ? "/" : bare)\(meaningfulQuery)\(meaningfulFragment)"
    }

    /// The parts of the path, without empty ones.
    var segments: [Substring] {
        path.utf8.split(whereSeparator: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }).map { Substring($0) }
    }

    /// The host without a leading `www.`.
    var site: Substring { host.hasPrefix("www.") ? host.dropFirst(4) : host[...] }

    /// The value of a parameter of the query, percent-decoded; nil where there is none, or an empty one.
    func parameter(_ name: String) -> String? {
        for pair in query.dropFirst().split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0] == name else { continue }
            return String(halves[1]).removingPercentEncoding ?? String(halves[1])
        }
        return nil
    }
}

// MARK: - Addresses without a scheme

extension PageAddress {
    /// The address with `https:` before it where it names a server and leaves the scheme out; else the text as it is.
    public static func withScheme(_ text: String) -> String {
        if text.utf8.starts(with: "//".utf8) { return "https:" + text }
        return beginsWithServer(text) ? "https://" + text : text
    }

    /// Whether a text without a scheme begins with what can only be a server's name: `www.…`, or a name that ends in one of
    /// the usual domains with a slash behind it. A relative link may hold a dot (`figures.old/1`), so a name alone is none.
    private static func beginsWithServer(_ text: String) -> Bool {
        let name = text.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        guard name.count <= 253, name.first != UInt8(ascii: "."), name.contains(UInt8(ascii: ".")),
            name.allSatisfy({
                $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
            })
        else { return false }
        if name.count > 8, name.hasPrefix("www.") { return true }
        guard name.endIndex != text.utf8.endIndex, let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return domains.contains(Substring(name[dot...].dropFirst()).lowercased())
    }

    /// Domains that no file's name ends in.
    private static let domains: Set<String> = [
        "ac", "ai", "app", "at", "au", "be", "bio", "br", "ca", "ch", "cn", "co", "com", "de", "dev", "dk", "edu", "es",
        "eu", "fi", "fr", "gov", "il", "in", "info", "int", "io", "it", "jp", "kr", "net", "nl", "no", "nz", "org",
        "pt",
        "ru", "science", "se", "sg", "tw", "uk", "us", "za",
    ]
}

// MARK: - What does not name the page

extension PageAddress {
    /// `/paper;jsessionid=0A1B`
    private static func withoutSession(_ path: Substring) -> Substring {
        guard let mark = path.utf8.lastIndex(of: UInt8(ascii: ";")),
            path[mark...].utf8.hasPrefix(";jsessionid=")
        else { return path }
        return path[..<mark]
    }

    private var meaningfulQuery: String {
        guard query.utf8.count > 1 else { return "" }
        let pairs = query.utf8.dropFirst().split(separator: UInt8(ascii: "&"))
        let kept = pairs.filter { !Self.saysWhereFrom(Substring($0)) }
        if kept.count == pairs.count { return String(query) }
        return kept.isEmpty ? "" : "?" + kept.map { String(Substring($0)) }.joined(separator: "&")
    }

    /// A place on a page is no page; a route of a program in the browser is (`#/paper/12`, `#!paper`), and so is what
    /// ``PaperID/part(named:)`` wrote.
    private var meaningfulFragment: String {
        let name = fragment.utf8.dropFirst()
        let isRoute = name.first == UInt8(ascii: "/") || name.first == UInt8(ascii: "!")
        return (isRoute && name.count > 1) || name.hasPrefix("guid=") ? String(fragment) : ""
    }

    /// Parameters of campaigns, of advertisers' and newsletters' counts, and `source=rss` and the like.
    private static func saysWhereFrom(_ pair: Substring) -> Bool {
        let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        var name = halves[0].lowercased()
        // An address that was escaped once too often.
        if name.hasPrefix("amp;") { name.removeFirst(4) }
        if name.hasPrefix("utm_") || campaigns.contains(name) { return true }
        guard halves.count == 2 else { return false }
        let value = halves[1].lowercased()
        switch name {
        case "rss": return ["1", "yes", "true"].contains(value)
        case "source", "ref", "from", "via", "src", "feed":
            return ["rss", "atom", "feed"].contains(value) || value.hasPrefix("rss-")
        default: return false
        }
    }

    private static let campaigns: Set<String> = [
        "_hsenc", "_hsmi", "at_campaign", "at_medium", "cmpid", "dclid", "fbclid", "gbraid", "gclid", "gclsrc",
        "igshid",
        "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ocid", "vero_id", "wbraid", "wt.mc_id", "xtor", "yclid",
    ]
}
