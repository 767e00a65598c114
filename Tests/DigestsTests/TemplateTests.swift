import Core
import Foundation
import Mail
import Papers
import Testing

@testable import Digests

@Suite("Templates")
struct TemplateTests {
    @Test("the repository's templates are all there and sound")
    func sound() throws {
        let templates = try repositoryTemplates()
        #expect(
            Set(templates.keys)
                == Set(TemplateName.allCases.map(\.rawValue) + Language.allCases.map(StringTable.fileName)))
        _ = try TemplateSet(embedded: templates)
    }

    /// A template, its new text, and what the error must say.
    static let faults: [(name: String, text: String, line: Int, says: String)] = [
        ("mail-digest-subject.txt", "{{title}}\n{{titel}}", 2, "titel"),
        ("mail-paper.html", "<p>\n{{title}} {{#url}}\n<a href=x>", 2, "“url” is not closed"),
        ("mail-paper.html", "{{title}}{{#url}}{{/title}}", 1, "“url” of line 1 is open"),
        ("mail-paper.html", "{{title}}\n{{/url}}", 2, "closes nothing"),
        (
            "mail-paper.html",
            "{{title}}\n" + String(repeating: "{{#url}}", count: 51) + String(repeating: "{{/url}}", count: 51), 2,
            "inside 50 other sections"
        ),
        ("mail-paper.html", "{{title}}\n{{url", 2, "not closed"),
        ("mail-paper.html", "\n{{{title}}}", 2, "unescaped"),
        ("mail-paper.html", "\n{{&title}}", 2, "unescaped"),
        ("mail-paper.html", "{{title}}\n\n{{=<% %>=}}", 3, "not a kind of tag"),
        ("mail-paper.html", "{{title}}{{>nothing.html}}", 1, "no template “nothing.html”"),
        ("mail-paper.html", "{{title}}\n{{>mail-paper.html}}", 2, "include itself"),
        ("mail-paper.html", "{{title}}{{}}", 1, "empty"),
        ("mail-paper.html", "{{title}}{{postalLines}}", 1, "not a text"),
        ("mail-paper.html", "{{url}}", 1, "lacks “{{title}}”"),
        (
            "mail-footer.txt", "{{address}}\n{{preferencesURL}}{{#postalLines}}{{line}}{{/postalLines}}", 3,
            "lacks “{{unsubscribeURL}}”"
        ),
        ("mail-footer.html", "{{unsubscribeURL}}\n{{preferencesURL}}", 3, "lacks “{{postalLines}}”"),
        ("mail-footer.html", "{{unsubscribeURL}}\n{{postalLines.line}}", 2, "there is no “postalLines.line”"),
        ("mail-digest.txt", "{{>mail-footer.txt}}\n", 1, "lacks “{{papers}}”"),
        ("mail-digest.txt", "x {{{papers}}}\n{{>mail-footer.txt}}", 1, "line of its own"),
        ("page-confirm.html", "{{title}}", 1, "lacks “{{token}}”"),
        ("style.css", "a { color: {{accent}} }\nb { color: {{colour}} }", 2, "there is no “colour”"),
    ]

    @Test("a fault is an error with file, line and mend", arguments: faults.indices)
    func fault(index: Int) throws {
        let fault = Self.faults[index]
        var templates = try repositoryTemplates()
        templates[fault.name] = fault.text
        let error = try #require(throws: TemplateError.self) { try TemplateSet(embedded: templates) }
        #expect(error.description.contains(fault.says), "\(error)")
        #expect(!error.mend.isEmpty)
        if !fault.says.hasPrefix("lacks") || fault.name.hasPrefix("mail-paper") {
            #expect(error.line == fault.line, "\(error)")
            #expect(error.file == fault.name)
        }
    }

    @Test("a missing template is an error")
    func missing() throws {
        var templates = try repositoryTemplates()
        templates["page-home.html"] = nil
        let error = try #require(throws: TemplateError.self) { try TemplateSet(embedded: templates) }
        #expect(error.description.hasPrefix("page-home.html: is missing"))
    }

    @Test("values are escaped in HTML and stand as they are in text")
    func escaping() throws {
        var templates = try repositoryTemplates()
        templates["page-notice.html"] = "{{title}}"
        templates["mail-digest-subject.txt"] = "{{title}}"
        let set = try TemplateSet(embedded: templates)
        var context = TemplateContext()
        context.set("title", "<b>\"Tom's & {{x}}\"</b>")
        #expect(set.render(.pageNotice, context) == "&lt;b&gt;&quot;Tom&#39;s &amp; {{x}}&quot;&lt;/b&gt;")
        #expect(set.render(.digestSubject, context) == "<b>\"Tom's & {{x}}\"</b>")
    }

    @Test("text stays text inside partials and layouts")
    func partials() throws {
        var templates = try repositoryTemplates()
        templates["mail-reminder.txt"] = "{{siteName}}\n{{>mail-footer.txt}}"
        let set = try TemplateSet(embedded: templates)
        let mail = DigestRenderer(templates: set, site: site).reminder(reader)
        #expect(mail.text.contains("token=pref.1-a&x='\n"))
        #expect(mail.html.contains("token=pref.1-a&amp;x=&#39;"))
    }
}

@Suite("Templates of an own folder")
struct TemplateOverrideTests {
    @Test("replace single files; other files are passed over")
    func replaced() throws {
        try withTemplates(["mail-confirm-subject.txt": "Really, {{siteName}}?\r\n", "README.md": "{{x"]) { folder in
            let set = try TemplateSet(embedded: repositoryTemplates(), overrides: folder)
            let mail = DigestRenderer(templates: set, site: site).confirmation(
                address: "a@example.org", confirmURL: "https://papers.example.org/confirm?token=t")
            #expect(mail.subject == "Really, Broadsheet?")
        }
    }

    @Test("are named by their path in errors")
    func path() throws {
        try withTemplates(["mail-digest.html": "\n{{x}}"]) { folder in
            let error = try #require(throws: TemplateError.self) {
                try TemplateSet(embedded: repositoryTemplates(), overrides: folder)
            }
            #expect(error.description.hasPrefix("\(folder)/mail-digest.html, line 2: there is no “x” here"))
        }
    }

    @Test("must have a name that is used")
    func unknownName() throws {
        try withTemplates(["mail-digset.html": ""]) { folder in
            let error = try #require(throws: TemplateError.self) {
                try TemplateSet(embedded: repositoryTemplates(), overrides: folder)
            }
            #expect(error.description.contains("mail-digset.html: replaces no template"))
        }
    }

    @Test("must be in a folder that is there")
    func noFolder() throws {
        #expect(throws: TemplateError.self) {
            try TemplateSet(embedded: repositoryTemplates(), overrides: "/nonexistent/templates")
        }
    }
}

@Suite("What templates are given")
struct TemplateContextTests {
    @Test("a paper and the site give what the templates declare, and nothing else")
    func declared() throws {
        var whole = try wholePaper()
        whole.pin = EditorPin(note: "Read this", pinnedAt: Date(timeIntervalSince1970: 0))
        let paper = PaperContext.context(of: whole, reasons: "a", abstractLimit: 600, texts: try texts())
        #expect(paper.strangers(to: TemplateSpecification.paper) == [])
        var site = site
        site.footer = "Paid for by the library"
        #expect(site.context.strangers(to: TemplateSpecification.site) == [])
        #expect(Set(paper.values.keys) == Set(TemplateSpecification.paper.fields.keys))
        #expect(Set(site.context.values.keys) == Set(TemplateSpecification.site.fields.keys))
    }
}
