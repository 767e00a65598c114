import Core
import Foundation
import Mail
import Testing

@testable import Digests

@Suite("Texts of a language")
struct LanguageTests {
    private func table(_ language: Language) throws -> StringTable {
        try TemplateSources(embedded: repositoryTemplates(), overrides: nil).ownTable(language)
    }

    @Test("are used, every one", arguments: Language.allCases)
    func used(language: Language) throws {
        let sources = try TemplateSources(embedded: repositoryTemplates(), overrides: nil)
        let checker = TextChecker(language: language, table: try table(language), used: sources.usedKeys)
        #expect(checker.unused.map(\.key) == [])
    }

    @Test("have the keys, values and markup of the English ones", arguments: Language.allCases)
    func complete(language: Language) throws {
        let english = try table(.english).entries
        let table = try table(language).entries
        let isCounted = { (key: String) in CountedName.allCases.contains { key == "\($0.rawValue).one" } }
        let hasOneForm = PluralForm.all(in: language) == [.other]
        let missing = english.keys.filter { table[$0] == nil && !(hasOneForm && isCounted($0)) }
        #expect(missing.sorted() == [])
        #expect(table.keys.filter { english[$0] == nil } == [])
        for (key, entry) in table {
            let model = try #require(english[key])
            #expect(Self.names(entry) == Self.names(model), "\(key)")
            #expect(Self.markup(entry) == Self.markup(model), "\(key)")
        }
    }

    private static func names(_ entry: StringTable.Entry) -> [String] {
        entry.tags.map { "\($0.kind) \($0.name)" }.sorted()
    }

    private static func markup(_ entry: StringTable.Entry) -> [String] {
        entry.text.matches(of: /<[^>]*>/).map { String($0.0) }.sorted()
    }

    /// What is the same in English on purpose.
    private static let international: Set = [
        "PDF", "Code", "Discussion", "Filter", "Error", "Source", "Pages", "Site", "Pause",
    ]

    @Test("are translated: none is English still", arguments: Language.allCases.filter { $0 != .english })
    func translated(language: Language) throws {
        let english = try table(.english).entries
        let same = try table(language).entries.filter { key, entry in
            let words = entry.plain.replacing(/{{[^}]*}}/, with: "").trimmingCharacters(
                in: .whitespaces.union(.punctuationCharacters))
            return words.contains(where: \.isLetter) && entry.text == english[key]?.text
                && !Self.international.contains(words)
        }
        #expect(same.keys.sorted() == [])
        let wordy = try table(language).entries.filter { _, entry in
            let plain = entry.text.replacing(/{{[^}]*}}|<code>[^<]*<\/code>|<[^>]*>/, with: " ").lowercased()
            return !plain.split { !$0.isLetter && $0 != "’" }.filter {
                ["the", "and", "you", "your", "with", "what", "papers’"].contains($0)
            }.isEmpty
        }
        #expect(wordy.keys.sorted() == [])
    }

    @Test("tell their language", arguments: Language.allCases)
    func tag(language: Language) throws {
        #expect(try table(language).entries["lang"]?.text == language.tag)
    }

    @Test("quote and space as the language does", arguments: Language.allCases)
    func typography(language: Language) throws {
        let wrong: Regex<Substring> =
            switch language {
            case .english, .chinese: /[„«»「」]| [;:!?]/
            case .german: /[«»「」”]| [;:!?]/
            case .french: /[„“”「」]|[ \p{L}\p{N}][;:!?»]|«[^\u{202F}]/
            case .spanish: /[„“”「」]| [;:!?]/
            case .japanese: /[„“”«»]/
            }
        let found = try table(language).entries.filter { _, entry in
            entry.text.replacing(/{{[^}]*}}|<code>[^<]*<\/code>|<[^>]*>|author:|cat:/, with: "x").contains(wrong)
                || entry.text.contains("'")
        }
        #expect(found.keys.sorted() == [])
    }

    static let namedDays: [(Language, String, String, String, String)] = [
        (.english, "Tuesday, 1 September 2026", "1 Sep 2026", "1 September 2026", "September 2026"),
        (.german, "Dienstag, 1. September 2026", "1. Sept. 2026", "1. September 2026", "September 2026"),
        (.french, "mardi 1er septembre 2026", "1er sept. 2026", "1er septembre 2026", "septembre 2026"),
        (.spanish, "martes, 1 de septiembre de 2026", "1 sept 2026", "1 de septiembre de 2026", "septiembre de 2026"),
        (.japanese, "2026年9月1日 火曜日", "2026年9月1日", "2026年9月1日", "2026年9月"),
        (.chinese, "2026年9月1日 星期二", "2026年9月1日", "2026年9月1日", "2026年9月"),
    ]

    @Test("name days", arguments: namedDays.indices)
    func days(index: Int) throws {
        let (language, long, short, plain, month) = Self.namedDays[index]
        let texts = try texts(language)
        let day = try day("2026-09-01")
        #expect(texts.long(day) == long)
        #expect(texts.short(day).replacing("\u{A0}", with: " ") == short)
        #expect(texts.plain(day) == plain)
        #expect(texts.month(of: day) == month)
    }

    static let numbers: [(Language, Int, String)] = [
        (.english, 0, "0 papers"), (.english, 1, "1 paper"), (.english, 1204, "1,204 papers"),
        (.german, 1, "1 Paper"), (.german, 1204, "1.204 Papers"),
        (.french, 0, "0 article"), (.french, 1, "1 article"), (.french, 1204, "1\u{202F}204 articles"),
        (.spanish, 1, "1 artículo"), (.spanish, 1204, "1204 artículos"), (.spanish, 12_040, "12.040 artículos"),
        (.japanese, 1, "1本の論文"), (.japanese, 1204, "1,204本の論文"), (.chinese, 1, "1 篇论文"),
    ]

    @Test("number nouns", arguments: numbers.indices)
    func counts(index: Int) throws {
        let (language, count, expected) = Self.numbers[index]
        #expect(try texts(language).counted(.papers, count) == expected)
    }

    /// A strings file, and what the error must say and in which line.
    static let faults: [(text: String, line: Int, says: String)] = [
        ("papers.one: 'x\n", 2, "is not valid YAML"),
        ("- a\n", 1, "holds no texts"),
        ("# x\nconfirm-heading: [1]\n", 2, "not a text with a key"),
        ("\n\nconfirm-heading: '{{address'\n", 3, "is opened and not closed"),
        ("confirm-heading: 'Yours, {{adress}}?'\n", 1, "there is no “adress” here"),
        ("confirm-heading: '{{#address}}'\n", 1, "“address” is not closed"),
        ("confirm-heading: '{{>mail-footer.html}}'\n", 1, "holds a tag that a text must not"),
        ("\nreason-liked: '{{filter}}'\n", 2, "there is no “filter” for the text “reason-liked”"),
        ("\nconfirm-haeding: 'x'\n", 2, "nothing uses the text “confirm-haeding”"),
    ]

    @Test("that are wrong are an error with file, line and mend", arguments: faults.indices)
    func fault(index: Int) throws {
        let fault = Self.faults[index]
        try withTemplates(["strings-en.yaml": fault.text]) { folder in
            let error = try #require(throws: TemplateError.self) {
                try TemplateSet(embedded: repositoryTemplates(), overrides: folder)
            }
            #expect(error.message.contains(fault.says), "\(error)")
            #expect(error.file == "\(folder)/strings-en.yaml")
            #expect(error.line == fault.line || fault.says.hasPrefix("holds no"), "\(error)")
        }
    }

    @Test("that a template names and no file has are an error in the template's line")
    func unknown() throws {
        try withTemplates(["mail-confirm.txt": "{{confirmURL}}\n{{t.nothing}}"]) { folder in
            let error = try #require(throws: TemplateError.self) {
                try TemplateSet(embedded: repositoryTemplates(), overrides: folder)
            }
            #expect(error.description.hasPrefix("\(folder)/mail-confirm.txt, line 2: there is no text “nothing”"))
        }
    }

    @Test("that are missing are an error with the file that lacks them")
    func missing() throws {
        var templates = try repositoryTemplates()
        templates["strings-en.yaml"] = templates["strings-en.yaml"]?.replacing("link-code: 'Code'", with: "")
        let error = try #require(throws: TemplateError.self) { try TemplateSet(embedded: templates) }
        #expect(error.description.hasPrefix("strings-en.yaml: lacks the text “link-code”"))
    }

    @Test("of an own folder replace ours one by one, and own templates may name own texts")
    func overridden() throws {
        let files = [
            "strings-en.yaml": "confirm-heading: 'Yours?'\nhouse: 'From {{siteName}}'\n",
            "mail-confirm-subject.txt": "{{t.house}}",
        ]
        try withTemplates(files) { folder in
            let set = try TemplateSet(embedded: repositoryTemplates(), overrides: folder)
            let mail = DigestRenderer(templates: set, site: site)
                .confirmation(address: "a@example.org", confirmURL: "https://papers.example.org/c")
            #expect(mail.subject == "From Broadsheet")
            #expect(mail.text.contains("\nYours?\n"))
            #expect(mail.html.contains(">Yours?</h2>"))
            #expect(mail.text.contains("The link works for 48 hours."))
        }
    }

    @Test("stand in HTML with their markup and in text without")
    func markup() throws {
        var templates = try repositoryTemplates()
        templates["strings-en.yaml"]? += "x: '<b>One</b> &amp; <a href=\"{{siteURL}}\">{{siteName}}</a>.'\n"
        templates["page-notice.html"] = "{{t.x}}"
        templates["mail-confirm-subject.txt"] = "{{t.x}}"
        templates["mail-goodbye-subject.txt"] = ""
        templates["page-error.html"] = "{{t.x(color:{{accent}})}}"
        let set = try TemplateSet(embedded: templates)
        #expect(
            set.render(.pageNotice, site.context)
                == "<b>One</b> &amp; <a href=\"https://papers.example.org/\">Broadsheet</a>.")
        #expect(set.render(.confirmSubject, site.context) == "One & Broadsheet (https://papers.example.org/).")
        #expect(
            set.render(.pageError, site.context).contains("<a href=\"https://papers.example.org/\" style=\"color:#"))
    }

    @Test("are broken into lines where they stand alone in plain text")
    func wrapped() throws {
        var templates = try repositoryTemplates()
        let words = Array(repeating: "word", count: 30).joined(separator: " ")
        templates["strings-en.yaml"]? += "x: '\(words) {{address}}{{#since}} since {{since}}{{/since}}.'\n"
        templates["mail-reminder.txt"] = "{{t.x}}\n{{>mail-footer.txt}}"
        let text = DigestRenderer(templates: try TemplateSet(embedded: templates), site: site).reminder(reader).text
        let lines = text.prefix { $0 != "-" }.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.count <= 72 })
        #expect(lines.joined(separator: " ").hasSuffix("word ada@example.org since 2 June 2026."))
    }

    @Test("hold values as they are, whatever these hold")
    func values() throws {
        #expect(try PickReasons(texts()).likeness("{{title}} {{x}}") == "because you liked “{{title}} {{x}}”")
        let shared = try PickReasons(texts()).likeness("Attention", terms: ["a", "b"], author: "Ada Lovelace")
        #expect(shared == "because you liked “Attention” (a, b, also by Ada Lovelace)")
    }
}
