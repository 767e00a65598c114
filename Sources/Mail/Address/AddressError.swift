/// Why a text is not a mail address, and where in it.
public struct AddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text that was refused, shortened to 80 characters and without controls.
    public let text: String
    /// Where the fault lies, counted in characters from 1; nil when it concerns the whole.
    public let position: Int?
    /// What is wrong and how to mend it, without the text itself.
    public let reason: String

    init(_ text: some StringProtocol, at position: Int? = nil, _ reason: String) {
        self.text = HeaderText.shortened(HeaderText.cleaned(text), to: 80)
        self.position = position
        self.reason = reason
    }

    public var description: String {
        let place = position.map { " (character \($0))" } ?? ""
        return "\"\(text)\" is not a mail address: \(reason)\(place)"
    }
}
