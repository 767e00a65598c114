import Foundation
import Store
import TestSupport
import Testing
import Workers

@testable import Web

@Suite("The alarm of who refuses everybody")
struct RefusalAlarmTests {
    @Test("stands on the desk and in the metrics until it is over")
    func shown() async throws {
        let test = try await AdminVisit.installation()
        let breakers = test.installation.database.breakers
        let said = "550 5.7.1 <ada@big.example>: blocked <b>"
        try await breakers.note(.domain, "big.example", .policy, said: said, holds: true, at: test.clock.now)
        let measurements = Measurements(test.installation)
        #expect(try await measurements.page().contains("broadsheet_refusing_everybody{scope=\"domain\"} 1"))
        try await AdminVisit.inside(test) { (visit) async throws in
            let page = try await visit.get("/admin").body
            #expect(
                page.contains("big.example refuses all mail") && page.contains("To do: look the sending address up"))
            #expect(page.contains("blocked &lt;b&gt;") && !page.contains("ada@big.example"))
        }
        for breaker in try await breakers.open(at: test.clock.now) {
            try await breakers.close(breaker, at: test.clock.now)
        }
        #expect(try await measurements.page().contains("broadsheet_refusing_everybody{scope=\"domain\"} 0"))
        try await AdminVisit.inside(test) { (visit) async throws in
            #expect(try await !visit.get("/admin").body.contains("big.example"))
        }
    }
}
