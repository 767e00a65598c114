import Foundation
import Loopback
import Store
import TestSupport
import Testing
import Workers

@testable import Web

/// The pages with papers as they come, and in the states that a reader seldom meets.
extension BrowserTests {
    @Test("long, unbroken, right-to-left and Han titles fit every list, on a phone too")
    func oddPapers() async throws {
        try await serve { test, base in
            try await ShowPapers.store(in: test, more: 30)
            try await WebDriver.run { browser in
                for (name, path) in Self.showPages {
                    try await browser.open(base + path)
                    try await judge(browser, "show-\(name)")
                }
            }
        }
    }

    private static let showPages = [
        ("home", "/"), ("home-2", "/?page=2"), ("home-topic", "/?topic=robots"), ("home-filter", "/?filter=diffusion"),
        ("paper", "/paper/2611.01001"), ("paper-hebrew", "/paper/2611.01002"), ("paper-unbroken", "/paper/2611.01005"),
        ("search", "/search?q=abstract:models%20or"), ("search-none", "/search?q=xylophone"),
        ("try", "/filters/try?filter=models"), ("try-error", "/filters/try?filter=lable:models&lang=de"),
        ("topic", "/topics/robots"), ("german", "/week?lang=de"), ("french", "/?lang=fr"),
        ("spanish", "/month?lang=es"),
        ("japanese", "/?lang=ja"), ("chinese", "/?lang=zh"), ("about-german", "/about?lang=de"),
    ]

    @Test("a page without papers, and links that open nothing, say how to go on")
    func emptyStates() async throws {
        try await serve(papers: []) { _, base in
            try await WebDriver.run { browser in
                for (name, path) in [
                    ("home", "/"), ("topic", "/topics/robots"), ("topics", "/topics"),
                    ("broken-link", "/preferences?token=x"),
                ] {
                    try await browser.open(base + path)
                    try await judge(browser, "empty-\(name)")
                }
                try await browser.open(base + "/")
                try await browser.type("ada@exa mple", into: "#email")
                try await browser.script(
                    "document.querySelector('form[action^=\"/subscribe\"]').noValidate = true; arguments[0](0)")
                try await browser.click("form[action^='/subscribe'] button")
                try await judge(browser, "empty-home-problem")
            }
        }
    }

    @Test("a reader's pages hold in each of their states")
    func readerStates() async throws {
        try await serve { test, base in
            let reader = try await test.reader()
            _ = try await test.installation.database.marks.set(
                Mark(paperSeq: 1, isLiked: true, at: test.clock.now), of: reader.id)
            let preferences = "/preferences?token=\(test.token(.preferences, of: reader))"
            try await WebDriver.run { browser in
                for (name, path) in [
                    ("mark", "/mark?paper=2&like=less&token=\(test.token(.marks, of: reader))"),
                    ("address", "/address?token=\(test.token(.address, of: reader))"),
                    ("delete", "/preferences/delete?token=\(test.token(.preferences, of: reader))"),
                ] {
                    try await browser.open(base + path)
                    try await judge(browser, "reader-\(name)")
                }
                try await browser.open("\(base)/preferences/library?token=\(test.token(.preferences, of: reader))")
                try await judge(browser, "reader-library-empty")
                try await browser.type(
                    "@misc{a, title={Attention Is All You Need}, author={Vaswani, Ashish}, eprint={1706.03762}, year={2017}}",
                    into: "#text")
                try await browser.click("form[enctype] .save button")
                try await judge(browser, "reader-library")
                #expect(try await browser.source().contains("1 entry read, 1 of them new"))
                try await browser.type("some words", into: "#text")
                try await browser.click("form[enctype] .save button")
                try await judge(browser, "reader-library-problem")
                try await browser.open(base + preferences)
                try await browser.type("author:(\ndiffusion or\n-survey", into: "#filter")
                try await browser.click("button[name='preview']")
                try await judge(browser, "reader-preview")
                try await browser.click("form[action^='/preferences'] .save button")
                try await judge(browser, "reader-filter-problem")
                try await browser.open(base + preferences)
                try await browser.click("form[action='/preferences/pause'] button")
                try await judge(browser, "reader-paused")
                try await browser.type("ada@example.org", into: "#email")
                try await browser.click("form[action='/preferences/address'] button")
                try await judge(browser, "reader-address-problem")
                let old = test.clock.now.addingTimeInterval(-400 * 86_400)
                try await browser.open("\(base)/preferences?token=\(test.token(.preferences, of: reader, madeAt: old))")
                try await judge(browser, "reader-expired")
                try await browser.open("\(base)/unsubscribe?token=\(test.token(.unsubscribe, of: reader))")
                try await judge(browser, "reader-unsubscribe")
                try await browser.click("form[action='/preferences/link'] button")
                try await judge(browser, "reader-link-mailed")
                try await browser.open(base + preferences)
                try await browser.click("form[action='/preferences/links'] button")
                try await judge(browser, "reader-links-voided")
            }
        }
    }

    @Test("the language that a visitor chooses at the foot of a page stays, against the browser's")
    func language() async throws {
        try await serve { _, base in
            try await WebDriver.run { browser in
                try await browser.open(base + "/week")
                try await browser.click("button[name='language'][value='de']")
                #expect(try await browser.address() == base + "/week?lang=de")
                #expect(try await browser.source().contains("<html lang=\"de\">"))
                try await browser.open(base + "/topics")
                #expect(try await browser.source().contains("<html lang=\"de\">"))
                try await browser.click("button[name='language'][value='zh']")
                #expect(try await browser.source().contains("<html lang=\"zh-Hans\">"))
            }
        }
    }
}
