import Core
import Mail

/// What stands in a mail and is one reader's own.
enum MergeField: Int, CaseIterable, Sendable {
    case address, since, preferencesURL, unsubscribeURL
    /// Where the reader says what they think of a paper.
    case marksURL

    /// As templates call it.
    var name: String {
        switch self {
        case .address: "address"
        case .since: "since"
        case .preferencesURL: "preferencesURL"
        case .unsubscribeURL: "unsubscribeURL"
        case .marksURL: "marksURL"
        }
    }

    init?(name: String) {
        guard let slot = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = slot
    }

    /// Those of a mail's frame.
    static let footer: [MergeField] = [.address, .since, .preferencesURL, .unsubscribeURL]
}

/// One reader's values, as text.
struct ReaderValues: Sendable {
    /// By slot; nil where there is nothing to say.
    private let values: [String?]
    /// A bit for each slot that has a value.
    let present: UInt8

    init(_ recipient: MailRecipient, since: (CivilDate) -> String) {
        values = MergeField.allCases.map { recipient.value($0, since: since) }
        present = values.enumerated().reduce(0) { $1.element == nil ? $0 : $0 | 1 << UInt8($1.offset) }
    }

    func has(_ slot: MergeField) -> Bool { values[slot.rawValue] != nil }

    /// Ready for ``MergeBody/filled(_:)``.
    func encoded() -> MergeValues {
        var bytes = MergeValues()
        for value in values { bytes.append(value) }
        return bytes
    }
}
