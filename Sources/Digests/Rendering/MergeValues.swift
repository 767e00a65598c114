/// One reader's values as they stand in a mail: quoted-printable, all in one piece, so that a mail with a link at each paper
/// costs copies and nothing else.
struct MergeValues: Sendable {
    /// Those of a text or an HTML part.
    struct Part {
        let bytes: [UInt8]
        /// Where each slot's value lies.
        let places: [Range<Int>]
    }

    private var bytes: [UInt8] = []
    private var textPlaces: [Range<Int>] = []
    private var htmlPlaces: [Range<Int>] = []

    init() {
        bytes.reserveCapacity(600)
        textPlaces.reserveCapacity(MergeField.allCases.count)
        htmlPlaces.reserveCapacity(MergeField.allCases.count)
    }

    /// Adds the value of the next slot; nil where there is nothing to say.
    mutating func append(_ value: String?) {
        let place = append(encoded: value.map { MergeTemplate.encoded($0, isHTML: false) } ?? [])
        textPlaces.append(place)
        // Most values are the same in HTML.
        let differs = value.map(HTMLText.needsEscape) ?? false
        htmlPlaces.append(differs ? append(encoded: MergeTemplate.encoded(value ?? "", isHTML: true)) : place)
    }

    private mutating func append(encoded value: [UInt8]) -> Range<Int> {
        let start = bytes.count
        bytes.append(contentsOf: value)
        return start..<bytes.count
    }

    var text: Part { Part(bytes: bytes, places: textPlaces) }
    var html: Part { Part(bytes: bytes, places: htmlPlaces) }
}
