import Testing

@testable import Filters

@Suite("Names")
struct AuthorTests {
    @Test(
        "a name is found in the forms that feeds write",
        arguments: [
            ("Yann LeCun", "Yann LeCun", true), ("Yann LeCun", "Y. LeCun", true), ("Yann LeCun", "LeCun, Yann", true),
            ("Yann LeCun", "LeCun, Y.", true), ("Yann LeCun", "LeCun Y", true), ("Yann LeCun", "Yann A. LeCun", true),
            ("Yann LeCun", "Yann Le Cun", true), ("Yann Le Cun", "Yann LeCun", true), ("Y LeCun", "Yann LeCun", true),
            ("LeCun, Yann", "Yann LeCun", true), ("LeCun", "Yann LeCun", true), ("lecun", "Yann Le Cun", true),
            ("Yann LeCun", "Yann Leeds", false), ("Yann LeCun", "Jean LeCun", false), ("Yann LeCun", "J. LeCun", false),
            ("Yann A. LeCun", "Yann B. LeCun", false), ("Yann A. LeCun", "Yann LeCun", true),
            ("Wei Wang", "Wang Wei", true), ("Wei Wang", "Wei W.", false), ("Wei Wang", "W. Wang", true),
            ("Xiaoming Li", "Xiao-Ming Li", true), ("Laurens van der Maaten", "van der Maaten, L.", true),
            ("Laurens Maaten", "Laurens van der Maaten", true), ("Nguyen", "Thị Nguyễn", true),
            ("O'Brien", "Conan O’Brien", true), ("Jean-Baptiste Doe", "J.-B. Doe", true),
            ("Doe, Jr., John", "John Doe", true),
            ("王伟", "王伟", true), ("Ann", "Joann Lee", false),
        ])
    func forms(pattern: String, name: String, isFound: Bool) {
        #expect(NamePattern(pattern).matches(PersonName(name)) == isFound)
    }

    @Test("author: takes a phrase, a word or the beginning of one")
    func field() throws {
        let sample = paper(authors: ["Marie Curie", "LeCun, Y."])
        for (filter, isFound) in [
            ("author:\"Yann LeCun\"", true), ("author:curie", true), ("author:cur*", true),
            ("author:\"Pierre Curie\"", false),
            ("author:(curie lecun)", true), ("-author:curie", false),
        ] { #expect(try Filter(filter).matches(sample) == isFound, "\(filter)") }
    }
}
