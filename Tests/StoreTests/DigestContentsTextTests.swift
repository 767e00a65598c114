import Foundation
import Testing

@testable import Store

@Suite("A digest's contents as text")
struct DigestContentsTextTests {
    private static func item(_ change: (inout DigestItem) -> Void) -> DigestItem {
        var item = DigestItem(seq: 5)
        change(&item)
        return item
    }

    private static let items: [DigestItem] = [
        DigestItem(seq: .max),
        DigestItem(
            seq: 7, topics: ["agents", "robotics"], filters: ["protein OR enzyme"], group: "agents",
            terms: ["agents": ["LLM agents", "agent"], "protein OR enzyme": ["enzyme"]]),
        // Nothing in it may end a field or a line.
        DigestItem(
            seq: 8, filters: ["a\tb\nc\\d\\t \r\u{2028}", ""], group: "",
            terms: ["a\tb\nc\\d\\t \r\u{2028}": ["\\", "\t"], "": [""]]),
        DigestItem(seq: 9, topics: ["same"], filters: ["same"], terms: ["same": ["x"], "other": ["y"]]),
        item {
            $0.because = "Attention Is All You Need"
            $0.alike = ["sparse attention", "注意"]
            $0.author = "Ada Łovelace"
            $0.isBeyond = true
        },
        item { $0.followed = ["Ada Łovelace", "a\tb\nc"] },
        item {
            $0.because = "A paper of one's own library"
            $0.isOfLibrary = true
        },
    ]

    @Test("what is written is read, whatever the words hold", arguments: items)
    func roundTrip(_ item: DigestItem) throws {
        for items in [[], [item], [item, DigestItem(seq: 3), item]] {
            let contents = DigestContents(items: items, more: items.count)
            let text = DigestContentsText.write(contents)
            #expect(try DigestContentsText.read(text) == contents)
            #expect(text.utf8.count { $0 == 10 } == items.count)
        }
    }

    @Test("a field of a later version is passed over")
    func later() throws {
        #expect(
            try DigestContentsText.read("2\n5\t?x y\tgagents")
                == DigestContents(
                    items: [
                        Self.item {
                            $0.group = "agents"
                        }
                    ], more: 2))
    }

    @Test("contents that an earlier version wrote as JSON are read")
    func json() throws {
        let contents = DigestContents(items: Self.items, more: 12)
        let text = String(decoding: try JSONEncoder().encode(contents), as: UTF8.self)
        #expect(try DigestContentsText.read(text) == contents)
    }

    @Test(
        "what is none of ours is damaged",
        arguments: ["", "x", "-1", "1\n", "1\nx\tfa", "1\n5\t", "99999999999999999999"])
    func damaged(_ text: String) {
        #expect {
            try DigestContentsText.read(text)
        } throws: {
            ($0 as? StoreError)?.kind == .damaged
        }
    }
}
