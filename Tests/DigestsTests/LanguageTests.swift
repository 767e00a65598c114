import Foundation
import Mail
import Testing

@testable import Digests

/// The languages whose texts the repository holds.
private let languages = Language.allCases.filter { $0 == .english }

@Suite("Texts of a language")
struct LanguageTests {
    private func table(_ language: Language) throws -> StringTable {
        try TemplateSources(embedded: repositoryTemplates(), overrides: nil).table(language)
    }

    @Test("are used, every one", arguments: languages)
    func used(language: Language) throws {
        let sources = try TemplateSources(embedded: repositoryTemplates(), overrides: nil)
        let checker = TextChecker(language: language, table: try table(language), used: sources.usedKeys)
        #expect(checker.unused.map(\.key) == [])
    }

    /// A strings file, and what the error must say and in which line.
    static let faults: [(text: String, line: Int, says: String)] = [
        ("papers.one: 'x\n", 2, "is not valid YAML"),
        ("- a\n", 1, "holds no texts"),
        ("# x\nconfirm-heading: [1]\n", 2, "no text with a key"),
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
    }
}
