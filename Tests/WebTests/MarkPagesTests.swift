import Foundation
import Mail
import Store
import TestSupport
import Testing
import Workers

@testable import Web

@Suite("The pages on which a reader says what they think of a paper")
struct MarkPagesTests {
    @Test("a GET shows and changes nothing, a POST stores, another takes it back; all of it shows in the preferences")
    func lifeCycle() async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot <b>walks</b>", "Diffusion"])
        _ = try await test.desk.add(try Address("ada@example.org"), interests: Interests(), source: "test")
        let ada = try await test.subscriber("ada@example.org")
        let marks = test.installation.database.marks
        let base = test.installation.settings.baseURL
        let link = test.installation.links.marks(subscriber: ada.id, epoch: ada.tokenEpoch)
        let path = String(link.dropFirst(base.count))
        let token = String(link.split(separator: "=", maxSplits: 1)[1])
        try await TestSite.serve(test) { site in
            let shown = try await site.get(path + "&paper=1&like=less")
            #expect(shown.status == 200)
            #expect(shown.body.contains("A robot &lt;b&gt;walks"))
            #expect(shown.body.contains("Less like this?"))
            #expect(!shown.body.contains("value=\"none\""))
            // Some browsers hand the address, and the token in it, to where a link leads.
            #expect(shown.body.contains("href=\"/paper/") && !shown.body.contains("href=\"http"))
            #expect(try await marks.marks(of: [ada.id]).isEmpty)

            let stored = try await site.post("/mark", [("token", token), ("paper", "1"), ("like", "less")])
            #expect(stored.body.contains("papers like this one move down"))
            #expect(stored.body.contains("value=\"none\""))
            _ = try await site.post("/mark", [("token", token), ("paper", "2"), ("like", "more")])
            let known = try await marks.marks(of: [ada.id])[ada.id] ?? []
            #expect(Set(known.map(\.paperSeq)) == [1, 2])
            #expect(known.first { $0.paperSeq == 1 }?.isLiked == false)

            let preferences = String(
                test.installation.links.preferences(
                    subscriber: ada.id, epoch: ada.tokenEpoch, now: test.clock.now
                ).dropFirst(base.count))
            #expect(try await site.get(preferences).body.contains("<b>Less</b> <span dir=\"auto\">A robot &lt;b&gt;"))
            _ = try await site.post("/mark", [("token", token), ("paper", "2"), ("like", "none")])
            #expect(try await marks.marks(of: [ada.id])[ada.id]?.map(\.paperSeq) == [1])

            let own = String(preferences.split(separator: "=", maxSplits: 1)[1])
            let emptied = try await site.post("/preferences/marks", [("token", own), ("forget", "1")])
            #expect(emptied.status == 200)
            #expect(!emptied.body.contains("Papers you marked"))
            #expect(try await marks.marks(of: [ada.id]).isEmpty)
        }
    }

    @Test("what cannot be done says so: another link's token, a paper that is not there, a word nobody offered")
    func refusals() async throws {
        let test = try await TestInstallation()
        try await test.store(["A robot"])
        _ = try await test.desk.add(try Address("ada@example.org"), interests: Interests(), source: "test")
        let ada = try await test.subscriber("ada@example.org")
        let links = test.installation.links
        let good = String(links.marks(subscriber: ada.id, epoch: ada.tokenEpoch).split(separator: "=", maxSplits: 1)[1])
        let other = String(
            links.unsubscribe(subscriber: ada.id, epoch: ada.tokenEpoch).split(separator: "=", maxSplits: 1)[1])
        try await TestSite.serve(test) { site in
            let cases = [(other, "1", "more", 400), (good, "99", "more", 404), (good, "1", "love", 400)]
            for (token, paper, like, status) in cases {
                let answer = try await site.post("/mark", [("token", token), ("paper", paper), ("like", like)])
                #expect(answer.status == status)
            }
            #expect(try await test.installation.database.marks.marks(of: [ada.id]).isEmpty)
        }
    }

    @Test("a reader chooses on the preferences page whether to see beyond their topics")
    func beyond() async throws {
        let test = try await TestInstallation()
        _ = try await test.desk.add(try Address("ada@example.org"), interests: Interests(), source: "test")
        let ada = try await test.subscriber("ada@example.org")
        let token = String(
            test.installation.links.preferences(subscriber: ada.id, epoch: ada.tokenEpoch, now: test.clock.now)
                .split(separator: "=", maxSplits: 1)[1])
        let fields = [("token", token), ("timezone", "UTC"), ("hour", "7"), ("cadence", "daily"), ("max_papers", "10")]
        try await TestSite.serve(test) { site in
            let saved = try await site.post("/preferences", fields + [("beyond", "1")])
            #expect(saved.body.contains("name=\"beyond\" value=\"1\" checked"))
            #expect(try await test.subscriber("ada@example.org").seesBeyond)
            _ = try await site.post("/preferences", fields)
            #expect(try await test.subscriber("ada@example.org").seesBeyond == false)
        }
    }
}
