/// Web addresses as feeds write them.
enum WebAddress {
    /// The absolute http(s) address that `reference` means, by RFC 3986 section 5.2; nil for anything that is no link to a
    /// page (`mailto:`, `javascript:`, a relative one without a base).
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
        let reference = escaped(reference.trimmed)
        guard !reference.isEmpty else { return nil }
        if let scheme = scheme(of: reference) {
            return (scheme == "http" || scheme == "https") && reference.dropFirst(scheme.count + 1).hasPrefix("//")
                && !authority(reference, after: scheme).isEmpty ? reference : nil
        }
        guard let base, let baseScheme = scheme(of: base), baseScheme == "http" || baseScheme == "https" else {
            return nil
        }
        if reference.hasPrefix("//") { return baseScheme + ":" + reference }
        let root = baseScheme + "://" + authority(base, after: baseScheme)
        if reference.hasPrefix("#") { return String(base.prefix { $0 != "#" }) + reference }
        let basePath = base.dropFirst(root.count).prefix { $0 != "?" && $0 != "#" }
        if reference.hasPrefix("?") { return "\(root)\(basePath)\(reference)" }
        let path = reference.prefix { $0 != "?" && $0 != "#" }
        let tail = reference.dropFirst(path.count)
        if path.hasPrefix("/") { return "\(root)\(withoutDots(String(path)))\(tail)" }
        let folder = basePath.lastIndex(of: "/").map { String(basePath[...$0]) } ?? "/"
        return "\(root)\(withoutDots(folder + path))\(tail)"
    }

    /// The longest address that is read, in bytes, before blanks are escaped; nobody's browser sends one that is longer.
    private static let longest = 8 << 10

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        byte > 0x2C && byte < 0x7F && byte != 0x3C && byte != 0x3E && byte != 0x3F
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
