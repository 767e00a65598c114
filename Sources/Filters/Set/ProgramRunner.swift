/// Runs compiled filters over the tests' bits: the loop that a million filters go through.
struct ProgramRunner {
    private let tests: TestBits
    private var aside: [PaperBits]

    init(_ tests: TestBits, deepest: Int) {
        self.tests = tests
        aside = Array(repeating: .zero, count: deepest + 1)
    }

    mutating func run(_ steps: ArraySlice<Step>) -> PaperBits {
        var result = PaperBits.zero
        var depth = 0
        var index = steps.startIndex
        while index < steps.endIndex {
            let step = steps[index]
            switch step.action {
            case .load: result = word(steps, index)
            case .loadNot: result = ~bits(step)
            case .and, .andNeighbour: result &= word(steps, index)
            case .andNot: result &= ~bits(step)
            case .or: result |= bits(step)
            case .orNot: result |= ~bits(step)
            case .putAside:
                aside[depth] = result
                depth += 1
            case .andAside:
                depth -= 1
                result = aside[depth] & result
            case .andNotAside:
                depth -= 1
                result = aside[depth] & ~result
            case .orAside:
                depth -= 1
                result = aside[depth] | result
            case .orNotAside:
                depth -= 1
                result = aside[depth] | ~result
            case .negate: result = ~result
            }
            index += 1
        }
        return result
    }

    private func bits(_ step: Step) -> PaperBits { tests.bits[Int(step.test)] }

    /// The papers that have a word, or have it fused with the word before or behind it.
    private func word(_ steps: ArraySlice<Step>, _ index: Int) -> PaperBits {
        let step = steps[index]
        var found = bits(step)
        if step.action == .andNeighbour { found |= tests.fused.papers(steps[index - 1].test, step.test) }
        if index + 1 < steps.endIndex, steps[index + 1].action == .andNeighbour {
            found |= tests.fused.papers(step.test, steps[index + 1].test)
        }
        return found
    }
}
