import Core

/// Writes an expression as the text that parses to it again.
enum CanonicalPrinter {
    static func text(of expression: Expression) -> String {
        switch expression {
        case .test(let test): text(of: test.condition)
        case .not(let inner): "-" + member(inner)
        case .and(let members): members.map(member).joined(separator: " ")
        case .or(let members): members.map { isAnd($0) ? text(of: $0) : member($0) }.joined(separator: " OR ")
        }
    }

    /// In parentheses unless it holds together by itself.
    private static func member(_ expression: Expression) -> String {
        switch expression {
        case .test, .not: text(of: expression)
        case .and, .or: "(\(text(of: expression)))"
        }
    }

    private static func isAnd(_ expression: Expression) -> Bool {
        if case .and = expression { true } else { false }
    }

    static func text(of condition: Condition) -> String {
        switch condition {
        case .text(let text): prefix(of: text.scope) + words(of: text)
        case .author(let name): "author:" + quoted(name.words.joined(separator: " ")) + (name.isPrefix ? "*" : "")
        case .category(let category): "cat:" + text(of: category)
        case .fact(let fact): text(of: fact)
        }
    }

    private static func prefix(of scope: TextScope) -> String {
        switch scope {
        case .anywhere: ""
        case .title: "title:"
        case .abstract: "abstract:"
        case .keyword: "keyword:"
        case .organization: "org:"
        }
    }

    private static func words(of text: TextCondition) -> String {
        switch text.style {
        case .inflected: quoted(closedUp(text.words))
        case .exact: "=" + quoted(closedUp(text.words))
        case .prefix: text.words + "*"
        }
    }

    /// Signs of scripts without blanks stand together, as they are read.
    private static func closedUp(_ words: String) -> String {
        guard !words.utf8.allSatisfy({ $0 < 0x80 }) else { return words }
        var result = ""
        var endedInSign = false
        for word in Words.separated(words) {
            let isSign = word.unicodeScalars.first?.isWrittenWithoutBlanks ?? false
            if !result.isEmpty && !(isSign && endedInSign) { result += " " }
            result += word
            endedInSign = isSign
        }
        // Where blanks kept apart what Unicode would compose (vowel signs, jamo), they stay.
        return Words.normalised(result) == words ? result : words
    }

    /// In quotes unless it is one word that cannot be taken for the beginning of `upvotes>=20`.
    private static func quoted(_ text: String) -> String {
        text.utf8.contains(UInt8(ascii: " ")) || FactCondition.CountField(rawValue: text) != nil ? "\"\(text)\"" : text
    }

    private static func text(of category: CategoryPattern) -> String {
        if category.isArchive { return (ArXivCategories.divided[category.value] ?? category.value) + ".*" }
        if let known = ArXivCategories.all[category.value] { return known }
        return "\"\(category.value)\""
    }

    private static func text(of fact: FactCondition) -> String {
        switch fact {
        case .count(let field, let comparison, let number): "\(field.rawValue)\(comparison.rawValue)\(number)"
        case .has(let possession): "has:\(possession.rawValue)"
        case .is(let state): "is:\(state.rawValue)"
        case .since(let day): "since:\(CivilDate(daysSince1970: day))"
        case .id(let id): "id:\"\(id.value)\""
        case .feed(let name): "feed:\"\(name)\""
        }
    }
}
