import Testing

@testable import Web

@Suite("Posted forms")
struct FormFieldsTests {
    @Test(
        "a field's value is decoded as browsers encode it",
        arguments: [
            ("email=ada%40example.org", "ada@example.org"), ("email=ada+lovelace", "ada lovelace"),
            ("email=%C3%A9t%C3%A9", "été"), ("email=", ""), ("x=1&email=a&email=b", "a"), ("email=%zz", "%zz"),
            ("email=%", "%"), ("email=a%3Db=c", "a=b=c"), ("email=++a++", "a"), ("email=%FF", "\u{FFFD}"),
        ])
    func values(body: String, expected: String) {
        #expect(FormFields(body)["email"] == expected)
    }

    @Test("a box ticked several times gives every value, in order")
    func repeated() {
        #expect(FormFields("topic=a&email=x&topic=b+c").all("topic") == ["a", "b c"])
        #expect(FormFields("email=x").all("topic").isEmpty)
        #expect(FormFields("")["email"] == nil)
    }
}
