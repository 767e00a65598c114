extension LaTeXReader {
    /// `\begin{name}…\end{name}`.
    struct Environment {
        let name: String
        let content: Range<Int>
        /// Behind `\end{name}`.
        let end: Int
    }

    /// A list, and how many items have been read.
    struct ListState {
        let isNumbered: Bool
        var count = 0
    }

    /// The environments by their beginnings, and where documents begin.
    static func environments(in input: [UInt8], _ closing: [Int: Int]) -> ([Int: Environment], documents: [Int]) {
        guard !closing.isEmpty, input.contains(UInt8(ascii: "\\")) else { return ([:], []) }
        var environments: [Int: Environment] = [:]
        var documents: [Int] = []
        var open: [(name: String, start: Int, content: Int)] = []
        var at = 0
        while at < input.count {
            guard input[at] == UInt8(ascii: "\\") else {
                at += 1
                continue
            }
            let isEnd = input.has("\\end{", at: at)
            let brace = at + (isEnd ? 4 : 6)
            guard isEnd || input.has("\\begin{", at: at), let close = closing[brace], close - brace <= 40 else {
                at += 2
                continue
            }
            let name = String(decoding: input[(brace + 1)..<close], as: UTF8.self)
            if !isEnd {
                open.append((name, at, close + 1))
                if name == "document" { documents.append(at) }
            } else if open.last?.name == name, let begin = open.popLast() {
                environments[begin.start] = Environment(name: name, content: begin.content..<at, end: close + 1)
            }
            at = close + 1
        }
        return (environments, documents)
    }

    /// `\begin`, `\end`, `\item` and `\documentclass`, whose names are behind.
    mutating func environment(_ name: String, from start: Int, to end: Int) {
        switch name {
        case "item": item(to: end)
        case "documentclass": preamble(from: start, to: end)
        case "begin":
            guard let environment = environments[start], environment.end <= end else { return drop(to: end) }
            at = environment.end
            read(environment)
        default: drop(to: end)
        }
    }

    /// Some publishers wrap each formula in a document of its own; only what is in it counts.
    private mutating func preamble(from start: Int, to end: Int) {
        var low = 0
        var high = documents.count
        while low < high {
            let middle = (low + high) / 2
            if documents[middle] < at { low = middle + 1 } else { high = middle }
        }
        if low < documents.count, documents[low] < end { at = documents[low] } else { drop(to: end) }
    }

    private mutating func item(to end: Int) {
        let label = option(to: end).map { string($0, math: false) }
        swallowBlank(to: end)
        while output.last?.isBlank ?? false { output.removeLast() }
        if !output.isEmpty { output.append(.space) }
        list?.count += 1
        if let label, !label.isEmpty {
            output.append(label + " ")
        } else if let list, list.isNumbered {
            output.append("(\(list.count)) ")
        } else {
            output.append("• ")
        }
    }

    private mutating func read(_ environment: Environment) {
        let name = environment.name.hasSuffix("*") ? String(environment.name.dropLast()) : environment.name
        var inner = self
        inner.at = environment.content.lowerBound
        let end = environment.content.upperBound
        while inner.option(to: end) != nil {}
        if ["array", "tabular", "tabularx", "alignedat", "alignat", "minipage", "subarray"].contains(name),
            inner.at < end, input[inner.at] == UInt8(ascii: "{")
        {
            _ = inner.argument(to: end)
        }
        let content = inner.at..<end
        if let fence = Self.fences[name] {
            output.append(fence.open)
            output.append(table(content))
            output.append(fence.close)
            return
        }
        switch name {
        case "verbatim", "lstlisting", "comment": if name != "comment" { output.append(contentsOf: input[content]) }
        case "itemize", "enumerate", "description", "compactitem", "compactenum", "inparaenum", "inparaitem":
            setOff()
            var reader = self
            reader.list = ListState(isNumbered: name.contains("enum"))
            output.append(contentsOf: reader.read(content, isMath: isMath))
            output.append(.space)
        default:
            let isFormula = Self.displays.contains(name)
            if !isMath { setOff() }
            output.append(contentsOf: converted(content, math: isFormula || isMath))
            if !isMath { output.append(.space) }
        }
    }

    private mutating func setOff() {
        if let last = output.last, !last.isBlank { output.append(.space) }
    }

    /// The content read by a copy of this reader, which knows the list it is in.
    private mutating func read(_ range: Range<Int>, isMath: Bool) -> [UInt8] {
        guard depth < Self.maximumDepth, work.take(range.count) else { return Array(input[range]) }
        depth += 1
        output = []
        at = range.lowerBound
        isMath ? readMath(to: range.upperBound) : readText(to: range.upperBound)
        while output.last?.isBlank ?? false { output.removeLast() }
        return output
    }

    /// Cells are divided by `&` and rows by `\\`, but not those of what is inside.
    private func table(_ content: Range<Int>) -> String {
        var rows: [[String]] = [[]]
        var start = content.lowerBound
        var index = start
        func cell(to end: Int) -> String { string(start..<end, math: true) }
        while index < content.upperBound {
            let byte = input[index]
            if byte == UInt8(ascii: "{"), let close = closing[index] {
                index = min(close + 1, content.upperBound)
            } else if byte == UInt8(ascii: "&") {
                rows[rows.count - 1].append(cell(to: index))
                index += 1
                start = index
            } else if byte == UInt8(ascii: "\\") {
                if let inner = environments[index] {
                    index = min(inner.end, content.upperBound)
                } else if index + 1 < content.upperBound, input[index + 1] == UInt8(ascii: "\\") {
                    rows[rows.count - 1].append(cell(to: index))
                    rows.append([])
                    var next = self
                    next.at = index + 2
                    next.skipLength(to: content.upperBound)
                    index = next.at
                    start = index
                } else {
                    index += 2
                }
            } else {
                index += 1
            }
        }
        rows[rows.count - 1].append(cell(to: content.upperBound))
        return LinearMath.rows(rows)
    }

    private static let fences: [String: (open: String, close: String)] = [
        "matrix": ("", ""), "smallmatrix": ("", ""), "array": ("", ""), "tabular": ("", ""), "tabularx": ("", ""),
        "subarray": ("", ""), "pmatrix": ("(", ")"), "psmallmatrix": ("(", ")"), "bmatrix": ("[", "]"),
        "bsmallmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"),
        "cases": ("{", "}"), "dcases": ("{", "}"), "rcases": ("{", "}"), "numcases": ("{", "}"),
    ]

    private static let displays: Set<String> = [
        "equation", "align", "alignat", "aligned", "alignedat", "gather", "gathered", "multline", "multlined",
        "eqnarray", "math", "displaymath", "split", "flalign", "dmath", "subequations", "IEEEeqnarray",
    ]
}
