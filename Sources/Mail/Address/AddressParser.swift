/// Splits `local-part@domain` and checks the local part; the domain is ``DomainName``'s.
struct AddressParser {
    private let text: String
    private let scalars: [Unicode.Scalar]
    private var index: Int
    /// Where the domain begins, counted from 1.
    private(set) var domainPosition = 1

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
        index = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.count
    }

    mutating func parse() throws(AddressError) -> (local: String, domain: String) {
        guard index < scalars.count else { throw AddressError(text, "it is empty") }
        let local = scalars[index] == "\"" ? try quotedLocalPart() : try dotAtom()
        guard index < scalars.count else {
            throw AddressError(text, "the @ and the domain are missing; write it as name@example.org")
        }
        guard scalars[index] == "@" else { throw fault("the quoted part must be followed by an @") }
        index += 1
        domainPosition = index + 1
        let end = (scalars.lastIndex { !$0.properties.isWhitespace } ?? index) + 1
        guard index < end else { throw AddressError(text, at: index, "nothing follows the @") }
        var domain = String.UnicodeScalarView()
        for scalar in scalars[index..<end] {
            if scalar == "@" { throw fault("it has a second @") }
            if let problem = Self.problem(with: scalar) { throw fault(problem) }
            domain.append(scalar)
            index += 1
        }
        return (local, String(domain))
    }

    /// `Dot-string` of RFC 5321 with the UTF-8 of RFC 6531, up to the `@`.
    private mutating func dotAtom() throws(AddressError) -> String {
        var local = String.UnicodeScalarView()
        while index < scalars.count, scalars[index] != "@" {
            let scalar = scalars[index]
            if scalar == "." {
                if local.isEmpty { throw fault("it begins with a dot") }
                if local.last == "." { throw fault("two dots follow each other") }
            } else if let problem = Self.problem(with: scalar) {
                throw fault(problem)
            } else if scalar.isASCII, !scalar.isAtext {
                throw fault("\"\(scalar)\" is not allowed before the @")
            }
            local.append(scalar)
            index += 1
        }
        if local.isEmpty { throw fault("nothing precedes the @") }
        if local.last == ".", index < scalars.count { throw fault("the part before the @ ends with a dot") }
        return String(local)
    }

    /// `Quoted-string` of RFC 5321 section 4.1.2.
    private mutating func quotedLocalPart() throws(AddressError) -> String {
        var content = String.UnicodeScalarView()
        index += 1
        while index < scalars.count, scalars[index] != "\"" {
            if scalars[index] == "\\" { index += 1 }
            guard index < scalars.count else { break }
            if scalars[index] != " ", let problem = Self.problem(with: scalars[index]) { throw fault(problem) }
            content.append(scalars[index])
            index += 1
        }
        guard index < scalars.count else { throw AddressError(text, "the quotation mark is not closed") }
        index += 1
        let bare = String(content)
        if bare.isDotAtom { return bare }
        let escaped = bare.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }

    private func fault(_ reason: String) -> AddressError { AddressError(text, at: index + 1, reason) }

    /// White space, controls and characters nobody can see would make two different addresses look alike.
    private static func problem(with scalar: Unicode.Scalar) -> String? {
        if scalar == "\r" || scalar == "\n" { return "it holds a line end" }
        if scalar.properties.isWhitespace { return "it holds a space" }
        switch scalar.properties.generalCategory {
        case .control, .surrogate: return "it holds a control character"
        case .format: return "it holds an invisible character"
        case .unassigned, .privateUse: return "it holds a character without a meaning in Unicode"
        default: return scalar.properties.isDefaultIgnorableCodePoint ? "it holds an invisible character" : nil
        }
    }
}

extension Unicode.Scalar {
    /// `atext` of RFC 5322 section 3.2.3, ASCII only.
    var isAtext: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "!", "#", "$", "%", "&", "'", "*", "+", "-", "/", "=", "?", "^", "_", "`", "{", "|", "}", "~": true
        default: false
        }
    }
}

extension StringProtocol {
    /// `dot-atom-text` of RFC 5322, with any character outside ASCII as RFC 6532 allows.
    var isDotAtom: Bool {
        var last: Unicode.Scalar = "."
        for scalar in unicodeScalars {
            let isDot = scalar == "."
            guard isDot ? last != "." : !scalar.isASCII || scalar.isAtext else { return false }
            last = scalar
        }
        return last != "."
    }
}
