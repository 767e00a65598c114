import Core
import Foundation

/// The last answer to a request, after its redirects.
public struct HTTPResponse: Sendable {
    /// The status code; 200 for a file that was read.
    public let status: Int
    /// Of the last answer only.
    public let headers: HTTPHeaders
    /// Decompressed.
    public let body: [UInt8]
    public let finalURL: String
    /// In the order they were followed.
    public let redirects: [HTTPRedirect]
    /// When the certificate that the server showed ends; nil without TLS.
    public let certificateEnd: Date?
}

/// One redirect that was followed.
public struct HTTPRedirect: Hashable, Sendable {
    /// 301 and 308 are for good, the others for now (RFC 9110 section 15.4).
    public let status: Int
    public let from: String
    public let to: String

    public var isPermanent: Bool { status == 301 || status == 308 }
}

/// Header fields in the order they came; names are compared without regard to case.
public struct HTTPHeaders: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public let name: String
        public let value: String
    }

    public private(set) var fields: [Field] = []

    /// The first value of a field.
    public subscript(_ name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }

    mutating func append(line: String) {
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...]
        fields.append(Field(name: String(line[..<colon]), value: value.trimmed))
    }
}
