import Core
import Foundation
import Mail
import Papers
import Testing

@testable import Digests

/// The repository's own templates, as the program embeds them.
func repositoryTemplates() throws -> [String: String] {
    let folder = repositoryRoot.appending(path: "Templates")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).reduce(into: [:]) { templates, name in
        templates[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}

/// Does something with a folder of an operator's own templates.
func withTemplates(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
        try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    try body(folder.path)
}

private let repositoryRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

let site = SiteAppearance(
    name: "Broadsheet", tagline: "The day’s research papers, delivered",
    postalAddress: "Example University\nCentre Street 1, 12345 Anytown", accent: Colour("#9c2a1f") ?? .ink,
    baseURL: "https://papers.example.org")

let reader = MailRecipient(
    address: "ada@example.org", subscribedOn: CivilDate("2026-06-02"),
    preferencesURL: "https://papers.example.org/preferences?token=pref.1-a&x='",
    unsubscribeURL: "https://papers.example.org/unsubscribe?token=unsub.1-a")

func texts(_ language: Language = .english) throws -> Texts {
    try TemplateSet(embedded: repositoryTemplates(), language: language).texts
}

func renderer(_ language: Language = .english) throws -> DigestRenderer {
    DigestRenderer(templates: try TemplateSet(embedded: repositoryTemplates(), language: language), site: site)
}

func day(_ text: String = "2026-11-23") throws -> CivilDate { try #require(CivilDate(text)) }

/// A paper with little but what a test names.
func paper(_ number: Int, _ title: String? = nil, change: (inout Paper) -> Void = { _ in }) throws -> Paper {
    let digits = String(10_000 + number).suffix(5)
    let id = try #require(PaperID(parsing: "2611.\(digits)"))
    var paper = Paper(Entry(id: id, title: title ?? "Paper number \(number)"))
    change(&paper)
    return paper
}

/// A sample with everything a paper can have.
func wholePaper() throws -> Paper {
    try paper(1234, "Attention Is Still All You Need") { paper in
        paper.abstract = "We look again. " + String(repeating: "The old method wins once more. ", count: 30)
        paper.authors = ["Ada Lovelace", "Zoë Müller", "山田太郎", "Omar Khalil", "Eve Adams"].map { Author($0) }
        paper.organization = "Example Institute"
        paper.publishedAt = Date(timeIntervalSince1970: 1_795_392_000)
        paper.upvotes = 1204
        paper.comments = 1
        paper.stars = 2345
        paper.pdfURL = "https://arxiv.org/pdf/2611.11234"
        paper.codeURL = "https://github.com/example/still?tab=readme&x=1"
        paper.projectURL = "http://still.example.org/"
        paper.discussionURL = "https://huggingface.co/papers/2611.11234"
    }
}

/// Compares with a file in `Fixtures`; with `BROADSHEET_UPDATE_FIXTURES` set, writes it instead.
func expectFixture(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
    if ProcessInfo.processInfo.environment["BROADSHEET_UPDATE_FIXTURES"] != nil {
        try text.write(to: file, atomically: true, encoding: .utf8)
        return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    let difference = zip(text.split(separator: "\n"), expected.split(separator: "\n")).first { $0 != $1 }
    #expect(
        text == expected, "\(name) differs, first at \(difference.map { "“\($0)”, expected “\($1)”" } ?? "its end")",
        sourceLocation: sourceLocation)
}

/// Decodes quoted-printable the way RFC 2045 section 6.7 reads, with LF line ends.
func decodedQuotedPrintable(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
        if bytes[index] == UInt8(ascii: "="), index + 2 < bytes.count {
            if bytes[index + 1] != 13,
                let byte = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                result.append(byte)
            }
            index += 3
        } else {
            if bytes[index] != 13 { result.append(bytes[index]) }
            index += 1
        }
    }
    return String(decoding: result, as: UTF8.self)
}

/// How many links both parts of a mail hold together.
func linkCount(_ mail: RenderedMail) -> Int {
    mail.html.ranges(of: "href=\"http").count + mail.text.ranges(of: "://").count
}
