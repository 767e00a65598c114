import Foundation

/// When a form was shown, signed, in a hidden field of it: what comes back at once was filled in by a machine.
///
/// It names no visitor, so that a page that holds one may be cached for a while; it then proves a little more age than its
/// reader had.
public enum FormStamp {
    /// What a stamp says of the form that brings it.
    public enum Verdict: Sendable, Equatable { case good, tooFast, tooOld, forged, missing }

    /// Seconds for which a form that is open in a tab can be sent.
    public static let lifetime: TimeInterval = 24 * 3600

    /// Seconds since 1970 and the first 128 bits of their HMAC, base64url without padding.
    public static func text(at now: Date, key: SiteKey) -> String {
        let seconds = Array(String(Int64(now.timeIntervalSince1970.rounded(.down))).utf8)
        return Base64URL.encode(code(seconds, key) + seconds)
    }

    /// - Parameter fillTime: the fewest seconds in which a person fills the form in.
    public static func verdict(on text: String?, fillTime: TimeInterval, key: SiteKey, now: Date) -> Verdict {
        guard let text, !text.isEmpty else { return .missing }
        guard text.utf8.count <= 100, let bytes = Base64URL.decode(text), bytes.count > 16,
            SiteKey.equal(Array(bytes.prefix(16)), code(Array(bytes.dropFirst(16)), key)),
            let seconds = Int64(String(decoding: bytes.dropFirst(16), as: UTF8.self))
        else { return .forged }
        let age = now.timeIntervalSince1970 - Double(seconds)
        if age < fillTime { return .tooFast }
        return age > lifetime ? .tooOld : .good
    }

    private static func code(_ seconds: [UInt8], _ key: SiteKey) -> [UInt8] {
        Array(key.code("form", seconds).prefix(16))
    }
}
