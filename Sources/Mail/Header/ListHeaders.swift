/// The header fields that mark list mail and let a reader leave it with one click.
///
/// List-Id (RFC 2919), List-Unsubscribe (RFC 2369), List-Unsubscribe-Post (RFC 8058), Auto-Submitted (RFC 3834),
/// Feedback-ID (Gmail), Precedence.
public struct ListHeaders: Sendable {
    /// All but List-Unsubscribe are the same in every mail of the list and encoded once.
    private let listID: HeaderField
    private let others: [HeaderField]

    /// - Parameters:
    ///   - listID: `label.domain` under our own domain, such as `papers.example.org`.
    ///   - listName: what people may call the list, or nil.
    ///   - feedbackID: `campaign:customer:kind:sender` for Gmail's feedback loop, of which the last is needed, or nil; see
    ///     ``feedbackSender(listID:)``.
    ///   - precedenceBulk: whether to add `Precedence: bulk`, which some older autoresponders obey.
    /// - Throws: ``MailError`` for a list id without a dot and a feedback id with spaces.
    public init(
        listID: String, listName: String? = nil, feedbackID: String? = nil, precedenceBulk: Bool = false
    ) throws(MailError) {
        guard listID.isDotAtom, listID.contains("."), listID.utf8.allSatisfy({ $0 < 0x80 }), listID.utf8.count <= 255
        else { throw MailError("\"\(listID)\" is not a list id: write it as papers.example.org") }
        // Many readers look for the first < and do not mind quotes.
        let bare = (listName ?? "").filter { $0 != "<" && $0 != ">" }
        let name = HeaderText.shortened(HeaderText.cleaned(bare), to: 120)
        let phrase = name.isEmpty ? [] : Phrase.tokens(name)
        self.listID = HeaderField("List-Id", tokens: phrase + [.fixed("<\(listID)>")])
        var others = [
            HeaderField("List-Unsubscribe-Post", tokens: [.fixed("List-Unsubscribe=One-Click")]),
            HeaderField("Auto-Submitted", tokens: [.fixed("auto-generated")]),
            Self.noAnswers,
        ]
        if let feedbackID { others.append(try HeaderField("Feedback-ID", parts: [feedbackID])) }
        if precedenceBulk { others.append(HeaderField("Precedence", tokens: [.fixed("bulk")])) }
        self.others = others
    }

    /// Asks Exchange for no holiday notes and no answers of rules ([MS-OXCMAIL] 2.2.3.2.14). Reports of failures are wanted:
    /// neither `NDR` nor `All` is among its values.
    public static let noAnswers = HeaderField(
        "X-Auto-Response-Suppress", tokens: [.fixed("OOF,"), .fixed("AutoReply")])

    /// The fields of one reader's mail, in the order they go out.
    ///
    /// - Parameters:
    ///   - unsubscribeURL: where one POST unsubscribes; `https` (RFC 8058), plain `http` only for an installation on
    ///     loopback.
    ///   - unsubscribeMailto: `mailto:…` for readers without one-click, or nil.
    /// - Throws: ``MailError`` for a URI that is not one.
    public func fields(unsubscribeURL: String, unsubscribeMailto: String? = nil) throws(MailError) -> [HeaderField] {
        var uris = [try Self.uri(unsubscribeURL, schemes: ["https://", "http://"])]
        if let unsubscribeMailto { uris.append(try Self.uri(unsubscribeMailto, schemes: ["mailto:"])) }
        let separated = uris.enumerated().map { $0.offset + 1 < uris.count ? $0.element + "," : $0.element }
        return [listID, HeaderField("List-Unsubscribe", tokens: separated.map(HeaderToken.fixed))] + others
    }

    /// The sender as Gmail's feedback loop wants it, the same in all mails of a list: 5 to 15 characters.
    ///
    /// - Throws: ``MailError`` where OpenSSL cannot compute SHA-256.
    public static func feedbackSender(listID: String) throws(MailError) -> String {
        String(try SHA256.hexadecimal(Array(listID.utf8)).prefix(12))
    }

    private static func uri(_ text: String, schemes: [String]) throws(MailError) -> String {
        let known = schemes.contains { scheme in
            let start = text.utf8.prefix(scheme.utf8.count)
            return text.utf8.count > scheme.utf8.count && start.elementsEqual(scheme.utf8) { $0 | 0x20 == $1 }
        }
        let clean = text.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x2C && $0 != 0x3C && $0 != 0x3E
        }
        guard known, clean, text.utf8.count <= 500 else {
            let shown = HeaderText.shortened(HeaderText.cleaned(text), to: 80)
            throw MailError(
                "\"\(shown)\" cannot stand in List-Unsubscribe: write it as \(schemes[0])… in ASCII, at most 500 bytes")
        }
        return "<\(text)>"
    }
}
