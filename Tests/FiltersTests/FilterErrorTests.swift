import Testing

@testable import Filters

@Suite("What a mistyped filter says")
struct FilterErrorTests {
    @Test(
        "an error tells the place, the problem and the mend",
        arguments: [
            ("", 0, "the filter is empty", "write a word"),
            ("   ", 0, "the filter is empty", "write a word"),
            ("a (b", 2, "never closed", "write “)”"),
            ("a b)", 3, "closes nothing", "remove it"),
            ("a \"b c", 2, "quotation mark is never closed", "write “\"”"),
            ("OR a", 0, "missing before “OR”", "in quotes"),
            ("a OR", 4, "a word is missing", "write a word"),
            ("a AND OR b", 6, "missing before “OR”", "write one"),
            ("()", 1, "a word is missing", "write a word"),
            ("titel:x", 0, "“titel” is not a field", "did you mean “title:”?"),
            ("titel: x", 0, "“titel” is not a field", "did you mean “title:”?"),
            ("é lable:x", 2, "“lable” is not a field", "fields are title:"),
            ("http://x.org", 0, "“http” is not a field", "in quotes"),
            ("upvotes:20", 0, "compared with a number", "upvotes>=20"),
            ("upvote>3", 0, "“upvote” cannot be compared", "did you mean “upvotes”?"),
            ("upvotes>=many", 9, "a whole number is missing", "upvotes>=20"),
            ("upvotes<>3", 7, "“<>” is not a comparison", "use >="),
            ("title:", 6, "nothing follows “title:”", "what to look for"),
            ("title:-x", 6, "minus sign goes before", "-title:"),
            ("a - b", 2, "this minus sign has no word", "-survey"),
            ("cat:cs.ML", 4, "no category “cs.ML”", "did you mean cat:cs.LG?"),
            ("cat:cs.LGG", 4, "no category “cs.LGG”", "did you mean cat:cs.LG?"),
            ("cat:cs.QQQQQ", 4, "no category", "choose one of cs.AI"),
            ("cat:cx.*", 4, "no archive", "did you mean cat:cs.*?"),
            ("author:\"...\"", 8, "there is no name", "Ada Lovelace"),
            ("a ,", 2, "there is no word in “,”", "remove it"),
            ("*ation", 0, "only at the end", "quantiz*"),
            ("self-superv*", 0, "single word", "write self superv*"),
            ("q*", 0, "at least two letters", "more of the word"),
            ("since:yesterday", 6, "“yesterday” is not a date", "since:2026-11-01"),
            ("since:2026-02-30", 6, "is not a date", "year, month and day"),
            ("has:cod", 4, "has no meaning", "did you mean has:code?"),
            ("is:old", 3, "has no meaning", "is:new"),
            ("id:hello", 3, "does not name a paper", "2511.01234"),
            ("=", 1, "there is no word", "remove it"),
        ])
    func report(text: String, offset: Int, problem: String, mend: String) {
        let error = #expect(throws: FilterError.self) { try Filter(text) }
        #expect(error?.offset == offset)
        #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "")")
        #expect(error?.mend.contains(mend) == true, "\(error?.mend ?? "")")
    }

    @Test("limits are told as limits")
    func limits() {
        let tooLong = #expect(throws: FilterError.self) { try Filter(String(repeating: "é", count: 4_001)) }
        #expect(tooLong?.problem == "a filter has at most 4000 characters")
        let tooMany = #expect(throws: FilterError.self) { try Filter(String(repeating: "a ", count: 201)) }
        #expect(tooMany?.problem == "a filter has at most 200 terms")
        #expect(tooMany?.offset == 400)
        for opening in ["(", "-(", "NOT ", "-"] {
            let tooDeep = #expect(throws: FilterError.self) { try Filter(String(repeating: opening, count: 40) + "a") }
            #expect(tooDeep?.problem == "a filter can be nested at most 32 levels deep")
        }
        #expect(throws: Never.self) {
            try Filter(String(repeating: "(", count: 32) + "a" + String(repeating: ")", count: 32))
        }
        #expect(throws: Never.self) { try Filter(String(repeating: "a ", count: 200)) }
    }

    @Test("a filter whose canonical text would be too long is refused, so that what is printed always parses")
    func longCanonicalText() {
        let grouped =
            "abstract:(" + Array(repeating: String(repeating: "w", count: 18), count: 200).joined(separator: " ") + ")"
        let error = #expect(throws: FilterError.self) { try Filter(grouped) }
        #expect(error?.problem == "written out, this filter has more than 4000 characters")
        #expect(throws: FilterError.self) { try Filter(String(repeating: "\u{FDFA} ", count: 199)) }
        #expect(throws: Never.self) { try Filter(String(repeating: "\u{FDFA} ", count: 100)) }
    }

    @Test("the report marks the place under the text, also behind wide characters")
    func caret() {
        let plain = #expect(throws: FilterError.self) { try Filter("title:a titel:b") }
        #expect(
            plain?.report == """
                “titel” is not a field, at character 9: did you mean “title:”?
                  title:a titel:b
                          ^^^^^
                """)
        let wide = #expect(throws: FilterError.self) { try Filter("机器 )") }
        #expect(wide?.report.hasSuffix("\n  机器 )\n       ^") == true)
        let long = #expect(throws: FilterError.self) { try Filter(String(repeating: "word ", count: 100) + "(") }
        #expect(long?.report.contains("\n  …") == true)
    }
}
