/// TeX in titles, names and abstracts, as archives hand it on, turned into Unicode text.
public enum LaTeX {
    /// Accents, letters, symbols, quotes and dashes become their characters; formulas become a line of text with Unicode's
    /// super- and subscripts where there are such; font commands are unwrapped.
    ///
    /// What has no equal stays readable, and braces stay in pairs. `$` that bounds no formula (`$5`) stays a dollar.
    public static func unicode(_ text: String) -> String {
        let utf8 = Array(text.utf8)
        return TextProfile(utf8[...]).mayHoldTeX ? String(decoding: unicode(utf8), as: UTF8.self) : text
    }

    /// The same over UTF-8 bytes.
    public static func unicode(_ utf8: [UInt8]) -> [UInt8] {
        guard TextProfile(utf8[...]).mayHoldTeX else { return utf8 }
        var reader = LaTeXReader(utf8)
        reader.readText(to: utf8.count)
        return withSingleBlanks(reader.output)
    }

    /// What stands apart in TeX is set off by blanks, of which one is enough.
    private static func withSingleBlanks(_ text: [UInt8]) -> [UInt8] {
        guard needsFolding(text) else { return text }
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        for byte in text where byte != .space || (output.last.map { $0 != .space } ?? false) { output.append(byte) }
        if output.last == .space { output.removeLast() }
        return output
    }

    /// Most texts have nothing to fold, and a look costs less than a copy.
    private static func needsFolding(_ text: [UInt8]) -> Bool {
        text.withUnsafeBufferPointer { bytes in
            var previous = UInt8.space
            for byte in bytes {
                if byte == .space, previous == .space { return true }
                previous = byte
            }
            return previous == .space
        }
    }
}
