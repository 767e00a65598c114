import Foundation
import Testing

@testable import Site

@Suite("Stamps of forms")
struct FormStampTests {
    private let key = SiteKey("0123456789abcdef0123456789abcdef")
    private let shown = Date(timeIntervalSince1970: 1_800_000_000)

    private func verdict(_ text: String?, after seconds: TimeInterval) -> FormStamp.Verdict {
        FormStamp.verdict(on: text, fillTime: 2, key: key, now: shown.addingTimeInterval(seconds))
    }

    @Test(
        "a form may come from the fill time on until a day later",
        arguments: [
            (0, .tooFast), (1.9, .tooFast), (2, .good), (3600, .good), (86_400, .good), (86_401, .tooOld),
            (-5, .tooFast),
        ] as [(TimeInterval, FormStamp.Verdict)])
    func age(seconds: TimeInterval, expected: FormStamp.Verdict) {
        #expect(verdict(FormStamp.text(at: shown, key: key), after: seconds) == expected)
    }

    @Test("a stamp that was changed, or is of another site, is forged; none is missing")
    func forged() {
        let text = FormStamp.text(at: shown, key: key)
        for index in text.indices {
            let other: Character = text[index] == "A" ? "B" : "A"
            let changed = text[..<index] + String(other) + text[text.index(after: index)...]
            #expect(verdict(String(changed), after: 60) == .forged)
        }
        let other = FormStamp.text(at: shown, key: SiteKey(String(repeating: "x", count: 32)))
        #expect(verdict(other, after: 60) == .forged)
        #expect(verdict(String(repeating: "A", count: 5000), after: 60) == .forged)
        #expect(verdict("ü", after: 60) == .forged)
        #expect(verdict(nil, after: 60) == .missing)
        #expect(verdict("", after: 60) == .missing)
    }
}
