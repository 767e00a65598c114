import Digests
import Site

/// The form by which a page offers to mail the link to preferences to the subscription's address: it posts `token` and
/// `right`, the token's purpose.
///
/// A page that was reached by a link of a lesser right holds this and never the link itself: the addresses of such pages are
/// known to mail providers and to whoever a mail was forwarded to.
struct MailLinkOffer: Sendable {
    var token: String
    var right: TokenPurpose

    func fill(_ context: inout TemplateContext) {
        context.set("linkToken", token)
        context.set("linkRight", right.rawValue)
    }
}
