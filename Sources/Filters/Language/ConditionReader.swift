import Core
import Papers

/// A value as it stands in a filter, before its field says what it means.
struct WrittenValue {
    var text: String
    /// Where ``text`` stands, in bytes.
    var range: Range<Int>
    var isQuoted: Bool
    /// An equals sign stood before it.
    var isExact: Bool
}

/// Gives a written value the meaning of its field.
struct ConditionReader {
    let scanner: Scanner
    let written: WrittenValue

    func condition(of field: Field?) throws(FilterError) -> Condition {
        guard let field else { return .text(try text(in: .anywhere)) }
        if let scope = field.textScope { return .text(try text(in: scope)) }
        guard !written.isExact else {
            throw error(
                .equalsWithField, ["\(field.rawValue):\(written.text)"], "“=” is for words",
                mend: "remove it: \(field.rawValue):\(written.text)")
        }
        switch field {
        case .author: return .author(try author())
        case .cat: return .category(try category())
        case .has: return .fact(.has(try choice(of: field)))
        case .is: return .fact(.is(try choice(of: field)))
        case .since: return .fact(.since(day: try day()))
        case .id: return .fact(.id(try paperID()))
        case .feed: return .fact(.feed(try feed()))
        case .title, .abstract, .keyword, .org: return .text(try text(in: .anywhere))
        }
    }

    // MARK: - Text

    private func text(in scope: TextScope) throws(FilterError) -> TextCondition {
        if let word = plainWord {
            return TextCondition(scope: scope, style: written.isExact ? .exact : .inflected, words: word)
        }
        let (text, isPrefix) = try withoutStar()
        let words = Words.split(text)
        guard let first = words.first else {
            throw error(
                .noWord, [written.text], "there is no word in “\(written.text)”",
                mend: "remove it, or write the word it stands for")
        }
        guard words.count <= Filter.maximumPhrase else {
            throw error(
                .phraseTooLong, [String(Filter.maximumPhrase)],
                "a phrase has at most \(Filter.maximumPhrase) words", mend: "look for the words that matter")
        }
        let endsInSign = words.last?.text.unicodeScalars.first?.isWrittenWithoutBlanks ?? false
        guard isPrefix, !endsInSign else {
            let joined = words.map(\.text).joined(separator: " ")
            return TextCondition(scope: scope, style: written.isExact ? .exact : .inflected, words: joined)
        }
        guard words.count == 1 else {
            let split = words.map(\.text).joined(separator: " ")
            throw error(.starManyWords, [split], "“*” works with a single word", mend: "write \(split)*")
        }
        guard first.text.unicodeScalars.count > 1, !written.isExact else {
            throw error(
                .starTooShort, [], "“*” needs at least two letters before it, and no “=”",
                mend: "write more of the word")
        }
        return TextCondition(scope: scope, style: .prefix, words: first.text)
    }

    /// The commonest case, one word of ASCII letters and digits, without the detour over Unicode.
    private var plainWord: String? {
        let bytes = scanner.bytes[written.range]
        guard !bytes.isEmpty, bytes.count <= Words.longest,
            bytes.allSatisfy({ 0x61...0x7A ~= $0 | 0x20 && $0 != 0x7F || 0x30...0x39 ~= $0 })
        else { return nil }
        return written.text.lowercased()
    }

    private func withoutStar() throws(FilterError) -> (text: String, isPrefix: Bool) {
        guard !written.isQuoted, let star = written.text.utf8.firstIndex(of: UInt8(ascii: "*")) else {
            return (written.text, false)
        }
        guard written.text.index(after: star) == written.text.endIndex, star > written.text.startIndex else {
            throw error(
                .starInside, [], "“*” works only at the end of a word",
                mend: "write the beginning of the word, as in quantiz*")
        }
        return (String(written.text[..<star]), true)
    }

    // MARK: - People and subjects

    private func author() throws(FilterError) -> NamePattern {
        let (text, isPrefix) = try withoutStar()
        let pattern = NamePattern(text, isPrefix: isPrefix)
        guard !pattern.words.isEmpty else {
            throw error(
                .noName, [written.text], "there is no name in “\(written.text)”",
                mend: "write one, as in author:\"Ada Lovelace\"")
        }
        guard !isPrefix || pattern.words.count == 1 && pattern.words[0].count > 1 else {
            throw error(
                .starName, [], "“*” works with the beginning of one name",
                mend: "write at least two letters of it, as in author:love*")
        }
        return pattern
    }

    private func category() throws(FilterError) -> CategoryPattern {
        var value = CategoryPattern.key(of: written.text)
        let isWhole = value.hasSuffix(".*") && !written.isQuoted
        if isWhole { value.removeLast(2) }
        guard !value.isEmpty, written.isQuoted || !value.contains("*") else {
            throw error(
                .noCategory, [written.text], "“\(written.text)” is not a category",
                mend: "write one, as in cat:cs.LG, or an archive, as in cat:cs.*")
        }
        if ArXivCategories.divided[value] != nil { return CategoryPattern(value: value, isArchive: true) }
        if ArXivCategories.all[value] != nil || written.isQuoted {
            return CategoryPattern(value: value, isArchive: false)
        }
        try refuseUnknown(value, isWhole: isWhole)
        return CategoryPattern(value: value, isArchive: isWhole)
    }

    /// Other feeds have categories of their own; only what looks like one of arXiv's is held to arXiv's list.
    private func refuseUnknown(_ value: String, isWhole: Bool) throws(FilterError) {
        if let archive = CategoryPattern.archive(of: value), let known = ArXivCategories.divided[archive] {
            let meant = ArXivCategories.suggestion(for: value)
            let list = ArXivCategories.list(of: known)
            throw error(
                meant == nil ? .unknownCategory : .unknownCategoryMeant, [written.text, meant ?? list],
                "arXiv has no category “\(written.text)”",
                mend: meant.map { "did you mean cat:\($0)?" } ?? "choose one of \(list)")
        }
        let archives = ArXivCategories.divided.values.sorted()
        if let meant = Suggestion.closest(to: CategoryPattern.archive(of: value) ?? value, in: archives),
            isWhole || value.contains(".")
        {
            throw error(
                .unknownArchive, [written.text, meant], "arXiv has no archive “\(written.text)”",
                mend: "did you mean cat:\(meant).*?")
        }
    }

    // MARK: - Facts

    private func choice<Choice>(of field: Field) throws(FilterError) -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        let typed = written.text.lowercased()
        if let choice = Choice(rawValue: typed) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        let meant = Suggestion.closest(to: typed, in: names).map { "\(field.rawValue):\($0)" }
        let list = names.map { "\(field.rawValue):\($0)" }.joined(separator: ", ")
        throw error(
            meant == nil ? .saysNothing : .saysNothingMeant, ["\(field.rawValue):\(written.text)", meant ?? list],
            "“\(field.rawValue):\(written.text)” has no meaning",
            mend: meant.map { "did you mean \($0)?" } ?? "you can write \(list)")
    }

    private func day() throws(FilterError) -> Int {
        let parts = written.text.split(separator: "-", omittingEmptySubsequences: false)
        // Of months and days people leave the first zero out.
        let whole = parts.map { $0.utf8.count == 1 ? "0\($0)" : String($0) }.joined(separator: "-")
        guard let day = CivilDate(whole), day.year > 0 else {
            throw error(
                .noDate, [written.text], "“\(written.text)” is not a date",
                mend: "write year, month and day, as in since:2026-11-01")
        }
        return day.daysSince1970
    }

    private func paperID() throws(FilterError) -> PaperID {
        guard let id = PaperID(parsing: written.text), !id.value.contains("\"") else {
            throw error(
                .noPaper, [written.text], "“\(written.text)” does not name a paper",
                mend: "write an arXiv ID, a DOI or an address, as in id:2511.01234")
        }
        return id
    }

    private func feed() throws(FilterError) -> String {
        let name = CategoryPattern.key(of: written.text)
        guard !name.isEmpty else {
            throw error(
                .noFeed, [], "the name of the feed is missing",
                mend: "write part of its name or address, as in feed:huggingface")
        }
        return name
    }

    private func error(
        _ fault: FilterFault, _ values: [String], _ problem: String, mend: String
    ) -> FilterError {
        scanner.error(written.range, fault, values, problem, mend: mend)
    }
}
