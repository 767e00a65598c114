import Foundation
import Testing

@testable import Web

@Suite("Allowances")
struct AllowancesTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("so many at once, then evenly; what is asked too early is told how long to wait")
    func refill() {
        var allowances = Allowances(Allowance(count: 3, period: 60))
        for _ in 1...3 { #expect(allowances.take(1, at: start) == nil) }
        let wait = allowances.take(1, at: start) ?? 0
        #expect(abs(wait - 20) < 0.001)
        #expect(allowances.take(1, at: start.addingTimeInterval(19)) != nil)
        #expect(allowances.take(1, at: start.addingTimeInterval(20)) == nil)
        #expect(allowances.take(1, at: start.addingTimeInterval(21)) != nil)
        #expect(allowances.take(2, at: start) == nil)
        // After a whole period everything is there again, and no more than that.
        let later = start.addingTimeInterval(600)
        #expect((1...10).count { _ in allowances.take(1, at: later) == nil } == 3)
    }

    @Test("over a long time no more than the allowance passes, however it is asked", arguments: [1, 7, 60, 1000])
    func longRun(count: Int) {
        var allowances = Allowances(Allowance(count: count, period: 3600))
        let passed = (0..<36_000).count { allowances.take(1, at: start.addingTimeInterval(Double($0))) == nil }
        #expect((count * 10...count * 11).contains(passed))
    }

    @Test("no count is no limit")
    func unlimited() {
        var allowances = Allowances(Allowance(count: 0, period: 60))
        #expect((0..<1000).allSatisfy { _ in allowances.take(1, at: start) == nil })
        #expect(allowances.count == 0)
    }

    @Test("a clock that is set back locks nobody out for longer than a period")
    func clockSetBack() {
        var allowances = Allowances(Allowance(count: 2, period: 60))
        for _ in 1...2 { #expect(allowances.take(1, at: start.addingTimeInterval(1e7)) == nil) }
        #expect((allowances.take(1, at: start) ?? 99) <= 60)
        #expect(allowances.take(1, at: start.addingTimeInterval(61)) == nil)
    }

    @Test("keys are kept in bounded number: full buckets go first, and those who ask most stay known")
    func bounded() {
        var allowances = Allowances(Allowance(count: 2, period: 60), capacity: 100)
        for _ in 1...2 { _ = allowances.take(7, at: start) }
        for key in 1000..<UInt64(11_000) {
            #expect(allowances.take(key, at: start.addingTimeInterval(0.001)) == nil)
            #expect(allowances.count <= 100)
        }
        #expect(allowances.take(7, at: start.addingTimeInterval(0.002)) != nil)
    }
}
