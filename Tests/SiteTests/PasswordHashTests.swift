import Foundation
import Testing

@testable import Site

@Suite("The operator's password and session")
struct PasswordHashTests {
    /// Of “correct horse battery”, computed by another implementation of scrypt.
    private static let known =
        "$scrypt$ln=15,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$xy6UCICz8Vv/P6JqOkkUD4DOmhxN0tXSe6sQAUBxupQ"
    private let key = SiteKey("a key of at least thirty-two characters")
    private let now = Date(timeIntervalSince1970: 1_795_420_800)

    @Test("a hash of another program's is understood, and only its password matches")
    func known() throws {
        let hash = try #require(PasswordHash(Self.known))
        #expect(hash.description == Self.known)
        #expect(hash.matches("correct horse battery"))
        for wrong in ["", "correct horse batter", "correct horse battery ", "Correct horse battery"] {
            #expect(!hash.matches(wrong))
        }
    }

    @Test("a password's hashes differ, are read back, and do not show it; accents match however they are typed")
    func ownHashes() throws {
        let first = try PasswordHash(of: "zwölf Wörter")
        let second = try PasswordHash(of: "zwölf Wörter")
        #expect(first != second)
        #expect(PasswordHash(first.description) == first)
        for part in ["zwölf", "Wörter", "lf W"] { #expect(!"\(first)".contains(part)) }
        #expect(first.matches("zwo\u{308}lf Wo\u{308}rter"))
    }

    @Test("a password that is guessed at once is refused")
    func short() {
        #expect(throws: SiteError.self) { try PasswordHash(of: "hunter2") }
    }

    @Test(
        "what is no hash, or would take the machine's memory, is none",
        arguments: [
            "", "hunter2", "$scrypt$", "$argon2id$v=19$m=65536,t=2,p=1$AAECAwQFBgc$AAECAwQFBgcICQoLDA0ODw",
            "$scrypt$ln=15,r=8$AAECAwQFBgc$AAECAwQFBgcICQoLDA0ODw",
            "$scrypt$ln=9,r=8,p=1$AAECAwQFBgc$AAECAwQFBgcICQoLDA0ODw",
            "$scrypt$ln=20,r=64,p=1$AAECAwQFBgc$AAECAwQFBgcICQoLDA0ODw",
            "$scrypt$ln=99,r=8,p=1$AAECAwQFBgc$AAECAwQFBgcICQoLDA0ODw",
            "$scrypt$ln=15,r=8,p=1$AAECAwQFBgc$AAEC", "$scrypt$ln=15,r=8,p=1$$AAECAwQFBgcICQoLDA0ODw",
            "$scrypt$ln=15,r=8,p=1$AAECAwQFBgc$AAECAwQFBgcICQoLDA0ODw$x",
        ])
    func none(text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test("settings take a hash, from a file too, and never show a wrong one")
    func settings() async throws {
        #expect(try await Settings(file: nil, environment: [:]).adminPassword == nil)
        let set = try await Settings(file: nil, environment: ["BROADSHEET_ADMIN_PASSWORD_HASH": Self.known])
        #expect(set.adminPassword?.description == Self.known)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).hash")
        try Data("\(Self.known)\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let read = try await Settings(file: nil, environment: ["BROADSHEET_ADMIN_PASSWORD_HASH_FILE": file.path])
        #expect(read.adminPassword == set.adminPassword)
        let error = await #expect(throws: SiteError.self) {
            try await Settings(file: nil, environment: ["BROADSHEET_ADMIN_PASSWORD_HASH": "hunter2"])
        }
        #expect(error?.description.contains("hunter2") == false)
        #expect(error?.description.contains("hash-password") == true)
    }

    @Test(
        "a cookie is of one kind, one key, one password and its time",
        arguments: [(AdminCookie.Kind.session, AdminCookie.Kind.device, 12.0), (.device, .session, 90 * 24)])
    func cookies(kind: AdminCookie.Kind, otherKind: AdminCookie.Kind, hours: Double) throws {
        let password = try #require(PasswordHash(Self.known))
        let other = try PasswordHash(of: "another password")
        let cookie = try AdminCookie(kind, at: now)
        let text = cookie.text(key: key, password: password)
        func read(_ text: String, at moment: Date, as kind: AdminCookie.Kind) -> AdminCookie? {
            AdminCookie(kind, text, key: key, password: password, now: moment)
        }
        #expect(read(text, at: now, as: kind) == cookie)
        #expect(read(text, at: now, as: otherKind) == nil)
        let another = try AdminCookie(kind, at: now)
        #expect(another.number != cookie.number && another.hash(key: key) != cookie.hash(key: key))
        #expect(!cookie.hash(key: key).contains(cookie.number))
        let end = now.addingTimeInterval(hours * 3600)
        #expect(read(text, at: end.addingTimeInterval(-1), as: kind) != nil)
        #expect(read(text, at: end, as: kind) == nil)
        // The clock was set back.
        #expect(read(text, at: now.addingTimeInterval(-60), as: kind) == nil)
        #expect(AdminCookie(kind, text, key: key, password: other, now: now) == nil)
        let otherKey = SiteKey("another key of at least thirty-two characters")
        #expect(AdminCookie(kind, text, key: otherKey, password: password, now: now) == nil)
        for forged in ["", "..", "1.2.3", String(text.dropLast()), text + "A", text + ".", "9" + text] {
            #expect(read(forged, at: now, as: kind) == nil, "\(forged)")
        }
    }
}
