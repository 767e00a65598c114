import Core

/// What a server names itself in its greeting and its reply to EHLO, without what differs from one connection to the next:
/// host names, the time, numbers of sessions.
enum SMTPRelayIdentity {
    static func identity(greeting: SMTPReply?, ehlo: SMTPReply?) -> String {
        let software = greeting.map { words($0.lines.joined(separator: " ")) } ?? []
        let offers = (ehlo?.lines.dropFirst() ?? []).compactMap { line in
            // SIZE may follow the free disk, and AUTH's methods may come in any order.
            line.split(separator: " ").first.map { $0.uppercased().prefix { $0 != "=" } }
        }
        return (software + ["|"] + Set(offers).sorted().map(String.init)).joined(separator: " ")
    }

    /// Software and its version; what follows a semicolon or begins with a weekday is the time.
    private static func words(_ greeting: String) -> [String] {
        var words: [String] = []
        for word in greeting.prefix(while: { $0 != ";" }).split(separator: " ") {
            if weekdays.contains(word.prefix(3).lowercased()), word.count <= 4 { break }
            let word = word.trimming { ",()[]<>*".contains($0) }
            let isWord = !word.isEmpty && word.utf8.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) }
            if isWord || isVersion(word) { words.append(word.lowercased()) }
        }
        return Array(words.prefix(most))
    }

    private static let most = 8
    private static let weekdays: Set<String> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// `4.96`, `8.17.1.9/8.17.1.9`; not a network address.
    private static func isVersion(_ word: Substring) -> Bool {
        let isNumeric = word.utf8.allSatisfy { isDigit($0) || $0 == 0x2E || $0 == 0x2F }
        return isNumeric && word.contains(".") && word.utf8.first.map(isDigit) == true
            && IPAddress(String(word)) == nil
    }
}

extension Substring {
    fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self
        while let first = rest.first, isTrimmed(first) { rest = rest.dropFirst() }
        while let last = rest.last, isTrimmed(last) { rest = rest.dropLast() }
        return rest
    }
}
