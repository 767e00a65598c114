/// The values a template is filled with, by name. An absent value is an empty text and a section that is left out.
public struct TemplateContext: Sendable {
    /// One value.
    public enum Value: Sendable {
        /// Escaped as the template's kind needs.
        case text(String)
        /// Written as it is. Nothing that came from outside is ever one.
        case markup(String)
        case flag(Bool)
        case group(TemplateContext)
        case list([TemplateContext])
    }

    private(set) var values: [String: Value] = [:]

    public init() {}

    public subscript(name: String) -> Value? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Sets a text; nil and the empty text leave it absent.
    public mutating func set(_ name: String, _ text: String?) {
        values[name] = text.flatMap { $0.isEmpty ? nil : .text($0) }
    }

    /// Sets a flag, which opens or closes a section.
    public mutating func set(_ name: String, _ flag: Bool) { values[name] = .flag(flag) }

    /// Sets what a section is repeated for.
    public mutating func set(_ name: String, _ list: [TemplateContext]) { values[name] = .list(list) }

    /// These values and those of `other`, which win.
    public func adding(_ other: TemplateContext) -> TemplateContext {
        var sum = self
        sum.values.merge(other.values) { _, new in new }
        return sum
    }

    /// The form in which swift-mustache reads it fastest: plain dictionaries, no reflection.
    var object: [String: Any] {
        values.mapValues { value in
            switch value {
            case .text(let text), .markup(let text): text
            case .flag(let flag): flag
            case .group(let group): group.object
            case .list(let list): list.map(\.object)
            }
        }
    }
}

extension [TemplateContext] {
    /// Items that stand in one line, of which each but the first knows that it follows another: what stands between them is
    /// part of the text, for software without styles.
    public var inRow: [TemplateContext] {
        enumerated().map { index, item in
            var item = item
            item.set("follows", index > 0)
            return item
        }
    }
}
