import COpenSSL
import Foundation

/// A password as the settings keep it: scrypt (RFC 7914) by OpenSSL, written as the PHC string format has it,
/// `$scrypt$ln=15,r=8,p=1$SALT$HASH`.
///
/// To compute one takes a tenth of a second and 32 MB, which is what makes guessing dear; do it on a thread that may wait.
public struct PasswordHash: Sendable, Equatable {
    private let cost: Cost
    private let salt: [UInt8]
    private let hash: [UInt8]

    /// What a guess costs.
    private struct Cost: Sendable, Equatable {
        /// The binary logarithm of scrypt's N.
        var logN: Int
        var blockSize: Int
        var parallel: Int

        static let ours = Cost(logN: 15, blockSize: 8, parallel: 1)

        /// Bytes that scrypt works in.
        var memory: Int { 128 * blockSize * ((1 << logN) + parallel + 2) }
        private static let mostMemory = 1 << 28
        var isAcceptable: Bool {
            (10...20).contains(logN) && (1...64).contains(blockSize) && (1...16).contains(parallel)
                && memory <= Self.mostMemory
        }
    }

    /// The fewest characters of a password that is hashed; one that is read by people alone may be short, this one guards
    /// everybody's address.
    public static let fewestCharacters = 12

    /// Hashes a password with a salt of its own.
    ///
    /// - Throws: ``SiteError`` for one that is too short, and when OpenSSL cannot.
    public init(of password: String) throws {
        guard password.count >= Self.fewestCharacters else {
            throw SiteError(
                "the password", "has \(password.count) characters",
                mend: "take one of at least \(Self.fewestCharacters), such as four random words")
        }
        var salt = [UInt8](repeating: 0, count: 16)
        guard RAND_bytes(&salt, 16) == 1, let hash = Self.scrypt(password, salt, .ours, length: 32) else {
            throw SiteError("the password", "cannot be hashed by OpenSSL", mend: "see whether there is memory left")
        }
        (cost, self.salt, self.hash) = (.ours, salt, hash)
    }

    /// Reads what ``description`` writes; nil for anything else, and for costs beyond reason.
    public init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
        let costs = parts[2].split(separator: ",").map { $0.split(separator: "=") }
        guard costs.map(\.first) == ["ln", "r", "p"] else { return nil }
        let numbers = costs.compactMap { $0.count == 2 ? Int($0[1]) : nil }
        guard numbers.count == 3, let salt = Self.decode(parts[3]), let hash = Self.decode(parts[4]),
            (8...64).contains(salt.count), (16...64).contains(hash.count)
        else { return nil }
        cost = Cost(logN: numbers[0], blockSize: numbers[1], parallel: numbers[2])
        guard cost.isAcceptable else { return nil }
        (self.salt, self.hash) = (salt, hash)
    }

    /// Whether a password is the one; compared in constant time. Blocks its thread while it computes.
    public func matches(_ password: String) -> Bool {
        guard let computed = Self.scrypt(password, salt, cost, length: hash.count) else { return false }
        return SiteKey.equal(computed, hash)
    }

    /// Composed first (NFC), since keyboards differ in how they write an accent.
    private static func scrypt(_ password: String, _ salt: [UInt8], _ cost: Cost, length: Int) -> [UInt8]? {
        let password = Array(password.precomposedStringWithCanonicalMapping.utf8)
        var hash = [UInt8](repeating: 0, count: length)
        let isDone = password.withUnsafeBytes { bytes in
            EVP_PBE_scrypt(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, salt, salt.count,
                UInt64(1) << UInt64(cost.logN), UInt64(cost.blockSize), UInt64(cost.parallel),
                UInt64(cost.memory + 1 << 20), &hash, length)
        }
        return isDone == 1 ? hash : nil
    }

    /// Base64 without padding, as the format wants it.
    private static func encode(_ bytes: [UInt8]) -> String {
        String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
    }

    private static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text + padding).map(Array.init)
    }
}

extension PasswordHash: CustomStringConvertible {
    /// For the settings.
    public var description: String {
        "$scrypt$ln=\(cost.logN),r=\(cost.blockSize),p=\(cost.parallel)$\(Self.encode(salt))$\(Self.encode(hash))"
    }
}
