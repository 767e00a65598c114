extension Substring.UTF8View {
    /// Whether the text begins with `prefix`, which is ASCII in lower case, whatever the case of its letters.
    func hasPrefix(_ prefix: StaticString) -> Bool {
        prefix.withUTF8Buffer { wanted in
            var index = startIndex
            for byte in wanted {
                guard index != endIndex else { return false }
                let found = self[index]
                guard (found.isASCIILetter ? found | 0x20 : found) == byte else { return false }
                formIndex(after: &index)
            }
            return true
        }
    }

    /// What follows the first `mark`; nil where there is none.
    func split(at mark: StaticString) -> (before: Substring.UTF8View, after: Substring.UTF8View)? {
        let length = mark.utf8CodeUnitCount
        var index = startIndex
        while index != endIndex {
            if self[index...].hasPrefix(mark) { return (self[..<index], self[index...].dropFirst(length)) }
            formIndex(after: &index)
        }
        return nil
    }
}
