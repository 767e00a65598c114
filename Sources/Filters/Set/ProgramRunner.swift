/// Runs compiled filters over the tests' bits: the loop that a million filters go through.
///
/// It reads its arrays through buffers, because bounds checks and reference counts would cost more than the work; no
/// buffer leaves this file.
struct ProgramRunner {
    let tests: TestBits
    /// How many results are put aside at the same time, at most.
    let deepest: Int

    /// Gives `store` each program's place and the papers that it asks for, in order.
    func run(_ programs: [Program], of steps: [Step], store: (Int, PaperBits) -> Void) {
        withUnsafeTemporaryAllocation(of: PaperBits.self, capacity: deepest + 1) { aside in
            aside.initialize(repeating: .zero)
            let run = Run(aside: aside, fused: tests.fused)
            steps.withUnsafeBufferPointer { steps in
                tests.bits.withUnsafeBufferPointer { bits in
                    for place in programs.indices where programs[place].uses > 0 {
                        let program = UnsafeBufferPointer(rebasing: steps[programs[place].steps])
                        store(place, run.quickly(program, bits) ?? run.carefully(program, bits))
                    }
                }
            }
        }
    }
}

private struct Run {
    let aside: UnsafeMutableBufferPointer<PaperBits>
    let fused: FusedPairs

    /// Takes each word by itself; nil if some neighbours may be fused in a paper, which hardly ever happens.
    @inline(__always)
    func quickly(_ steps: UnsafeBufferPointer<Step>, _ bits: UnsafeBufferPointer<PaperBits>) -> PaperBits? {
        var result = PaperBits.zero
        var depth = 0
        var previous: TestID = 0
        for step in steps {
            if step.action == .andNeighbour, fused.mayHold(previous, step.test) { return nil }
            previous = step.test
            apply(step, bits[Int(previous)], &result, &depth)
        }
        return result
    }

    /// Finds words also where they are fused with the word before or behind.
    @inline(never)
    func carefully(_ steps: UnsafeBufferPointer<Step>, _ bits: UnsafeBufferPointer<PaperBits>) -> PaperBits {
        var result = PaperBits.zero
        var depth = 0
        for (index, step) in steps.enumerated() {
            var found = bits[Int(step.test)]
            if step.action == .andNeighbour { found |= fused.papers(steps[index - 1].test, step.test) }
            if index + 1 < steps.count, steps[index + 1].action == .andNeighbour {
                found |= fused.papers(step.test, steps[index + 1].test)
            }
            apply(step, found, &result, &depth)
        }
        return result
    }

    /// - Parameter found: the papers of the step's test; without meaning for a step that has none.
    @inline(__always)
    private func apply(_ step: Step, _ found: PaperBits, _ result: inout PaperBits, _ depth: inout Int) {
        switch step.action {
        case .load: result = found
        case .loadNot: result = ~found
        case .and, .andNeighbour: result &= found
        case .andNot: result &= ~found
        case .or: result |= found
        case .orNot: result |= ~found
        case .negate: result = ~result
        case .putAside:
            aside[depth] = result
            depth += 1
        case .andAside, .andNotAside, .orAside, .orNotAside:
            depth -= 1
            result = Self.joined(aside[depth], result, step.action)
        }
    }

    private static func joined(_ left: PaperBits, _ right: PaperBits, _ action: Step.Action) -> PaperBits {
        switch action {
        case .andAside: left & right
        case .andNotAside: left & ~right
        case .orAside: left | right
        default: left | ~right
        }
    }
}
