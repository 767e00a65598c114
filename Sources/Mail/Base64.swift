import Foundation

/// Base 64 of RFC 4648 section 4, on one line.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
