/// Numbers and units in the manner of the siunitx package (https://ctan.org/pkg/siunitx).
extension LaTeXReader {
    mutating func quantity(_ name: String, to end: Int) -> Bool {
        let saved = at
        if quantityIsRead(name, to: end) { return true }
        at = saved
        return false
    }

    private mutating func quantityIsRead(_ name: String, to end: Int) -> Bool {
        guard Self.quantities.contains(name) else { return false }
        _ = option(to: end)
        guard let first = group(to: end) else { return false }
        switch name {
        case "num": output.append(number(first))
        case "si", "unit": output.append(unit(first))
        case "ang": output.append(angle(first))
        case "numrange":
            guard let second = group(to: end) else { return false }
            output.append("\(number(first))–\(number(second))")
        case "numlist": output.append(numbers(first))
        case "SIrange", "qtyrange":
            guard let second = group(to: end), let unit = group(to: end) else { return false }
            output.append(joined("\(number(first))–\(number(second))", self.unit(unit)))
        case "SIlist", "qtylist":
            guard let unit = group(to: end) else { return false }
            output.append(joined(numbers(first), self.unit(unit)))
        default:
            // \qty is also a bracket of the physics package, with one argument.
            guard let unit = group(to: end) else { return false }
            output.append(joined(number(first), self.unit(unit)))
        }
        return true
    }

    private static let quantities: Set<String> = [
        "num", "si", "unit", "ang", "numrange", "numlist", "SIrange", "qtyrange", "SIlist", "qtylist", "SI", "qty",
    ]

    private mutating func group(to end: Int) -> Range<Int>? {
        guard at < end, input[at] == UInt8(ascii: "{") else { return nil }
        return argument(to: end)
    }

    /// A blank stands between number and unit, except before the signs of angles and per cent.
    private func joined(_ number: String, _ unit: String) -> String {
        let isSign = unit.first.map { "°′″%".contains($0) } ?? true
        let isCelsius = unit.hasPrefix("°C") || unit.hasPrefix("°F")
        return isSign && !isCelsius ? number + unit : "\(number) \(unit)"
    }

    private func numbers(_ range: Range<Int>) -> String {
        input[range].split(separator: UInt8(ascii: ";")).map { number($0.startIndex..<$0.endIndex) }
            .joined(separator: ", ")
    }

    /// `1.5e-3` → 1.5×10⁻³, `2 +- 0.1` → 2±0.1, `2 x 3` → 2×3
    private func number(_ range: Range<Int>) -> String {
        let text = string(range, math: true).filter { !$0.isWhitespace }.replacing("+-", with: "±")
        var result = ""
        var rest = text[...]
        while let next = rest.first {
            rest = rest.dropFirst()
            if next == "x", !rest.isEmpty {
                result += "×"
            } else if "eEdD".contains(next), let exponent = exponent(&rest) {
                result += result.last?.isNumber ?? false ? "×" : ""
                result += "10" + LinearMath.script(exponent, raised: true)
            } else {
                result.append(next)
            }
        }
        return result
    }

    private func exponent(_ rest: inout Substring) -> String? {
        let sign = rest.first == "-" || rest.first == "+" ? String(rest.prefix(1)) : ""
        let digits = rest.dropFirst(sign.count).prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        return (sign == "-" ? "-" : "") + digits
    }

    /// `30;2;1.5` → 30°2′1.5″
    private func angle(_ range: Range<Int>) -> String {
        let parts = input[range].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        return zip(parts, ["°", "′", "″"]).map { part, sign in
            part.isEmpty ? "" : number(part.startIndex..<part.endIndex) + sign
        }.joined()
    }

    /// `\kilo\metre\per\second\squared` → km/s²
    private func unit(_ range: Range<Int>) -> String {
        var text = ""
        var prefix = ""
        var isDivisor = false
        var power = ""
        var isOpen = false
        var reader = self
        reader.at = range.lowerBound
        reader.isMath = true
        func add(_ unit: String) {
            let isFirst = text.isEmpty
            if isDivisor, isFirst {
                text += prefix + unit + (power.isEmpty ? "⁻¹" : LinearMath.script("-" + power, raised: true))
            } else {
                if !isFirst, isOpen { text += isDivisor ? "/" : "·" }
                text += prefix + unit + (power.isEmpty ? "" : LinearMath.script(power, raised: true))
            }
            (prefix, isDivisor, power, isOpen) = ("", false, "", true)
        }
        while reader.at < range.upperBound {
            let byte = input[reader.at]
            guard byte == UInt8(ascii: "\\"), reader.at + 1 < range.upperBound, input[reader.at + 1].isASCIILetter
            else {
                // Units as letters: m/s, kg.m^{2}
                var next = reader.at + 1
                while next < range.upperBound, input[next] != UInt8(ascii: "\\") { next += 1 }
                let letters = string(reader.at..<next, math: true)
                    .replacing(".", with: "·").replacing(" ", with: text.isEmpty ? "" : "·")
                if !letters.isEmpty { text += prefix + letters }
                (prefix, isOpen) = ("", true)
                reader.at = next
                continue
            }
            var next = reader.at + 1
            while next < range.upperBound, input[next].isASCIILetter { next += 1 }
            let name = String(decoding: input[(reader.at + 1)..<next], as: UTF8.self)
            reader.at = next
            reader.swallowBlank(to: range.upperBound)
            if let sign = LaTeXUnits.prefixes[name] {
                prefix += sign
            } else if name == "per" {
                isDivisor = true
            } else if name == "square" || name == "cubic" {
                power = name == "square" ? "2" : "3"
            } else if name == "squared" || name == "cubed" {
                text += name == "squared" ? "²" : "³"
            } else if name == "tothe" || name == "raiseto", let exponent = reader.argument(to: range.upperBound) {
                let value = string(exponent, math: true)
                if name == "tothe" { text += LinearMath.script(value, raised: true) } else { power = value }
            } else if name == "of", let what = reader.argument(to: range.upperBound) {
                text += "(\(string(what, math: false)))"
            } else {
                add(LaTeXUnits.unit(name) ?? LaTeXSymbols.text(name) ?? name)
            }
        }
        return text + prefix
    }
}
