/// Which values a template may name, and of what kind they are.
struct TemplateShape: Sendable {
    enum Field: Sendable {
        case text
        case markup
        case flag
        case group(TemplateShape)
        case list(TemplateShape)
    }

    let fields: [String: Field]

    init(_ fields: [String: Field]) { self.fields = fields }

    static func texts(_ names: String...) -> TemplateShape {
        TemplateShape(Dictionary(uniqueKeysWithValues: names.map { ($0, Field.text) }))
    }

    func adding(_ fields: [String: Field]) -> TemplateShape {
        TemplateShape(self.fields.merging(fields) { _, new in new })
    }

    func adding(_ other: TemplateShape) -> TemplateShape { adding(other.fields) }
}

extension TemplateContext {
    /// What this context holds that `shape` does not declare, or declares otherwise; the tests hold each view model to it.
    func strangers(to shape: TemplateShape) -> [String] {
        values.flatMap { name, value -> [String] in
            switch (value, shape.fields[name]) {
            case (.text, .text), (.markup, .markup), (.flag, .flag): []
            case (.group(let group), .group(let inner)): group.strangers(to: inner).map { "\(name).\($0)" }
            case (.list(let list), .list(let inner)):
                list.flatMap { $0.strangers(to: inner).map { "\(name).\($0)" } }
            default: [name]
            }
        }
    }
}
