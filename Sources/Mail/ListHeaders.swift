/// The header fields that mark list mail and let a reader leave it with one click.
///
/// List-Id (RFC 2919), List-Unsubscribe (RFC 2369), List-Unsubscribe-Post (RFC 8058), Auto-Submitted (RFC 3834),
/// Feedback-ID (Gmail), Precedence.
public struct ListHeaders: Hashable, Sendable {
    /// `label.domain` under our own domain, such as `papers.example.org`.
    public var listID: String
    /// What people may call the list, or nil.
    public var listName: String?
    /// Where one POST unsubscribes; `https` (RFC 8058), plain `http` only for an installation on loopback.
    public var unsubscribeURL: String
    /// `mailto:…` for readers without one-click, or nil.
    public var unsubscribeMailto: String?
    /// `campaign:customer:kind:sender` for Gmail's feedback loop, of which the last is needed, or nil; see
    /// ``feedbackSender(listID:)``.
    public var feedbackID: String?
    /// Whether to add `Precedence: bulk`, which some older autoresponders obey.
    public var precedenceBulk: Bool

    public init(
        listID: String, listName: String? = nil, unsubscribeURL: String, unsubscribeMailto: String? = nil,
        feedbackID: String? = nil, precedenceBulk: Bool = false
    ) {
        self.listID = listID
        self.listName = listName
        self.unsubscribeURL = unsubscribeURL
        self.unsubscribeMailto = unsubscribeMailto
        self.feedbackID = feedbackID
        self.precedenceBulk = precedenceBulk
    }

    /// The fields in the order they go out.
    ///
    /// - Throws: ``MailError`` for a list id without a dot, a URI that is not one, and a feedback id with spaces.
    public func fields() throws(MailError) -> [HeaderField] {
        guard listID.isDotAtom, listID.contains("."), listID.utf8.allSatisfy({ $0 < 0x80 }), listID.utf8.count <= 255
        else { throw MailError("\"\(listID)\" is not a list id: write it as papers.example.org") }
        // Many readers look for the first < and do not mind quotes.
        let bare = (listName ?? "").filter { $0 != "<" && $0 != ">" }
        let name = HeaderText.shortened(HeaderText.cleaned(bare), to: 120)
        let phrase = name.isEmpty ? [] : Phrase.tokens(name)
        var uris = [try Self.uri(unsubscribeURL, schemes: ["https://", "http://"])]
        if let unsubscribeMailto { uris.append(try Self.uri(unsubscribeMailto, schemes: ["mailto:"])) }
        let separated = uris.enumerated().map { $0.offset + 1 < uris.count ? $0.element + "," : $0.element }
        var fields = [
            HeaderField("List-Id", tokens: phrase + [.fixed("<\(listID)>")]),
            HeaderField("List-Unsubscribe", tokens: separated.map(HeaderToken.fixed)),
            HeaderField("List-Unsubscribe-Post", tokens: [.fixed("List-Unsubscribe=One-Click")]),
            HeaderField("Auto-Submitted", tokens: [.fixed("auto-generated")]),
        ]
        if let feedbackID { fields.append(try HeaderField("Feedback-ID", parts: [feedbackID])) }
        if precedenceBulk { fields.append(HeaderField("Precedence", tokens: [.fixed("bulk")])) }
        return fields
    }

    /// The sender as Gmail's feedback loop wants it, the same in all mails of a list: 5 to 15 characters.
    ///
    /// - Throws: ``MailError`` where OpenSSL cannot compute SHA-256.
    public static func feedbackSender(listID: String) throws(MailError) -> String {
        let digest = try SHA256()
        digest.update(Array(listID.utf8))
        return digest.finish().prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func uri(_ text: String, schemes: [String]) throws(MailError) -> String {
        let known = schemes.contains { text.lowercased().hasPrefix($0) && text.utf8.count > $0.utf8.count }
        let clean = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && ![0x22, 0x2C, 0x3C, 0x3E].contains($0) }
        guard known, clean, text.utf8.count <= 500 else {
            let shown = HeaderText.shortened(HeaderText.cleaned(text), to: 80)
            throw MailError(
                "\"\(shown)\" cannot stand in List-Unsubscribe: write it as \(schemes[0])… in ASCII, at most 500 bytes")
        }
        return "<\(text)>"
    }
}
