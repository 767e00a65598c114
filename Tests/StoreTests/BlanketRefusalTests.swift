import Testing

@testable import Store

@Suite("Whose fault like refusals are")
struct BlanketRefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let fault: DeliveryFault
        let scope: BlanketRefusal.Scope
        let evidence: BlanketRefusal.Evidence
        let isOfAll: Bool

        init(
            _ name: String, _ fault: DeliveryFault, _ scope: BlanketRefusal.Scope,
            _ evidence: BlanketRefusal.Evidence,
            _ isOfAll: Bool
        ) {
            self.name = name
            self.fault = fault
            self.scope = scope
            self.evidence = evidence
            self.isOfAll = isOfAll
        }

        var testDescription: String { name }
    }

    private static let cases = [
        Case("one reader tells nothing", .policy, .domain, .init(refused: 1), false),
        Case("nor do two", .policy, .domain, .init(refused: 2), false),
        Case("three and nobody taken", .policy, .domain, .init(refused: 3), true),
        Case("three of five", .policy, .domain, .init(refused: 3, taken: 2), false),
        Case("three of a hundred", .policy, .domain, .init(refused: 3, taken: 97), false),
        Case("most of a domain", .content, .domain, .init(refused: 11, taken: 10), true),
        Case("half of a domain", .policy, .domain, .init(refused: 20, taken: 20), false),
        Case("a relay, for a fifth", .policy, .relay, .init(refused: 20, taken: 80, domains: 9), true),
        Case("a relay, for a tenth", .policy, .relay, .init(refused: 10, taken: 90, domains: 9), false),
        Case("a relay cannot be told from one domain", .policy, .relay, .init(refused: 50, domains: 2), false),
        Case("a few at a relay", .policy, .relay, .init(refused: 9, domains: 9), false),
        Case("a provider of several domains", .policy, .provider, .init(refused: 10, domains: 5), true),
        Case("a provider that takes most", .policy, .provider, .init(refused: 10, taken: 11, domains: 5), false),
        Case("words of one domain are that domain's", .policy, .provider, .init(refused: 50, domains: 1), false),
        Case(
            "an old list, dead for 40 %", .unknownMailbox, .domain,
            .init(refused: 40, taken: 60, reachedBefore: 0), false),
        Case(
            "a dead domain that nobody was ever reached at", .unknownMailbox, .domain, .init(refused: 50), false),
        Case(
            "nearly all of a domain, who were reached before", .unknownMailbox, .domain,
            .init(refused: 12, reachedBefore: 12), true),
        Case(
            "80 % of a domain", .unknownMailbox, .domain, .init(refused: 80, taken: 20, reachedBefore: 80), false),
        Case(
            "others are still to be tried", .unknownMailbox, .domain,
            .init(refused: 12, waiting: 88, reachedBefore: 12), false),
        Case(
            "many are still to be tried, and no end of them is needed", .unknownMailbox, .domain,
            .init(refused: 900, waiting: 400_000, reachedBefore: 12), true),
        Case("nine of a domain", .unknownMailbox, .domain, .init(refused: 9, reachedBefore: 9), false),
        Case("full for all of a domain", .fullMailbox, .domain, .init(refused: 10), true),
        Case("full for three", .fullMailbox, .domain, .init(refused: 3), false),
        Case("a domain that has vanished", .undeliverable, .domain, .init(refused: 50), false),
        Case("all domains have vanished", .undeliverable, .relay, .init(refused: 50, domains: 40), true),
        Case(
            "a quarter of all has vanished", .undeliverable, .relay, .init(refused: 25, taken: 75, domains: 20), false),
        Case("complaints are each reader's own", .complaint, .domain, .init(refused: 50), false),
    ]

    @Test("is told by how many were refused and how many taken meanwhile", arguments: cases)
    private func table(_ test: Case) {
        #expect(BlanketRefusal.isOfAll(test.fault, test.scope, test.evidence) == test.isOfAll)
    }

    @Test(
        "a provider is known by its words, without what is each mail's own",
        arguments: [
            (
                "550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal visit https://x.example/",
                "550 5.7.606 access denied, banned sending ip to request removal visit"
            ),
            (
                "550 5.7.1 <ada@example.org>: Recipient address rejected: Blocked (4F2a17)",
                "550 5.7.1 recipient address rejected: blocked"
            ),
            ("", ""),
        ])
    func words(said: String, words: String) { #expect(BlanketRefusal.words(of: said) == words) }

    @Test("a rule of the receiver's counts as usual where others are taken, and little where nobody can tell")
    func weights() {
        #expect(BlanketRefusal.tenths(.policy, othersTaken: true) == nil)
        #expect(BlanketRefusal.tenths(.policy, othersTaken: false) == 1)
        #expect(BlanketRefusal.tenths(.content, othersTaken: false) == 1)
        #expect(BlanketRefusal.tenths(.unknownMailbox, othersTaken: false) == nil)
    }
}
