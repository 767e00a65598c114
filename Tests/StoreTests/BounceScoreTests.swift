import Testing

@testable import Store

@Suite("The score of bounces")
struct BounceScoreTests {
    struct Case: Sendable {
        let name: String
        /// Delivery, fault, day.
        let bounces: [(Int64, DeliveryFault, Int64)]
        var delivered: [Int64] = []
        let tenths: Int
    }

    @Test(
        "adds up, one a day, and falls with each mail that got through",
        arguments: [
            Case(name: "none", bounces: [], tenths: 0),
            Case(name: "hard", bounces: [(1, .undeliverable, 1)], tenths: 10),
            Case(name: "soft", bounces: [(1, .fullMailbox, 1), (2, .content, 2)], tenths: 10),
            Case(name: "two on a day", bounces: [(1, .policy, 1), (2, .policy, 1)], tenths: 5),
            Case(name: "the worst of a day", bounces: [(1, .policy, 1), (2, .undeliverable, 1)], tenths: 10),
            Case(name: "the worst first", bounces: [(1, .undeliverable, 1), (2, .policy, 1)], tenths: 10),
            Case(
                name: "three got through", bounces: [(1, .undeliverable, 1), (5, .policy, 5)],
                delivered: [1, 2, 3, 4, 5],
                tenths: 12),
            Case(
                name: "what came before and after counts nothing", bounces: [(10, .policy, 5)],
                delivered: [1, 2, 3, 10, 11, 12], tenths: 5),
            Case(
                name: "never below nothing", bounces: [(1, .policy, 1), (30, .policy, 30)], delivered: Array(1...30),
                tenths: 5),
            Case(name: "forgiven", bounces: [(1, .forgiven, 1), (2, .policy, 2)], tenths: 5),
        ])
    func tenths(expected: Case) {
        let bounces = expected.bounces.map { BounceScore.Bounce(deliveryID: $0.0, fault: $0.1, day: $0.2) }
        #expect(BounceScore.tenths(bounces, delivered: expected.delivered) == expected.tenths, "\(expected.name)")
    }

    @Test("ends the mail at its limit, at once without a mailbox or by a complaint")
    func ends() {
        let four = (1...4).map { BounceScore.Bounce(deliveryID: $0, fault: .undeliverable, day: $0) }
        let five = four + [BounceScore.Bounce(deliveryID: 5, fault: .undeliverable, day: 5)]
        let score = BounceScore(limit: 5)
        #expect(!score.ends(four, last: .undeliverable, delivered: []))
        #expect(score.ends(five, last: .undeliverable, delivered: []))
        #expect(score.ends([], last: .unknownMailbox, delivered: []))
        #expect(score.ends([], last: .complaint, delivered: []))
    }
}
