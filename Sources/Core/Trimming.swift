extension BidirectionalCollection {
    /// Without those at either end that are blank.
    @inlinable
    public func trimmed(of isBlank: (Element) throws -> Bool) rethrows -> SubSequence {
        guard let first = try firstIndex(where: { try !isBlank($0) }),
            let last = try lastIndex(where: { try !isBlank($0) })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }
}

extension StringProtocol {
    /// Without white space at either end.
    @inlinable
    public var trimmed: String {
        // Most values are ASCII without blanks around, and characters are dear.
        let text = Substring(self)
        if let first = text.utf8.first, let last = text.utf8.last, first > 0x20, first < 0x7F, last > 0x20, last < 0x7F
        {
            return String(text)
        }
        return String(text.trimmed(of: \.isWhitespace))
    }
}
