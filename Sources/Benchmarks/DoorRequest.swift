import Foundation

/// A request as it is sent, in parts that can be changed one by one.
struct DoorRequest: Sendable {
    struct Field: Sendable {
        var name: [UInt8]
        var value: [UInt8]
        /// Whether the value goes out as it is: with the percent signs it has, and no others.
        var isRaw = false

        init(_ name: String, _ value: String) {
            self.name = Array(name.utf8)
            self.value = Array(value.utf8)
        }
    }

    struct Header: Sendable {
        var name: String
        var value: [UInt8]

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = Array(value.utf8)
        }
    }

    /// How its body is told from what follows.
    enum Framing: Sendable {
        case length
        case chunked
        /// What it says is not so: nothing that follows on the connection can be told from it.
        case broken([UInt8])
    }

    /// What answers it, such as `GET /topics/:slug`.
    var route: String
    var method: String
    /// As it goes out, percent signs and all.
    var path: [UInt8]
    var query: [Field] = []
    /// Nil for a request without a body.
    var form: [Field]?
    var headers: [Header] = [Header("Host", "papers.example.org")]
    var framing = Framing.length
    /// What was done to it: `after: a number`.
    var changes: [String] = []

    init(_ method: String, _ path: String, route: String? = nil) {
        self.method = method
        self.path = Array(path.utf8)
        self.route = "\(method) \(route ?? path)"
    }

    /// What tells its fault from others: the route, and what was done.
    var kind: String {
        // Nobody gets to see the rest of such a request.
        if let broken = changes.first(where: { $0.hasPrefix("broken") }) { return broken }
        return changes.isEmpty ? route : "\(route) (\(changes.sorted().joined(separator: ", ")))"
    }

    var breaksConnection: Bool {
        if case .broken = framing { return true }
        return false
    }

    // MARK: - As bytes

    var bytes: [UInt8] {
        let body = form.map(Self.encode) ?? []
        var bytes = Array("\(method) ".utf8) + path
        if !query.isEmpty { bytes += Array("?".utf8) + Self.encode(query) }
        bytes += Array(" HTTP/1.1\r\n".utf8)
        for header in headers { bytes += Array("\(header.name): ".utf8) + header.value + Array("\r\n".utf8) }
        guard form != nil || breaksConnection else { return bytes + Array("\r\n".utf8) }
        switch framing {
        case .length: return bytes + Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
        case .chunked:
            bytes += Array("Transfer-Encoding: chunked\r\n\r\n".utf8)
            for start in stride(from: 0, to: body.count, by: 1000) {
                let chunk = body[start..<min(body.count, start + 1000)]
                bytes += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
            }
            return bytes + Array("0\r\n\r\n".utf8)
        case .broken(let fields): return bytes + fields + Array("\r\n".utf8) + body
        }
    }

    private static let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count)
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in bytes {
            if plain.contains(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return encoded
    }

    private static func encode(_ fields: [Field]) -> [UInt8] {
        Array(
            fields.map { field in
                percentEncoded(field.name) + [UInt8(ascii: "=")]
                    + (field.isRaw ? field.value : percentEncoded(field.value))
            }.joined(separator: [UInt8(ascii: "&")]))
    }

    /// Its first line and the beginning of its body, for people.
    var summary: String {
        let bytes = bytes
        let line = bytes.prefix { $0 != UInt8(ascii: "\r") }
        let body = form == nil ? [] : bytes.suffix(min(200, form.map { Self.encode($0).count } ?? 0))
        let text =
            String(decoding: line.prefix(300), as: UTF8.self) + (line.count > 300 ? "… (\(line.count) bytes)" : "")
        return body.isEmpty ? text : "\(text) | …\(String(decoding: body, as: UTF8.self))"
    }
}
