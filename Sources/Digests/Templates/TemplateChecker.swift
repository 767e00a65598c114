/// Follows a template through its sections and partials and holds every name against what it may use.
struct TemplateChecker {
    /// The tags of each template, scanned before.
    let tags: [String: [TemplateTag]]
    /// What an error calls each template: its path, where it replaces a built-in one.
    let places: [String: String]

    /// - Throws: ``TemplateError`` for the first name that is unknown, or for what the template lacks.
    func check(_ specification: TemplateSpecification) throws(TemplateError) {
        let name = specification.name.rawValue
        var walk = Walk(checker: self)
        try walk.walk(name, scopes: [specification.shape])
        for required in specification.required where !walk.used.contains(required) {
            throw TemplateError(
                places[name] ?? name, line: tags[name]?.last?.line ?? 1, "lacks “{{\(required)}}”",
                mend: "add it: \(TemplateSpecification.reason(for: required))")
        }
    }

    private struct Walk {
        let checker: TemplateChecker
        var used: Set<String> = []
        private var path: [String] = []

        init(checker: TemplateChecker) { self.checker = checker }

        mutating func walk(_ name: String, scopes: [TemplateShape]) throws(TemplateError) {
            path.append(name)
            defer { path.removeLast() }
            var scopes = scopes
            var depths: [Int] = []
            for tag in checker.tags[name] ?? [] {
                switch tag.kind {
                case .variable: try variable(tag, scopes, isMarkup: false)
                case .unescaped: try variable(tag, scopes, isMarkup: true)
                case .section, .inverted:
                    depths.append(scopes.count)
                    if let inner = try section(tag, scopes), tag.kind == .section { scopes.append(inner) }
                case .parent:
                    depths.append(scopes.count)
                    try partial(tag, scopes)
                case .block: depths.append(scopes.count)
                case .end: scopes.removeLast(scopes.count - (depths.popLast() ?? scopes.count))
                case .partial: try partial(tag, scopes)
                case .comment, .text: break
                }
            }
        }

        private mutating func variable(
            _ tag: TemplateTag, _ scopes: [TemplateShape], isMarkup: Bool
        ) throws(TemplateError) {
            switch try field(tag, scopes) {
            case .text where !isMarkup: break
            case .text:
                throw error(
                    tag, "“\(tag.name)” would be written unescaped", mend: "write it with two braces: {{\(tag.name)}}")
            case .markup where isMarkup && tag.isAlone: break
            case .markup:
                throw error(
                    tag, "“\(tag.name)” is not written as it must be",
                    mend: "put {{{\(tag.name)}}} on a line of its own")
            default:
                throw error(
                    tag, "“\(tag.name)” is not a text", mend: "open it as a section: {{#\(tag.name)}}…{{/\(tag.name)}}")
            }
        }

        private mutating func section(_ tag: TemplateTag, _ scopes: [TemplateShape]) throws(TemplateError)
            -> TemplateShape?
        {
            switch try field(tag, scopes) {
            case .group(let shape), .list(let shape): shape
            default: nil
            }
        }

        private mutating func field(_ tag: TemplateTag, _ scopes: [TemplateShape]) throws(TemplateError)
            -> TemplateShape.Field
        {
            for scope in scopes.reversed() {
                if let field = scope.fields[tag.name] {
                    used.insert(tag.name)
                    return field
                }
            }
            let known = Set(scopes.flatMap { $0.fields.keys }).sorted()
            throw error(tag, "there is no “\(tag.name)” here", mend: "use one of \(known.joined(separator: ", "))")
        }

        private mutating func partial(_ tag: TemplateTag, _ scopes: [TemplateShape]) throws(TemplateError) {
            guard checker.tags[tag.name] != nil else {
                throw error(tag, "there is no template “\(tag.name)”", mend: "name one of the files of Templates/")
            }
            guard !path.contains(tag.name) else {
                throw error(tag, "“\(tag.name)” would include itself", mend: "remove it here")
            }
            try walk(tag.name, scopes: scopes)
        }

        private func error(_ tag: TemplateTag, _ message: String, mend: String) -> TemplateError {
            let name = path.last ?? ""
            return TemplateError(tag.file ?? checker.places[name] ?? name, line: tag.line, message, mend: mend)
        }
    }
}
