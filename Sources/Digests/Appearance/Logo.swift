/// The operator's picture above the site's name on pages.
///
/// Mails show the name alone: many programs hold pictures back, and one that a mail fetches tells when it is read.
public struct Logo: Sendable {
    public let bytes: [UInt8]
    /// As it is shown, in CSS pixels.
    public let width: Int
    public let height: Int

    /// Of a file: a page is to be there at once.
    public static let maxBytes = 100_000
    /// What it is shown in, in CSS pixels; one with more dots is sharp on screens that have them.
    private static let (maxWidth, maxHeight) = (320, 64)

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 13, 10, 0x1A, 10]
    private static let header = Array("IHDR".utf8)
    private static let end = Array("IEND".utf8)

    /// - Returns: nil for what is no whole PNG (ISO/IEC 15948, section 5).
    public init?(png bytes: [UInt8]) {
        guard bytes.count >= 45, bytes.starts(with: Self.signature), Array(bytes[12..<16]) == Self.header,
            Array(bytes.suffix(8).prefix(4)) == Self.end
        else { return nil }
        func number(at index: Int) -> Int { bytes[index..<(index + 4)].reduce(0) { $0 << 8 | Int($1) } }
        let (across, down) = (number(at: 16), number(at: 20))
        guard (1...10_000).contains(across), (1...10_000).contains(down) else { return nil }
        let scale = min(1, Double(Self.maxWidth) / Double(across), Double(Self.maxHeight) / Double(down))
        self.bytes = bytes
        width = max(1, Int((Double(across) * scale).rounded()))
        height = max(1, Int((Double(down) * scale).rounded()))
    }
}
