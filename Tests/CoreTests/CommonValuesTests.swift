import Testing

@testable import Core

@Suite("Values that belong to no trade")
struct CommonValuesTests {
    // The first of the test vectors of draft-eastlake-fnv, appendix C.
    @Test(
        "a text has the hash that the draft gives it",
        arguments: [("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8)]
            as [(String, UInt64)])
    func hash(of text: String, is expected: UInt64) {
        #expect(FNV1a.hash(text.utf8) == expected)
    }

    @Test(
        "white space at the ends goes, in any script, and stays inside",
        arguments: [
            ("", ""), (" ", ""), ("a", "a"), (" a b\t", "a b"), ("\u{3000}紙 \u{A0}", "紙"), ("é ", "é"),
            ("\r\na\r\n", "a"),
        ])
    func trimmed(_ text: String, _ expected: String) {
        #expect(text.trimmed == expected)
        #expect(text[...].trimmed == expected)
    }

    @Test(
        "what shows nothing is told from what does",
        arguments: [
            ("\u{AD}", true), ("\u{200B}", true), ("\u{202E}", true), ("\u{180E}", true), ("\u{FEFF}", true),
            ("\u{E0041}", true), ("\u{200D}", false), ("\u{200C}", false), ("\u{FE0F}", false), ("a", false),
            ("\u{2010}", false), (" ", false),
        ] as [(Unicode.Scalar, Bool)])
    func invisible(_ scalar: Unicode.Scalar, _ expected: Bool) {
        #expect(InvisibleScalar.contains(scalar.value) == expected)
    }

    @Test("a cache makes a value once, and throws all away where it is full")
    func cache() {
        let cache = BoundedCache<Int, String>(most: 2)
        var made = 0
        func value(_ key: Int) -> String {
            cache.value(for: key) {
                made += 1
                return "\(key)"
            }
        }
        #expect([value(1), value(1), value(2)] == ["1", "1", "2"])
        #expect(made == 2)
        #expect(value(3) == "3")
        #expect(cache[1] == nil)
        #expect(cache[3] == "3")
    }

    @Test("a flag that is set ends a wait, and work that looks at it")
    func flag() async {
        let flag = StopFlag()
        #expect(throws: Never.self) { try flag.check() }
        flag.set()
        await flag.wait(seconds: 1000)
        #expect(throws: CancellationError.self) { try flag.check() }
    }
}
