import Core
import Foundation
import Papers
import TestTools

/// What a visitor, a reader and the operator hold: sessions, tokens, and the names of what is there.
struct DoorKeys {
    enum Purpose: CaseIterable { case confirm, unsubscribe, left, preferences, address, marks }

    /// As a `Cookie` field has them; the first is never ended.
    var sessions: [String]
    var password: String
    var metricsToken: String
    /// Of a form that was shown a while ago.
    var stamp: String
    var tokens: [Purpose: [String]] = [:]
    var readers: [Int64] = []
    var mails: [Int64] = []
    var feeds: [Int64] = []
    var papers: [(seq: Int64, id: PaperID)] = []
    var topics: [String] = []
    var addresses: [String] = []

    init(sessions: [String], password: String, metricsToken: String, stamp: String) {
        self.sessions = sessions
        self.password = password
        self.metricsToken = metricsToken
        self.stamp = stamp
    }
}

/// A good request to each address of the site, to be damaged.
struct DoorSeeds {
    let keys: DoorKeys
    private typealias Field = DoorRequest.Field
    private typealias Header = DoorRequest.Header
    typealias Maker = @Sendable (DoorSeeds, inout SplitMix64) -> DoorRequest

    /// Every address, as often as its weight says.
    static let makers: [Maker] = weighted.flatMap { Array(repeating: $0.make, count: $0.weight) }

    /// One of each.
    func each(_ random: inout SplitMix64) -> [DoorRequest] { Self.weighted.map { $0.make(self, &random) } }

    func any(_ random: inout SplitMix64) -> DoorRequest {
        let make = Self.makers.randomElement(using: &random)
        var request = make?(self, &random) ?? DoorRequest("GET", "/")
        if Bool.random(using: &random) { request.headers.append(Header("Accept-Language", "de-AT,en;q=0.7,*;q=0.1")) }
        if Int.random(in: 0..<10, using: &random) == 0 {
            request.headers.append(Header("X-Forwarded-For", "192.0.2.\(Int.random(in: 1...250, using: &random))"))
        }
        return request
    }

    // MARK: - What fills requests

    private func token(_ purpose: DoorKeys.Purpose, _ random: inout SplitMix64) -> Field {
        Field("token", (keys.tokens[purpose] ?? []).randomElement(using: &random) ?? "none")
    }

    private func topic(_ random: inout SplitMix64) -> String { keys.topics.randomElement(using: &random) ?? "robotics" }

    private func paper(_ random: inout SplitMix64) -> Int64 { keys.papers.randomElement(using: &random)?.seq ?? 1 }

    static func filter(_ random: inout SplitMix64) -> String {
        let words = SampleDay.words
        let term: (inout SplitMix64) -> String = { random in
            switch Int.random(in: 0..<9, using: &random) {
            case 0: "title:\(words.randomElement(using: &random) ?? "")"
            case 1: "upvotes>=\(Int.random(in: 0..<90, using: &random))"
            case 2: "\((words.randomElement(using: &random) ?? "").prefix(4))*"
            case 3: "\"\(words.randomElement(using: &random) ?? "") \(words.randomElement(using: &random) ?? "")\""
            case 4: "cat:cs.*"
            case 5: "since:2026-11-01"
            case 6: "author:sample"
            default: words.randomElement(using: &random) ?? "model"
            }
        }
        let joints = [" ", " OR ", " -", " AND NOT "]
        return (0..<Int.random(in: 0..<4, using: &random)).reduce(into: term(&random)) { text, _ in
            text += (joints.randomElement(using: &random) ?? " ") + term(&random)
        }
    }

    private static let periods = ["2026-11-20", "2026-11-29", "2026-W47", "2026-W48", "2026-11", "2026-10", "2025-W01"]
    private static let files = ["feed.atom", "feed.json"]

    // MARK: - Addresses

    private static let weighted: [(weight: Int, make: Maker)] = visits + forms + desk

    private static func get(_ path: String, _ route: String? = nil, _ query: [Field] = []) -> DoorRequest {
        var request = DoorRequest("GET", path, route: route)
        request.query = query
        return request
    }

    private static func post(_ path: String, _ form: [Field], route: String? = nil) -> DoorRequest {
        var request = DoorRequest("POST", path, route: route)
        request.form = form
        request.headers.append(Header("Content-Type", "application/x-www-form-urlencoded"))
        return request
    }

    private static let visits: [(weight: Int, make: Maker)] = [
        (
            10,
            { seeds, random in
                let path = ["/", "/week", "/month", "/trending"].randomElement(using: &random) ?? "/"
                let fields = [
                    Field("page", "1"), Field("topic", seeds.topic(&random)), Field("filter", filter(&random)),
                    Field("lang", "fr"),
                ]
                return get(path, nil, fields.filter { _ in Bool.random(using: &random) })
            }
        ),
        (
            4,
            { _, random in
                let path = ["/", "/week/", "/month/", "/trending/"].randomElement(using: &random) ?? "/"
                return get(path + (files.randomElement(using: &random) ?? ""), nil, [Field("lang", "ja")])
            }
        ),
        (
            9,
            { _, random in
                get("/papers/\(periods.randomElement(using: &random) ?? "")", "/papers/:period", [Field("page", "1")])
            }
        ),
        (
            3,
            { _, random in
                let file = files.randomElement(using: &random) ?? ""
                return get("/papers/\(periods.randomElement(using: &random) ?? "")/\(file)", "/papers/:period/\(file)")
            }
        ),
        (
            14,
            { seeds, random in
                let place = Field(
                    Bool.random(using: &random) ? "before" : "after", String(seeds.paper(&random)))
                let query = [Field("q", filter(&random))]
                return get("/search", nil, Bool.random(using: &random) ? query : query + [place])
            }
        ),
        (
            4,
            { _, random in
                get("/search/\(files.randomElement(using: &random) ?? "")", nil, [Field("q", filter(&random))])
            }
        ),
        (1, { _, _ in get("/topics") }),
        (
            6,
            { seeds, random in
                let place = Field(Bool.random(using: &random) ? "before" : "after", String(seeds.paper(&random)))
                return get("/topics/\(seeds.topic(&random))", "/topics/:slug", [place])
            }
        ),
        (
            2,
            { seeds, random in
                let file = files.randomElement(using: &random) ?? ""
                return get("/topics/\(seeds.topic(&random))/\(file)", "/topics/:slug/\(file)")
            }
        ),
        (
            8,
            { seeds, random in
                guard let paper = seeds.keys.papers.randomElement(using: &random) else { return get("/paper/no/1") }
                switch paper.id.scheme {
                case .arxiv: return get("/paper/\(paper.id.value)", "/paper/**")
                case .doi: return get("/paper/doi/\(paper.id.value)", "/paper/**")
                case .url, .entry: return get("/paper/no/\(paper.seq)", "/paper/**")
                }
            }
        ),
        (1, { seeds, random in get("/paper/no/\(seeds.paper(&random))", "/paper/**") }),
        (
            3,
            { _, random in
                let paths = [
                    "/style.css", "/favicon.svg", "/logo.png", "/about", "/privacy", "/imprint", "/sitemap.xml",
                    "/robots.txt", "/healthz", "/readyz", "/filters/help",
                ]
                return get(paths.randomElement(using: &random) ?? "/about", nil, [Field("lang", "zh")])
            }
        ),
        (
            1,
            { seeds, _ in
                var request = get("/metrics")
                request.headers.append(Header("Authorization", "Bearer \(seeds.keys.metricsToken)"))
                return request
            }
        ),
        (7, { _, random in get("/filters/try", nil, [Field("filter", filter(&random))]) }),
        (2, { seeds, random in get("/confirm", nil, [seeds.token(.confirm, &random)]) }),
        (2, { seeds, random in get("/unsubscribe", nil, [seeds.token(.unsubscribe, &random)]) }),
        (1, { seeds, random in get("/unsubscribe/undo", nil, [seeds.token(.left, &random)]) }),
        (3, { seeds, random in get("/preferences", nil, [seeds.token(.preferences, &random)]) }),
        (1, { seeds, random in get("/preferences/delete", nil, [seeds.token(.preferences, &random)]) }),
        (1, { seeds, random in get("/address", nil, [seeds.token(.address, &random)]) }),
        (
            4,
            { seeds, random in
                let like = ["more", "less", "none"].randomElement(using: &random) ?? ""
                return get(
                    "/mark", nil,
                    [
                        seeds.token(.marks, &random), Field("paper", String(seeds.paper(&random))), Field("like", like),
                    ])
            }
        ),
    ]

    private static let forms: [(weight: Int, make: Maker)] = [
        (
            3,
            { seeds, random in
                post(
                    "/subscribe",
                    [
                        Field("email", "typed\(Int.random(in: 0..<5000, using: &random))@example.org"),
                        Field("topic", seeds.topic(&random)), Field("topic", seeds.topic(&random)),
                        Field("filter", filter(&random)), Field("stamp", seeds.keys.stamp), Field("website", ""),
                    ])
            }
        ),
        (1, { _, _ in post("/language", [Field("language", "de"), Field("to", "/week?page=1")]) }),
        (1, { seeds, random in post("/confirm", [seeds.token(.confirm, &random), Field("now", "1")]) }),
        (
            1,
            { seeds, random in
                var request = post("/unsubscribe", [Field("List-Unsubscribe", "One-Click")])
                request.query = [seeds.token(.unsubscribe, &random)]
                return request
            }
        ),
        (
            2,
            { seeds, random in
                post(
                    "/unsubscribe/reason",
                    [seeds.token(.left, &random), Field("reason", "too many"), Field("words", "Rather once a week.")])
            }
        ),
        (1, { seeds, random in post("/unsubscribe/undo", [seeds.token(.left, &random)]) }),
        (
            12,
            { seeds, random in
                var form = [
                    seeds.token(.preferences, &random), Field("topic", seeds.topic(&random)),
                    Field("topic", seeds.topic(&random)), Field("filter", "\(filter(&random))\r\n\(filter(&random))"),
                    Field("timezone", "Europe/Zurich"), Field("hour", "7:30"), Field("cadence", "weekly"),
                    Field("weekday", "3"), Field("max_papers", "20"), Field("language", "de"), Field("beyond", "1"),
                ]
                if Int.random(in: 0..<3, using: &random) == 0 { form.append(Field("preview", "1")) }
                return post("/preferences", form)
            }
        ),
        (
            2,
            { seeds, random in
                let seq = String(seeds.paper(&random))
                return post("/preferences/marks", [seeds.token(.preferences, &random), Field("forget", seq)])
            }
        ),
        (
            3,
            { seeds, random in
                post("/preferences/pause", [seeds.token(.preferences, &random), Field("until", "2027-01-15")])
            }
        ),
        (1, { seeds, random in post("/preferences/resume", [seeds.token(.preferences, &random)]) }),
        (
            1,
            { seeds, random in
                let address = "moved\(Int.random(in: 0..<5000, using: &random))@example.org"
                return post("/preferences/address", [seeds.token(.preferences, &random), Field("email", address)])
            }
        ),
        (1, { seeds, random in post("/address", [seeds.token(.address, &random)]) }),
        (1, { seeds, random in post("/preferences/links", [seeds.token(.preferences, &random)]) }),
        (
            1,
            { seeds, random in
                post("/preferences/link", [seeds.token(.marks, &random), Field("right", "marks")])
            }
        ),
        (2, { seeds, random in post("/preferences/export", [seeds.token(.preferences, &random)]) }),
        (1, { seeds, random in post("/preferences/delete", [seeds.token(.preferences, &random)]) }),
        (
            5,
            { seeds, random in
                let like = ["more", "less", "none"].randomElement(using: &random) ?? ""
                return post(
                    "/mark",
                    [
                        seeds.token(.marks, &random), Field("paper", String(seeds.paper(&random))), Field("like", like),
                    ])
            }
        ),
    ]

    /// With a session of the operator's.
    private static func inside(
        _ request: DoorRequest, _ seeds: DoorSeeds, session: String? = nil
    ) -> DoorRequest {
        var request = request
        request.headers.append(Header("Cookie", session ?? seeds.keys.sessions.first ?? ""))
        return request
    }

    private static let acts = ["pause", "resume", "unsubscribe", "reactivate", "preferences"]

    private static let desk: [(weight: Int, make: Maker)] = [
        (1, { seeds, _ in inside(get("/admin/style.css"), seeds) }),
        (1, { _, _ in get("/admin/login") }),
        (1, { seeds, _ in inside(get("/admin", nil, [Field("done", "paused")]), seeds) }),
        (2, { seeds, _ in inside(get("/admin/feeds", nil, [Field("done", "asked")]), seeds) }),
        (
            2,
            { seeds, random in
                let act = ["enable", "disable", "ask"].randomElement(using: &random) ?? ""
                let id = seeds.keys.feeds.randomElement(using: &random) ?? 1
                return inside(post("/admin/feeds/\(id)/\(act)", [], route: "/admin/feeds/:id/:act"), seeds)
            }
        ),
        (
            4,
            { seeds, random in
                let state = ["failed", "sent", "pending"].randomElement(using: &random) ?? ""
                let before = Field("before", String(Int.random(in: 1...50, using: &random)))
                return inside(get("/admin/mails", nil, [Field("state", state), before]), seeds)
            }
        ),
        (
            2,
            { seeds, random in
                let id = seeds.keys.mails.randomElement(using: &random) ?? 1
                return inside(post("/admin/mails/\(id)/retry", [], route: "/admin/mails/:id/retry"), seeds)
            }
        ),
        (
            5,
            { seeds, random in
                let after = Field("after", String(Int.random(in: 0...50, using: &random)))
                let query = [Field("q", "reader1"), Field("state", "active"), after]
                return inside(get("/admin/subscribers", nil, query), seeds)
            }
        ),
        (
            6,
            { seeds, random in
                let id = seeds.keys.readers.randomElement(using: &random) ?? 1
                let page = ["", "", "/preview", "/preview.eml"].randomElement(using: &random) ?? ""
                return inside(
                    get("/admin/subscribers/\(id)\(page)", "/admin/subscribers/:id\(page)", [Field("done", "paused")]),
                    seeds)
            }
        ),
        (
            4,
            { seeds, random in
                let id = seeds.keys.readers.randomElement(using: &random) ?? 1
                let act = acts.randomElement(using: &random) ?? ""
                return inside(
                    post(
                        "/admin/subscribers/\(id)/\(act)", [Field("reason", "asked by telephone")],
                        route: "/admin/subscribers/:id/:act"), seeds)
            }
        ),
        (
            1,
            { seeds, random in
                inside(
                    post("/admin/logout", []), seeds,
                    session: seeds.keys.sessions.dropFirst().randomElement(using: &random))
            }
        ),
    ]
}
