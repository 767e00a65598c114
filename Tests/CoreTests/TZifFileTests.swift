import Foundation
import Testing

@testable import Core

@Suite("A zone's file")
struct TZifFileTests {
    @Test("of version 1, without a rule for ever, keeps the last time")
    func versionOne() throws {
        let sample = SampleTZif(
            version: 0, transitions: [(100, 1), (200, 0)], types: [(3600, 0, 0), (7200, 1, 4)])
        let file = try TZifFile(sample.bytes)
        #expect([0, 99, 100, 199, 200, 1 << 40].map { file.offset(at: $0) } == [3600, 3600, 7200, 7200, 3600, 3600])
        #expect(file.nextChange(after: 100) == 200 && file.nextChange(after: 200) == nil)
        #expect(file.designations(since: 150) == ["CEST", "CET"] && file.designations(since: 200) == ["CET"])
    }

    @Test("of later versions goes on by its rule after the last transition")
    func footer() throws {
        for version: UInt8 in 50...52 {
            let sample = SampleTZif(
                version: version, transitions: [(-4_000_000_000, 0), (0, 1)], types: [(3600, 0, 0), (-7200, 0, 4)],
                footer: "\nCET-5\n")
            let file = try TZifFile(sample.bytes)
            #expect(file.offset(at: -1) == 3600 && file.offset(at: 0) == 18_000)
            #expect(try TZifFile(SampleTZif(version: version, footer: "\n\n").bytes).offset(at: 9_999_999_999) == 3600)
        }
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        init(_ name: String, _ bytes: [UInt8]) { (testDescription, self.bytes) = (name, bytes) }
    }

    static let broken = [
        Broken("empty", []),
        Broken("a text", Array("# tzdb timezone descriptions, and more of them than a header".utf8)),
        Broken("of a version to come", SampleTZif(version: 65).bytes),
        Broken("without its last line", SampleTZif(footer: "").bytes),
        Broken("with half a last line", SampleTZif(footer: "\nCET-1").bytes),
        Broken("with a rule that is none", SampleTZif(footer: "\nCET\n").bytes),
        Broken("with leap seconds", SampleTZif(leaps: 1).bytes),
        Broken("with times out of order", SampleTZif(transitions: [(5, 0), (5, 0)]).bytes),
        Broken("with a type that there is not", SampleTZif(transitions: [(5, 1)]).bytes),
        Broken("with a name that there is not", SampleTZif(types: [(0, 0, 9)]).bytes),
        Broken("with neither summer nor winter", SampleTZif(types: [(0, 2, 0)]).bytes),
        Broken("more than a day from Greenwich", SampleTZif(types: [(100_000, 0, 0)]).bytes),
        Broken("without types", SampleTZif(types: []).bytes),
        Broken("without names", SampleTZif(names: []).bytes),
        Broken("too long", SampleTZif().bytes + Array(repeating: 10, count: TZifFile.most)),
    ]

    @Test("is refused where it is broken", arguments: broken)
    func refused(example: Broken) { #expect(throws: TZifFile.Fault.self) { try TZifFile(example.bytes) } }

    @Test("is refused wherever it is cut, and read or refused whichever byte of it is another")
    func damaged() throws {
        let bytes = SampleTZif(
            transitions: [(100, 1), (200, 0)], types: [(3600, 0, 0), (7200, 1, 4)],
            footer: "\nCET-1CEST,M3.5.0,M10.5.0/3\n"
        ).bytes
        for end in bytes.indices { #expect(throws: TZifFile.Fault.self) { try TZifFile(Array(bytes[..<end])) } }
        for place in bytes.indices {
            for value: UInt8 in [0, 1, 127, 128, 255] {
                var other = bytes
                other[place] = value
                guard let file = try? TZifFile(other) else { continue }
                for moment in [Int64.min / 4, -1, 0, 150, 1 << 33, Int64.max / 4] {
                    #expect(abs(file.offset(at: moment)) <= 25 * 3600 * 4)
                    _ = ZoneRules.file(file).moment(ofLocal: moment)
                }
            }
        }
    }

    @Test("with a change every second still answers at once")
    func manyChanges() throws {
        let count = 20_000
        let sample = SampleTZif(
            transitions: (0..<count).map { (Int64($0), UInt8($0 % 2)) }, types: [(-80_000, 0, 0), (90_000, 1, 4)])
        let rules = ZoneRules.file(try TZifFile(sample.bytes))
        let clock = ContinuousClock()
        let spent = clock.measure { for local in 0..<10 { _ = rules.moment(ofLocal: Int64(local)) } }
        #expect(spent < .seconds(2))
    }
}
