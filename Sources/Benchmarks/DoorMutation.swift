import Core
import Foundation
import TestTools

/// One damage to a good request, of the kind that a scanner or a broken program makes.
enum DoorMutation {
    private typealias Field = DoorRequest.Field
    private typealias Header = DoorRequest.Header

    /// Changes one thing, and notes which in ``DoorRequest/changes``.
    ///
    /// - Parameter seeds: for what belongs elsewhere.
    static func apply(to request: inout DoorRequest, _ seeds: DoorSeeds, _ random: inout SplitMix64) {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<58: change(field: &request, seeds, &random)
        case 58..<68: add(field: &request, &random)
        case 68..<80: change(path: &request, &random)
        case 80..<95: change(header: &request, &random)
        case 95..<98:
            request.method = methods.randomElement(using: &random) ?? "PUT"
            request.changes.append("method \(request.method)")
        default: change(framing: &request, &random)
        }
    }

    // MARK: - Values

    /// Numbers at the edges of what machines count in, and what only looks like one.
    static let numbers: [String] = {
        var numbers = [
            "0", "-1", "1", "-0", "00", "+1", "1e308", "1e309", "-1e308", "NaN", "nan", "inf", "0x10", "1.5",
        ]
        numbers += ["1_000", "１２", "٣", "1 ", " 1", "1,5", "½", "²"]
        for edge in [Int64(Int32.max), Int64(Int32.min), Int64(UInt32.max), 1 << 53] {
            numbers += [edge - 1, edge, edge + 1].map(String.init)
        }
        numbers += ["\(Int64.max)", "\(Int64.max - 1)", "9223372036854775808", "\(Int64.min)", "\(Int64.min + 1)"]
        numbers += ["-9223372036854775809", "\(UInt64.max)", "18446744073709551616", "18446744073709551614"]
        numbers += [String(repeating: "9", count: 40), String(repeating: "9", count: 4000)]
        return numbers + [String(repeating: "0", count: 3000) + "1"]
    }()

    /// Those at which sums run over.
    private static let edges = [
        "\(Int64.max)", "\(Int64.max - 1)", "\(Int64.min)", "\(Int64.min + 1)", "\(Int64.max / 1000)",
        "\(Int64.max / 2 + 1)",
        "\(Int32.max)", "\(Int32.min)", "\(UInt32.max)", "0",
    ]

    /// Every number in good requests to every address, replaced by each of those at which sums run over.
    static func sweep(_ seeds: DoorSeeds, _ random: inout SplitMix64) -> [DoorRequest] {
        func isNumber(_ text: some Collection<UInt8>) -> Bool {
            !text.isEmpty && text.allSatisfy { (0x30...0x39).contains($0) }
        }
        var requests: [DoorRequest] = []
        // More than once, since some ask for one thing or another.
        for good in (0..<4).flatMap({ _ in seeds.each(&random) }) {
            for edge in edges.map({ Array($0.utf8) }) {
                func add(_ name: [UInt8], _ change: (inout DoorRequest) -> Void) {
                    var request = good
                    change(&request)
                    request.changes.append("\(String(decoding: name, as: UTF8.self)): number")
                    requests.append(request)
                }
                for (at, field) in good.query.enumerated() where isNumber(field.value) {
                    add(field.name) { $0.query[at].value = edge }
                }
                for (at, field) in (good.form ?? []).enumerated() where isNumber(field.value) {
                    add(field.name) { $0.form?[at].value = edge }
                }
                var parts = good.path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
                    Array($0)
                }
                guard let at = parts.lastIndex(where: isNumber) else { continue }
                parts[at] = edge
                add(Array("path".utf8)) { $0.path = Array(parts.joined(separator: [UInt8(ascii: "/")])) }
            }
        }
        return requests
    }

    static let dates = [
        "0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "9999999-99-99", "10000-01-01", "2026-02-29",
        "2026-02-30", "2024-02-29", "2026-13-01", "2026-00-10", "2026-11-00", "2026-11-31", "-2026-11-20", "2026-W99",
        "2026-W00", "2026-W53", "2020-W53", "0000-W01", "9999-W53", "2026-W", "2026-1", "2026-11", "9999-12", "0001-01",
        "1582-10-10", "2026-11-29T25:61:61Z", "9223372036854775807-01-01", "2026-9223372036854775807", "2026--1",
        "292278994-08-17", "144683-W01", "5000000-01-01", "1970-01-01", "1969-12-31", "2026-11-29-1",
    ]

    /// Filters that are deep, long, or look for what is dear to find.
    static func hardFilter(_ random: inout SplitMix64) -> (kind: String, text: String) {
        let count = [50, 400, 3000, 12_000].randomElement(using: &random) ?? 50
        let number = numbers.randomElement(using: &random) ?? "0"
        let date = dates.randomElement(using: &random) ?? "0000-00-00"
        func repeated(_ text: String) -> String {
            String(repeating: text, count: max(1, min(count, 15_000 / max(1, text.utf8.count))))
        }
        let shapes: [(String, String)] = [
            ("deep", repeated("(") + "model" + repeated(")")), ("open", repeated("(")),
            ("closed", "model" + repeated(")")),
            ("not", repeated("-") + "model"), ("not", repeated("NOT ") + "model"),
            ("or", repeated("model OR ") + "agent"),
            ("deep not", repeated("-(") + "model" + repeated(")")), ("and", repeated("model AND ") + "agent"),
            ("words", (0..<min(count, 2500)).map { "w\($0)" }.joined(separator: " ")),
            ("alternatives", (0..<min(count, 1500)).map { "w\($0)*" }.joined(separator: " OR ")),
            ("short prefixes", "abcdefghijklmnopqrstuvwxyz".map { "\($0)*" }.joined(separator: " OR ")),
            ("phrase", "\"" + repeated("model ") + "\""), ("quotes", repeated("\"")), ("stars", repeated("*")),
            ("colons", repeated("title:")), ("long word", repeated("a")), ("equals", repeated("=")),
            ("upvotes", "upvotes>=\(number)"), ("upvotes", "upvotes<\(number)"), ("comments", "comments>=\(number)"),
            ("since", "since:\(date)"), ("since", "since:\(number)"), ("until", "until:\(date)"),
            ("days", "days:\(number)"),
            ("id", "id:\(number)"), ("id", "id:2611.\(number)"), ("cat", "cat:" + repeated("*.")),
            ("feed", "feed:\(number)"),
            ("accents", repeated("e\u{301}")), ("marks", "a" + repeated("\u{301}")), ("turned", repeated("\u{202E}")),
            ("family", repeated("👨‍👩‍👧‍👦")), ("kana", repeated("ｶﾞ")), ("capitals", repeated("İ")),
            ("ligatures", repeated("ﬃ")),
            (
                "pieces",
                (0..<min(count, 300)).map { _ in
                    String(decoding: Mutation.filterPieces.randomElement(using: &random) ?? [], as: UTF8.self)
                }.joined()
            ),
        ]
        return shapes.randomElement(using: &random) ?? ("deep", "(")
    }

    /// Text that programs stumble over.
    private static func hardText(_ random: inout SplitMix64) -> (kind: String, text: String) {
        let count = [100, 2000, 14_000].randomElement(using: &random) ?? 100
        let shapes: [(String, String)] = [
            ("empty", ""), ("blank", " "), ("long", String(repeating: "a", count: count)), ("nul", "a\u{0}b"),
            ("blanks", String(repeating: " ", count: count) + "x"),
            ("lines", String(repeating: "\r\n", count: count / 2)),
            ("markup", "<script>alert(1)</script>"), ("marks", "a" + String(repeating: "\u{301}", count: count / 2)),
            ("quotes", "'\"--;"), ("like", "%_%\\"), ("template", "{{address}}{{{x}}}{{#a}}"),
            ("path", "../../etc/passwd"),
            ("header", "a\r\nSet-Cookie: x=1"), ("address", String(repeating: "a", count: 300) + "@example.org"),
            ("address", "a@" + String(repeating: "b.", count: 120) + "org"), ("address", "\"a b\"@example.org"),
            ("address", "ü@bücher.example"), ("address", "a@xn--" + String(repeating: "9", count: 50) + ".org"),
            ("zone", "Etc/GMT+99"), ("zone", "../../../etc/passwd"), ("zone", "GMT+999999999999"), ("hour", "24:60"),
            ("hour", "9223372036854775807:1"), ("hour", "7:"), ("dots", String(repeating: ".", count: count)),
            ("commas", String(repeating: ",", count: count)), ("arabic", String(repeating: "ﷺ", count: count / 20)),
            ("other site", "//example.net"), ("other site", "/\\example.net"), ("other site", "https://example.net"),
        ]
        return shapes.randomElement(using: &random) ?? ("empty", "")
    }

    private static func value(_ field: inout DoorRequest.Field, _ random: inout SplitMix64) -> String {
        let name = String(decoding: field.name.prefix(20), as: UTF8.self)
        func set(_ text: String) { field.value = Array(text.utf8) }
        let isFilter = name == "q" || name == "filter"
        let isNumber = !field.value.isEmpty && field.value.allSatisfy { (0x30...0x39).contains($0) }
        if isNumber, Int.random(in: 0..<3, using: &random) > 0 {
            let values = Bool.random(using: &random) ? edges : numbers
            set(values.randomElement(using: &random) ?? "0")
            return "\(name): number"
        }
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<4 where isFilter, 11 where isFilter:
            let (kind, text) = hardFilter(&random)
            set(text)
            return "\(name): filter, \(kind)"
        case 0..<4:
            set(numbers.randomElement(using: &random) ?? "0")
            return "\(name): number"
        case 4:
            set(dates.randomElement(using: &random) ?? "0000-00-00")
            return "\(name): date"
        case 5, 6:
            let (kind, text) = hardText(&random)
            set(text)
            return "\(name): text, \(kind)"
        case 7:
            let broken = ["%", "%4", "%zz", "%%%", "%00", "%ff%fe", "%c0%80", "%ed%a0%80", "%f4%90%80%80", "+%2B%"]
            set(broken.randomElement(using: &random) ?? "%")
            field.isRaw = true
            return "\(name): percent"
        case 8:
            field.value = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
            return "\(name): bytes"
        case 9 where !field.value.isEmpty:
            // Of a token too: one bit is another token.
            let at = Int.random(in: 0..<field.value.count, using: &random)
            field.value[at] ^= 1 << UInt8.random(in: 0...5, using: &random)
            return "\(name): bit"
        default:
            for _ in 0..<3 { Mutation.apply(to: &field.value, &random) }
            return "\(name): damage"
        }
    }

    private static func change(field request: inout DoorRequest, _ seeds: DoorSeeds, _ random: inout SplitMix64) {
        let isForm = request.form?.isEmpty == false && (request.query.isEmpty || Bool.random(using: &random))
        var fields = isForm ? request.form ?? [] : request.query
        guard !fields.isEmpty else { return change(path: &request, &random) }
        let at = Int.random(in: 0..<fields.count, using: &random)
        let isToken = fields[at].name == Array("token".utf8)
        let name = String(decoding: fields[at].name.prefix(20), as: UTF8.self)
        switch Int.random(in: 0..<14, using: &random) {
        case 0:
            fields.remove(at: at)
            request.changes.append("\(name): left out")
        case 1:
            let count = [2, 30, 400, 600].randomElement(using: &random) ?? 2
            fields += Array(repeating: fields[at], count: min(count, 15_000 / (fields[at].value.count + 8)))
            request.changes.append("\(name): repeated")
        case 2 where isToken:
            // A good token for another door.
            let purpose = DoorKeys.Purpose.allCases.randomElement(using: &random) ?? .marks
            fields[at].value = Array((seeds.keys.tokens[purpose]?.randomElement(using: &random) ?? "").utf8)
            request.changes.append("\(name): of another purpose")
        case 3..<10 where isToken && fields.count > 1:
            // What stands behind a good token is what has to be looked at.
            let other = (at + 1) % fields.count
            request.changes.append(value(&fields[other], &random))
        default: request.changes.append(value(&fields[at], &random))
        }
        if isForm { request.form = fields } else { request.query = fields }
    }

    private static let names = [
        "page", "topic", "filter", "lang", "q", "before", "after", "token", "paper", "like", "forget", "all", "preview",
        "until", "email", "stamp", "website", "now", "never", "reason", "words", "state", "done", "password", "to", "x",
        "",
        "List-Unsubscribe", "max_papers", "hour", "weekday", "cadence", "timezone", "language",
    ]

    private static func add(field request: inout DoorRequest, _ random: inout SplitMix64) {
        var field = Field(names.randomElement(using: &random) ?? "x", "1")
        let change = "added " + value(&field, &random)
        // First, where the first of a name is the one that counts.
        if request.form != nil, Bool.random(using: &random) {
            request.form?.insert(field, at: 0)
        } else {
            request.query.insert(field, at: 0)
        }
        request.changes.append(change)
    }

    // MARK: - Path, header, framing

    private static func change(path request: inout DoorRequest, _ random: inout SplitMix64) {
        var parts = request.path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Array($0) }
        // Another address than that of a page is 404 and nothing else.
        if parts.count <= 2, Int.random(in: 0..<6, using: &random) > 0 {
            if request.query.isEmpty, request.form?.isEmpty ?? true { return add(field: &request, &random) }
            request.query.insert(Field("lang", "fr"), at: 0)
            return change(header: &request, &random)
        }
        // A part that names something, rather than the address of the page.
        let at = parts.count > 2 ? Int.random(in: 2..<parts.count, using: &random) : parts.count - 1
        let odd = [
            "..", ".", "%2f", "%2e%2e%2f", "%00", "%", "%ff", "%c3%28", "*", ":id", "a b", "\u{fc}", ";", "//", "?",
        ]
        switch Int.random(in: 0..<8, using: &random) {
        case 0..<3:
            parts[at] = Array((numbers.randomElement(using: &random) ?? "0").utf8)
            request.changes.append("path: number")
        case 3, 4:
            parts[at] = Array((dates.randomElement(using: &random) ?? "0").utf8)
            request.changes.append("path: date")
        case 5:
            parts[at] = Array((odd.randomElement(using: &random) ?? "..").utf8)
            request.changes.append("path: odd")
        case 6:
            parts.insert(Array((odd.randomElement(using: &random) ?? "..").utf8), at: at)
            request.changes.append("path: a part more")
        default:
            parts[at] = DoorRequest.percentEncoded(
                Array(String(repeating: "a", count: [1, 300, 15_000].randomElement(using: &random) ?? 1).utf8))
            request.changes.append("path: text")
        }
        // A blank would end the address, which is what a broken request line is for.
        request.path = parts.joined(separator: [UInt8(ascii: "/")]).filter { $0 != UInt8(ascii: " ") }
    }

    private static let methods = [
        "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "PATCH", "POST", "GET", "PROPFIND", "BREW",
    ]

    private static func change(header request: inout DoorRequest, _ random: inout SplitMix64) {
        let number = numbers.filter { $0.utf8.count < 100 }.randomElement(using: &random) ?? "0"
        let long = String(repeating: "a,", count: 7000)
        let choices: [(String, [String])] = [
            ("Host", ["", "[::1", "example.net:\(number)", "a@b", String(repeating: "a", count: 8000)]),
            (
                "Cookie",
                ["=", ";;;", "language=\(number)", "__Host-admin=\(number).a.b", "language=de; language=xx", long]
            ),
            (
                "Accept-Language",
                ["*;q=0", "de;q=\(number)", "q=1", ";;;,,,", "zh-\(long)", "de-CH-1996;q=0.\(number)", long]
            ),
            ("If-None-Match", ["*", "\"\"", "W/\"\(number)\"", "\"", long]),
            ("If-Modified-Since", ["Thu, 01 Jan 0000 00:00:00 GMT", "\(number)", "x"]),
            ("Range", ["bytes=0-\(number)", "bytes=\(number)-", "bytes=-\(number)", "bytes=" + long]),
            (
                "Content-Type",
                ["multipart/form-data; boundary=", "application/json", "text/plain; charset=utf-7", long]
            ),
            ("Origin", ["null", "https://example.net", "https://papers.example.org:\(number)", "//", long]),
            ("Sec-Fetch-Site", ["cross-site", "same-origin", "none", ""]),
            (
                "X-Forwarded-For",
                [
                    number, "192.0.2.1:\(number)", "[::1", "\"", "::ffff:1.2.3.4", "fe80::1%eth0", "1.2.3.4.5",
                    "unknown", long,
                ]
            ),
            ("Forwarded", ["for=\(number)", "for=\"[", "for=;;;", long]),
            ("Accept-Encoding", ["gzip;q=\(number)", long]),
            ("Authorization", ["Bearer ", "Bearer \(number)", "Basic !!", "Bearer" + long]),
            ("Expect", ["100-continue", "x"]),
            ("Upgrade", ["websocket", "h2c"]), ("X-HTTP-Method-Override", ["DELETE"]), ("Accept", [long, "\(number)"]),
            ("Referer", ["https://example.net/?token=x"]), ("User-Agent", ["", "() { :;}; echo x", long]),
        ]
        let (name, values) = choices.randomElement(using: &random) ?? ("Host", [""])
        let header = Header(name, values.randomElement(using: &random) ?? "")
        // Instead of the good one, or beside it.
        if Int.random(in: 0..<3, using: &random) > 0 { request.headers.removeAll { $0.name == name } }
        request.headers.append(header)
        if Int.random(in: 0..<20, using: &random) == 0 {
            for number in 0..<90 { request.headers.append(Header("X-Number-\(number)", "x")) }
        }
        request.changes.append("header \(name)")
    }

    private static func change(framing request: inout DoorRequest, _ random: inout SplitMix64) {
        let number = numbers.filter { $0.utf8.count < 100 }.randomElement(using: &random) ?? "0"
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where request.form != nil:
            request.framing = .chunked
            request.changes.append("chunked")
        case 1 where request.form != nil:
            let size = [65_000, 66_000, 300_000].randomElement(using: &random) ?? 66_000
            request.form?.append(Field("x", String(repeating: "a", count: size)))
            request.changes.append("large body")
        case 2:
            request.framing = .broken(Array("Transfer-Encoding: chunked\r\n\r\n\(number)\r\n".utf8))
            request.changes.append("broken chunks")
        default:
            request.framing = .broken(Array("Content-Length: \(number)\r\n".utf8))
            request.changes.append("broken length")
        }
    }
}
