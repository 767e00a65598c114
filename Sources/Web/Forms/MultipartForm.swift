import Core
import Mail

/// A form with files as browsers post it: multipart/form-data (RFC 7578, on RFC 2046 section 5.1).
///
/// Strict, for browsers are: parts begin and end with the boundary on a line of its own, and the last one's is marked. Read in
/// one pass.
struct MultipartForm: Sendable {
    struct Part: Sendable, Equatable {
        let name: String
        /// Nil for a field that is no file.
        let fileName: String?
        let body: [UInt8]
    }

    let parts: [Part]

    private static let mostParts = 20
    private static let longestHead = 8 << 10

    /// Nil for what is no such form, or one that breaks off.
    ///
    /// - Parameter contentType: the request's header, with the boundary.
    init?(_ body: [UInt8], contentType: String) {
        let type = ParameterisedValue(contentType)
        guard type.value == "multipart/form-data", let boundary = type.parameters["boundary"],
            (1...70).contains(boundary.utf8.count)
        else { return nil }
        // The first one may begin the body; it counts as if a line ended before it.
        let mark = Array("\r\n--\(boundary)".utf8)
        guard var at = body.starts(with: mark.dropFirst(2)) ? mark.count - 2 : Self.end(of: mark, in: body, from: 0)
        else { return nil }
        var parts: [Part] = []
        while true {
            if body[at...].starts(with: "--".utf8) { break }
            guard body[at...].starts(with: "\r\n".utf8), parts.count < Self.mostParts,
                let end = Self.end(of: mark, in: body, from: at),
                let part = Self.part(body[(at + 2)..<max(at + 2, end - mark.count)])
            else { return nil }
            parts.append(part)
            at = end
        }
        self.parts = parts
    }

    /// The value of a field that is no file, white space around it removed.
    subscript(name: String) -> String? {
        parts.first { $0.name == name }.map { String(decoding: $0.body, as: UTF8.self).trimmed }
    }

    /// Where the first mark ends that begins at `start` or later.
    private static func end(of mark: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        var at = start
        while at + mark.count <= body.count {
            // A mark begins with the only line end it has, so that hardly any byte is looked at twice.
            if body[at] == 0x0D, body[at..<(at + mark.count)].elementsEqual(mark) { return at + mark.count }
            at += 1
        }
        return nil
    }

    /// Lines of a head, an empty one, and the content.
    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        let blank: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        guard let end = Self.end(of: blank, in: Array(bytes.prefix(longestHead)), from: 0) else { return nil }
        let head = String(decoding: bytes.prefix(end - blank.count), as: UTF8.self)
        for line in head.split(separator: "\r\n") {
            let halves = line.split(separator: ":", maxSplits: 1)
            guard halves.count == 2, halves[0].lowercased() == "content-disposition" else { continue }
            let value = ParameterisedValue(String(halves[1]))
            guard value.value == "form-data", let name = value.parameters["name"] else { return nil }
            return Part(name: name, fileName: value.parameters["filename"], body: Array(bytes.dropFirst(end)))
        }
        return nil
    }
}
