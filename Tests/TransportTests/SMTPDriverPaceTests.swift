import Testing

@testable import Transport

@Suite("how long the thread of connections rests")
struct SMTPDriverPaceTests {
    @Test(
        "long while messages are what is waited for, short while they wait for connections, and as before in between",
        arguments: [(0, 1600), (14, 1600), (15, 100), (20, 100), (21, 100), (40, 100)] as [(Int, UInt32)])
    func settles(messages: Int, rest: UInt32) {
        var pace = SMTPDriverPace()
        for _ in 0..<10 { _ = pace.rest(with: messages, on: 10) }
        #expect(pace.rest(with: messages, on: 10) == rest)
    }

    @Test("doubles and halves, so that a burst is met within a few looks")
    func steps() {
        var pace = SMTPDriverPace()
        #expect((0..<6).map { _ in pace.rest(with: 0, on: 10) } == [200, 400, 800, 1600, 1600, 1600])
        #expect(pace.rest(with: 18, on: 10) == 1600)
        #expect((0..<5).map { _ in pace.rest(with: 40, on: 10) } == [800, 400, 200, 100, 100])
    }
}
