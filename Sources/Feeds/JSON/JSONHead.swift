/// The first members of a JSON object.
struct JSONHead {
    private(set) var keys: [String] = []
    /// What the server says under `error` or `message` where that is all there is.
    private(set) var error: String?

    init(_ utf8: [UInt8]) {
        var reader = JSONReader(utf8)
        var keys: [String] = []
        var words: String?
        // A document that breaks off still has its first members.
        try? reader.forEachMember { (key, value) throws(JSONError) in
            keys.append(key)
            if key == "error", try value.kind() == .string { words = try value.text() } else { try value.skip() }
        }
        self.keys = keys
        error = words
    }
}
