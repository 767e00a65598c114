import Foundation
import Mail
import Site
import Store
import TestSupport
import Testing

@testable import Workers

@Suite("Another address for a subscription")
struct NewAddressTests {
    private func reader(_ address: String = "old@example.org", in test: TestInstallation) async throws -> Subscriber {
        try #require(
            try await test.desk.add(
                try Address(address), interests: Interests(topics: ["diffusion"]), source: "test"))
    }

    private func link(to address: String, of reader: Subscriber, in test: TestInstallation) -> String {
        Token(
            purpose: .address, subscriberID: reader.id, epoch: reader.tokenEpoch,
            expiresAt: test.clock.now.addingTimeInterval(Links.confirmLifetime), detail: address
        ).text(key: test.installation.key)
    }

    private func recipients(_ test: TestInstallation) async throws -> [String] {
        _ = try await test.sender.drain()
        return await test.receiver.messages().flatMap(\.recipients)
    }

    @Test("the new address is asked, the old one stays until then and is told after; old links are void")
    func whole() async throws {
        let test = try await TestInstallation()
        let old = try await reader(in: test)
        try await test.desk.askNewAddress(try Address("New@example.com"), for: old)
        #expect(try await recipients(test) == ["New@example.com"])
        let mail = ParsedMessage(try #require(await test.receiver.messages().first).bytes)
        #expect(mail.fields["to"] == "New@example.com")
        #expect(mail.fields["list-unsubscribe"] == nil)
        #expect(try await test.subscriber("old@example.org").state == .active)

        let text = try #require(mail.part("text/plain")?.text)
        let start = try #require(text.range(of: "/address?token="))
        let token = String(text[start.upperBound...].prefix { !$0.isWhitespace })
        #expect(try await test.desk.addressChange(token: token).address.description == "New@example.com")
        guard case .changed(let moved) = try await test.desk.changeAddress(token: token, source: "test") else {
            return #expect(Bool(false), "the address did not change")
        }
        #expect(moved.id == old.id && moved.interests == old.interests && moved.nextDigestAt == old.nextDigestAt)
        #expect(moved.tokenEpoch != old.tokenEpoch)
        #expect(try await recipients(test).sorted() == ["New@example.com", "New@example.com", "old@example.org"])
        let notice = ParsedMessage(
            try #require(await test.receiver.messages().last { $0.recipients == ["old@example.org"] }).bytes)
        #expect(notice.part("text/plain")?.text.contains("New@") == false)
        #expect(try await test.desk.consent(of: old.address).map(\.event) == ["subscribed", "address-left"])
        #expect(try await test.desk.consent(of: moved.address).map(\.event) == ["address-taken"])

        // The link again, and every link of the old mails.
        await #expect(throws: Token.Refusal.forged) {
            try await test.desk.changeAddress(token: token, source: "test")
        }
        for purpose in [TokenPurpose.preferences, .unsubscribe, .confirm, .marks, .left] {
            let link = Token(purpose: purpose, subscriberID: old.id, epoch: old.tokenEpoch)
                .text(key: test.installation.key)
            await #expect(throws: Token.Refusal.forged) {
                try await test.desk.subscriber(token: link, purpose: purpose)
            }
        }
    }

    @Test("a person's data holds the consent log of all their addresses, and nothing of who has one of them later")
    func wholeConsent() async throws {
        let test = try await TestInstallation()
        var reader = try await reader(in: test)
        for address in ["second@example.org", "third@example.org", "old@example.org"] {
            test.clock.advance(by: 60)
            let token = link(to: address, of: reader, in: test)
            guard case .changed(let moved) = try await test.desk.changeAddress(token: token, source: "test") else {
                return #expect(Bool(false), "the address did not change")
            }
            reader = moved
        }
        test.clock.advance(by: 60)
        // Another person, at an address that the reader left.
        try await test.desk.subscribe(try Address("second@example.org"), interests: Interests(), source: "stranger")
        let data = try await PersonalData(of: reader, in: test.installation)
        #expect(
            data.consent.map(\.event) == [
                "subscribed", "address-left", "address-taken", "address-left", "address-taken", "address-left",
                "address-taken",
            ])
        #expect(!data.consent.contains { $0.source == "stranger" })
        #expect(data.consent.map(\.at) == data.consent.map(\.at).sorted())
        let stranger = try await PersonalData(
            of: try await test.subscriber("second@example.org"), in: test.installation)
        #expect(!stranger.consent.contains { $0.event == "subscribed" && $0.source == "test" })
    }

    @Test("an address with a subscription of its own, or that must not be mailed, gets no mail")
    func silent() async throws {
        let test = try await TestInstallation()
        let old = try await reader(in: test)
        _ = try await reader("known@example.org", in: test)
        try await test.installation.database.suppressions.add(
            addressHash: test.installation.key.addressHash("gone@example.org"), reason: "complaint", at: test.clock.now)
        for address in ["known@example.org", "gone@example.org"] {
            try await test.desk.askNewAddress(try Address(address), for: old)
        }
        #expect(try await recipients(test).isEmpty)
        // Nor can a link that was made before change anything.
        let before = try await test.subscriber("old@example.org")
        for (address, isTaken) in [("known@example.org", true), ("gone@example.org", false)] {
            let change = try await test.desk.changeAddress(token: link(to: address, of: old, in: test), source: "test")
            switch change {
            case .taken: #expect(isTaken)
            case .suppressed: #expect(!isTaken)
            case .changed, .void: #expect(Bool(false), "\(address): \(change)")
            }
        }
        #expect(try await test.subscriber("old@example.org") == before)
    }

    @Test("an address that was only typed, or was left, makes room")
    func yields() async throws {
        let test = try await TestInstallation()
        let old = try await reader(in: test)
        try await test.desk.subscribe(try Address("typed@example.org"), interests: Interests(), source: "test")
        let typed = try await test.subscriber("typed@example.org")
        _ = try await test.desk.changeAddress(
            token: link(to: "typed@example.org", of: old, in: test), source: "test")
        #expect(try await test.subscriber("typed@example.org").id == old.id)
        #expect(try await test.installation.database.subscribers.subscriber(id: typed.id) == nil)
        // The confirm link of the one that made room is void: it would name somebody else.
        let confirm = Token(purpose: .confirm, subscriberID: typed.id, epoch: typed.tokenEpoch).text(
            key: test.installation.key)
        await #expect(throws: Token.Refusal.forged) { try await test.desk.confirm(token: confirm, source: "test") }
    }

    @Test("of two links that are opened at once one counts")
    func race() async throws {
        let test = try await TestInstallation()
        let old = try await reader(in: test)
        let changes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                let token = link(to: "new\(number)@example.org", of: old, in: test)
                group.addTask {
                    if case .changed? = try? await test.desk.changeAddress(token: token, source: "test") {
                        true
                    } else {
                        false
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(changes == 1)
        #expect(try await test.installation.database.subscribers.list().count == 1)
    }

    @Test("nobody is flooded: few such mails come of one subscription, fewer to one address")
    func floods() async throws {
        let test = try await TestInstallation()
        let readers = [try await reader("a@example.org", in: test), try await reader("b@example.org", in: test)]
        for _ in 0..<10 {
            for reader in readers { try await test.desk.askNewAddress(try Address("victim@example.com"), for: reader) }
        }
        #expect(try await recipients(test).count == 1)
        for number in 0..<10 {
            try await test.desk.askNewAddress(try Address("other\(number)@example.com"), for: readers[0])
        }
        #expect(try await recipients(test).count == 3)
        for _ in 0..<40 {
            test.clock.advance(by: 1800)
            try await test.desk.askNewAddress(try Address("victim@example.com"), for: readers[1])
        }
        #expect(try await recipients(test).filter { $0 == "victim@example.com" }.count == 3)
    }

    @Test("a link is refused once it is too old, changed, or of another purpose")
    func refused() async throws {
        let test = try await TestInstallation()
        let old = try await reader(in: test)
        let good = link(to: "new@example.org", of: old, in: test)
        var changed = Array(good)
        changed[20] = changed[20] == "A" ? "B" : "A"
        let nameless = Token(purpose: .address, subscriberID: old.id, epoch: old.tokenEpoch)
            .text(key: test.installation.key)
        let preferences = Token(
            purpose: .preferences, subscriberID: old.id, epoch: old.tokenEpoch, madeOn: Links.day(of: test.clock.now)
        ).text(key: test.installation.key)
        for bad in [String(changed), nameless, preferences] {
            await #expect(throws: Token.Refusal.forged) {
                try await test.desk.changeAddress(token: bad, source: "test")
            }
        }
        test.clock.advance(by: Links.confirmLifetime + 1)
        await #expect(throws: Token.Refusal.expired) { try await test.desk.changeAddress(token: good, source: "test") }
    }

    @Test("a mail to a new address that comes back says nothing of the subscription")
    func bounces() async throws {
        let test = try await TestInstallation()
        let old = try await reader(in: test)
        try await test.desk.askNewAddress(try Address("nobody@example.com"), for: old)
        _ = try await test.sender.drain()
        let mail = try #require(try await test.installation.database.ledger.history(of: old.id, limit: 1).first)
        #expect(mail.otherRecipient?.description == "nobody@example.com")
        let bounce = NewBounce(
            deliveryID: mail.id, fault: .unknownMailbox, diagnostic: "550", source: "smtp", addressHash: "x",
            at: test.clock.now)
        #expect(try await test.installation.database.bounces.take(bounce, by: BounceScore(limit: 1)) == nil)
        #expect(try await test.subscriber("old@example.org").state == .active)
    }

    @Test("who left meanwhile stays away")
    func left() async throws {
        let test = try await TestInstallation()
        let old = try await reader(in: test)
        _ = try await test.desk.leave(old, saysGoodbye: false, source: "test")
        let change = try await test.desk.changeAddress(
            token: link(to: "new@example.org", of: old, in: test), source: "test")
        guard case .void = change else { return #expect(Bool(false), "\(change)") }
    }
}
