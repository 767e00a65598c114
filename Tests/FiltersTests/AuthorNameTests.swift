import Testing

@testable import Filters

@Suite("Names of authors who are followed")
struct AuthorNameTests {
    @Test(
        "a name is kept as it was typed and finds what author: finds",
        arguments: [
            ("Ada Lovelace", "Ada Lovelace", "author:\"ada lovelace\""),
            ("  Lovelace,  Ada ", "Lovelace, Ada", "author:\"ada lovelace\""),
            ("author:\"Ada Lovelace\"", "Ada Lovelace", "author:\"ada lovelace\""),
            ("by: “A. Lovelace”", "A. Lovelace", "author:\"a lovelace\""),
            ("\"Lovelace\"", "Lovelace", "author:lovelace"), ("upvotes", "upvotes", "author:\"upvotes\""),
            ("Conan O’Brien", "Conan O’Brien", "author:\"conan obrien\""),
            ("Thomas \"Tom\" Mann", "Thomas \"Tom\" Mann", "author:\"thomas tom mann\""),
            ("Jürgen Schmidhuber", "Jürgen Schmidhuber", "author:\"jurgen schmidhuber\""),
            ("王伟", "王伟", "author:王伟"),
            ("Martin Luther King, Jr.", "Martin Luther King, Jr.", "author:\"martin luther king\""),
        ])
    func read(typed: String, text: String, filter: String) throws {
        let name = try AuthorName(typed)
        #expect(name.text == text)
        #expect(name.filter == filter)
        #expect(try Filter(name.filter).description == filter)
        // What is stored is read back to the same.
        #expect(try AuthorName(name.text) == name)
    }

    @Test(
        "what cannot be one name is refused",
        arguments: [
            ("", AuthorNameError.Fault.noName), (" \t", .noName), ("\"\"", .noName), ("A.", .noName),
            ("A. B.", .noName),
            ("2611 00001", .noName), ("---", .noName), ("love*", .strangeSign), ("Ada; Charles", .strangeSign),
            ("https://orcid.org/0000-0002", .strangeSign), ("ada@example.org", .strangeSign),
            ("title:diffusion", .strangeSign), ("Ada & Charles", .strangeSign),
            ("a1 b2 c3 d4 e5 f6 g7 h8 i9 j1 k2", .tooLong), (String(repeating: "é", count: 101), .tooLong),
            (String(repeating: "e\u{301}", count: 100_000), .tooLong),
        ])
    func refused(typed: String, fault: AuthorNameError.Fault) {
        let error = #expect(throws: AuthorNameError.self) { try AuthorName(typed) }
        #expect(error?.fault == fault)
        #expect((error?.description.count ?? 0) < 200)
    }

    @Test("of lines that ask the same the first stays, and a wrong one refuses all")
    func lines() throws {
        let names = try AuthorName.lines("Ada Lovelace\r\n\n Lovelace, Ada\nCharles Babbage\n")
        #expect(names.map(\.text) == ["Ada Lovelace", "Charles Babbage"])
        #expect(throws: AuthorNameError.self) { try AuthorName.lines("Ada Lovelace\n17") }
    }

    @Test("a paper's author is told by the forms of author:")
    func matches() throws {
        let name = try AuthorName("Ada Lovelace")
        #expect(name.matches("Lovelace, A.") && name.matches("Ada K. Lovelace"))
        #expect(!name.matches("Ada Byron"))
    }
}
