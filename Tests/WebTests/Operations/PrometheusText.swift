import Foundation

/// A strict reader of Prometheus's text format 0.0.4: what it lets through, Prometheus lets through.
struct PrometheusText {
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    struct Sample: Hashable {
        let name: String
        let labels: [String: String]
    }

    private(set) var values: [Sample: Double] = [:]
    private(set) var types: [String: String] = [:]
    private(set) var helps: [String: String] = [:]
    private var current: String?
    private var finished: Set<String> = []

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Problem(description: "the last line has no end") }
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            guard !line.isEmpty, !line.contains("\r") else { throw Problem(description: "an empty line or a CR") }
            if line.hasPrefix("#") { try comment(String(line)) } else { try sample(String(line)) }
        }
        for name in types.keys where !values.keys.contains(where: { $0.name == name }) {
            throw Problem(description: "\(name) has no sample")
        }
    }

    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        values[Sample(name: name, labels: labels)]
    }

    private mutating func comment(_ line: String) throws {
        let parts = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[0] == "#", Self.isName(parts[2], colon: true) else {
            throw Problem(description: "no HELP or TYPE: \(line)")
        }
        let name = parts[2]
        switch parts[1] {
        case "HELP":
            guard helps[name] == nil, !parts[3].isEmpty else {
                throw Problem(description: "a second HELP, or none: \(line)")
            }
            try begin(name)
            helps[name] = parts[3]
        case "TYPE":
            guard types[name] == nil, helps[name] != nil, current == name, ["counter", "gauge"].contains(parts[3])
            else {
                throw Problem(description: "a TYPE out of place: \(line)")
            }
            types[name] = parts[3]
        default: throw Problem(description: "an unknown comment: \(line)")
        }
    }

    /// All lines of a family stand together.
    private mutating func begin(_ name: String) throws {
        if let current { finished.insert(current) }
        guard !finished.contains(name) else { throw Problem(description: "\(name) comes twice") }
        current = name
    }

    private mutating func sample(_ line: String) throws {
        var rest = Substring(line)
        let name = String(rest.prefix { $0 != "{" && $0 != " " })
        rest = rest.dropFirst(name.count)
        guard Self.isName(name, colon: true), name == current, let type = types[name] else {
            throw Problem(description: "a sample outside its family: \(line)")
        }
        guard type != "counter" || name.hasSuffix("_total") else {
            throw Problem(description: "a counter that does not end in _total: \(line)")
        }
        let labels = try Self.labels(&rest, line)
        guard rest.first == " ", let value = Self.number(String(rest.dropFirst())) else {
            throw Problem(description: "no value: \(line)")
        }
        guard type != "counter" || value >= 0 else { throw Problem(description: "a counter below 0: \(line)") }
        guard values.updateValue(value, forKey: Sample(name: name, labels: labels)) == nil else {
            throw Problem(description: "a sample twice: \(line)")
        }
    }

    private static func labels(_ rest: inout Substring, _ line: String) throws -> [String: String] {
        guard rest.first == "{" else { return [:] }
        rest = rest.dropFirst()
        var labels: [String: String] = [:]
        while rest.first != "}" {
            let name = String(rest.prefix { $0 != "=" })
            rest = rest.dropFirst(name.count)
            guard isName(name, colon: false), !name.hasPrefix("__"), rest.hasPrefix("=\"") else {
                throw Problem(description: "no label: \(line)")
            }
            rest = rest.dropFirst(2)
            guard labels.updateValue(try quoted(&rest, line), forKey: name) == nil else {
                throw Problem(description: "a label twice: \(line)")
            }
            if rest.first == "," {
                rest = rest.dropFirst()
            } else if rest.first != "}" {
                throw Problem(description: "no end of a label: \(line)")
            }
        }
        rest = rest.dropFirst()
        return labels
    }

    private static func quoted(_ rest: inout Substring, _ line: String) throws -> String {
        var value = ""
        while let character = rest.popFirst() {
            if character == "\"" { return value }
            guard character == "\\" else {
                value.append(character)
                continue
            }
            switch rest.popFirst() {
            case "\\": value.append("\\")
            case "\"": value.append("\"")
            case "n": value.append("\n")
            default: throw Problem(description: "an unknown escape: \(line)")
            }
        }
        throw Problem(description: "a value without its end: \(line)")
    }

    private static func number(_ text: String) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: text.contains(where: { !"0123456789.eE+-".contains($0) }) ? nil : Double(text)
        }
    }

    private static func isName(_ text: String, colon: Bool) -> Bool {
        guard let first = text.first, !first.isNumber else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || (colon && $0 == ":")) }
    }
}
