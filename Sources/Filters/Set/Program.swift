/// A step of a compiled filter: what to do with the result so far, and the test to do it with.
///
/// The result so far is one value; groups inside groups put it aside and take it up again.
struct Step: Hashable, Sendable {
    enum Action: UInt32 {
        case load, loadNot, and, andNot, or, orNot
        /// AND with a word that stands directly behind the previous step's word in the filter.
        case andNeighbour
        case putAside, andAside, andNotAside, orAside, orNotAside
        case negate
    }

    let code: UInt32
    @inline(__always) private static var testBits: UInt32 { 28 }

    init(_ action: Action, _ test: TestID = 0) { code = action.rawValue << Self.testBits | test }

    @inline(__always) var action: Action { Action(rawValue: code >> Self.testBits) ?? .load }
    @inline(__always) var test: TestID { code & (1 << Self.testBits - 1) }
}

/// A compiled filter: where its steps are, and how often it was added.
struct Program: Sendable {
    var start: Int
    var count: Int32
    /// 0 for a place that is free.
    var uses: Int32
    /// The next program whose steps have the same hash; -1 for none.
    var next: Int32

    var steps: Range<Int> { start..<(start + Int(count)) }
}

/// Turns an expression into steps.
struct ProgramCompiler {
    private(set) var steps: [Step] = []
    /// How many results are put aside at the same time, at most.
    private(set) var deepest = 0
    private var depth = 0

    /// Forgets the last expression but keeps its memory.
    mutating func reset() { steps.removeAll(keepingCapacity: true) }

    mutating func compile(_ expression: Expression, _ tests: inout TestTable) {
        switch expression {
        case .test(let test): steps.append(Step(.load, tests.number(of: test.condition)))
        case .not(.test(let test)): steps.append(Step(.loadNot, tests.number(of: test.condition)))
        case .not(let inner):
            compile(inner, &tests)
            steps.append(Step(.negate))
        case .and(let members): compile(members, isAnd: true, &tests)
        case .or(let members): compile(members, isAnd: false, &tests)
        }
    }

    private mutating func compile(_ members: [Expression], isAnd: Bool, _ tests: inout TestTable) {
        var previous: Expression?
        for member in members {
            guard let before = previous else {
                compile(member, &tests)
                previous = member
                continue
            }
            switch member {
            case .test(let test):
                let isNeighbour = isAnd && before.mayFuse(with: member)
                let action: Step.Action = isNeighbour ? .andNeighbour : isAnd ? .and : .or
                steps.append(Step(action, tests.number(of: test.condition)))
            case .not(.test(let test)):
                steps.append(Step(isAnd ? .andNot : .orNot, tests.number(of: test.condition)))
            case .not(let inner): aside(inner, isAnd ? .andNotAside : .orNotAside, &tests)
            case .and, .or: aside(member, isAnd ? .andAside : .orAside, &tests)
            }
            previous = member
        }
    }

    private mutating func aside(_ expression: Expression, _ action: Step.Action, _ tests: inout TestTable) {
        steps.append(Step(.putAside))
        depth += 1
        deepest = max(deepest, depth)
        compile(expression, &tests)
        depth -= 1
        steps.append(Step(action))
    }
}

extension Expression {
    fileprivate func mayFuse(with next: Expression) -> Bool {
        guard let text, let next = next.text else { return false }
        return text.mayFuse(with: next)
    }
}
