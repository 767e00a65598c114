import Core
import Filters
import Mail
import TestSupport
import Testing

@testable import Digests
@testable import Web

@Suite("What is said of filters in the reader's language")
struct FilterTextsTests {
    /// One for each kind of fault but the limits.
    private static let faulty = [
        "", "a b)", "a (b", "a \"b", "a - b", "title:-x", "OR a", "a AND", "title:", "http://x.org", "titel:x",
        "upvotes:20", "likes>3", "upvote>3", "upvotes<>3", "upvotes>=many", "has:=code", "a ,", "self-superv*", "q*",
        "*ation", "author:\"...\"", "author:\"a b\"* c*d", "author:a*", "cat:*", "cat:cs.QQQQQ", "cat:cs.LGG",
        "cat:cx.*", "is:old", "has:cod", "since:yesterday", "id:hello", "feed:\"\"",
    ]

    private func fault(in text: String) -> FilterError? {
        do throws(FilterError) {
            _ = try Filter(text)
            return nil
        } catch {
            return error
        }
    }

    @Test("every fault is one that some filter has")
    func complete() throws {
        let seen = Set(Self.faulty.compactMap { fault(in: $0)?.fault })
        let limits: Set<FilterFault> = [.tooLong, .writtenOutTooLong, .tooManyTerms, .tooDeep, .phraseTooLong]
        #expect(Set(FilterFault.allCases).subtracting(seen).subtracting(limits) == [], "no filter here has it")
    }

    @Test("in English it is what the command line says", arguments: faulty)
    func english(text: String) throws {
        let error = try #require(fault(in: text))
        let said = try PageSamples.templates().texts(error)
        #expect(said.lowercased().hasPrefix(error.problem.lowercased()) || error.fault == .minusAfterField)
        #expect(said.hasSuffix(" (character \(error.offset + 1))"))
    }

    @Test("in another language it is another, with what was typed and what is meant", arguments: Language.allCases)
    func translated(language: Language) throws {
        let texts = try PageSamples.templates(language).texts
        for text in Self.faulty {
            let error = try #require(fault(in: text), "\(text)")
            let said = texts(error)
            #expect(!said.contains("{{"), "\(said)")
            for value in error.values { #expect(said.contains(value), "\(said) lacks \(value)") }
            if language != .english { #expect(!said.contains("did you mean") && !said.contains(" is ")) }
        }
        for text in ["a -a", "a OR -a", "a or b"] {
            let cautions = try Filter(text).cautions
            #expect(!cautions.isEmpty, "\(text)")
            for caution in cautions { #expect(!texts(caution).contains("{{")) }
        }
    }

    @Test("on the pages")
    func pages() async throws {
        let test = try await TestInstallation()
        let reader = try await test.reader()
        try await TestSite.serve(test) { (site) async throws in
            let said = "„lable“ ist kein Feld"
            for path in ["/search?q=lable:x&lang=de", "/filters/try?filter=lable:x&lang=de"] {
                #expect(try await site.get(path).body.contains(said), "\(path)")
            }
            #expect(try await site.get("/search?q=a%20or%20b&lang=ja").body.contains("演算子のつもりなら大文字で OR"))
            #expect(try await site.get("/filters/try?filter=a%20-a&lang=fr").body.contains("ne peut correspondre"))
            let form = [
                ("token", test.token(.preferences, of: reader)), ("filter", "lable:x"), ("timezone", "UTC"),
                ("max_papers", "5"),
            ]
            #expect(try await site.post("/preferences?lang=de", form).body.contains(said))
            #expect(try await site.post("/preferences?lang=de", form + [("preview", "1")]).body.contains(said))
        }
    }
}
