import Foundation

/// Domain names as mail uses them: at least two labels, and A-labels where a label is not ASCII (RFC 5890, 5891).
enum DomainName {
    /// The A-label form of `domain` in lower case.
    ///
    /// - Parameters:
    ///   - text: the whole address, for the error.
    ///   - position: where the domain begins in it, counted from 1.
    static func ascii(_ domain: String, in text: String, at position: Int) throws(AddressError) -> String {
        func fault(_ reason: String) -> AddressError { AddressError(text, at: position, reason) }
        if domain.hasPrefix("[") { throw fault("an address literal is not accepted, write a domain name") }
        let lower = domain.lowercased()
        // An A-label too must be one that Unicode text leads to.
        let isPlain = domain.utf8.allSatisfy { $0 < 0x80 } && !lower.contains("xn--")
        let ascii = isPlain ? lower : try mapped(domain, fault)
        let labels = ascii.split(separator: ".", omittingEmptySubsequences: false)
        if labels.contains("") { throw fault("the domain has an empty label, look for a dot too many") }
        guard labels.count > 1 else { throw fault("the domain \"\(domain)\" has no dot, write it in full") }
        for label in labels { try check(label, fault) }
        if let top = labels.last, top.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            throw fault("the domain ends in a number, write a domain name and not an IP address")
        }
        guard ascii.utf8.count <= 253 else {
            throw fault("the domain has \(ascii.utf8.count) bytes, 253 are allowed")
        }
        return ascii
    }

    /// Foundation carries the whole of UTS 46 (mapping, NFC, Punycode, bidi and joiner rules) for the hosts of URLs.
    private static func mapped(_ domain: String, _ fault: (String) -> AddressError) throws(AddressError) -> String {
        // Only characters that cannot end a host may reach the URL parser.
        let harmless = domain.unicodeScalars.allSatisfy { scalar in
            guard scalar.isASCII else { return true }
            return scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-"
                || scalar == "."
        }
        guard harmless, let url = URLComponents(string: "http://\(domain)/"), url.host != nil,
            let host = url.encodedHost,
            host.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "%") })
        else { throw fault("\"\(domain)\" is not a domain name") }
        return host.lowercased()
    }

    /// Letters, digits and hyphens, 1 to 63 of them, no hyphen at either end (RFC 1123 section 2.1).
    private static func check(_ label: Substring, _ fault: (String) -> AddressError) throws(AddressError) {
        if let bad = label.unicodeScalars.first(where: { !$0.isLetterDigitHyphen }) {
            throw fault("\"\(bad)\" is not allowed in a domain")
        }
        if label.utf8.count > 63 { throw fault("the label \"\(label)\" of the domain has more than 63 bytes") }
        if label.hasPrefix("-") || label.hasSuffix("-") {
            throw fault("the label \"\(label)\" of the domain begins or ends with a hyphen")
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isLetterDigitHyphen: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9", "-": true
        default: false
        }
    }
}

extension String {
    /// Normalisation form C.
    var precomposed: String { precomposedStringWithCanonicalMapping }
}

extension Address {
    /// The domain as readers see it: what `asciiDomain` has as A-labels in their own letters.
    public var unicodeDomain: String {
        guard asciiDomain.contains("xn--") else { return asciiDomain }
        return URLComponents(string: "http://\(asciiDomain)/")?.host ?? asciiDomain
    }
}
