import Testing

@testable import Transport

@Suite("A driver's rests")
struct SMTPDriverPaceTests {
    @Test("grow while few connections are ready, to a bound")
    func grow() {
        var pace = SMTPDriverPace()
        let rests = (0..<6).map { _ in pace.rest(after: 1, of: 10) }
        #expect(rests == [200, 400, 800, 800, 800, 800])
    }

    @Test("shrink while most are ready, to a bound")
    func shrink() {
        var pace = SMTPDriverPace()
        for _ in 0..<3 { _ = pace.rest(after: 0, of: 10) }
        let rests = (0..<5).map { _ in pace.rest(after: 9, of: 10) }
        #expect(rests == [400, 200, 100, 100, 100])
    }

    @Test("stay where some are ready")
    func stay() {
        var pace = SMTPDriverPace()
        _ = pace.rest(after: 0, of: 10)
        #expect(pace.rest(after: 4, of: 10) == 200)
        #expect(pace.rest(after: 3, of: 10) == 200)
    }
}
