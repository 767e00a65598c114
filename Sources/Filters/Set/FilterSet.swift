/// The place of a filter in a ``FilterSet``.
public struct FilterID: Hashable, Sendable, Comparable {
    let slot: Int
    public static func < (left: FilterID, right: FilterID) -> Bool { left.slot < right.slot }
}

/// Many filters, compiled, so that a batch of papers is asked for all of them in one pass.
///
/// Filters that ask the same are compiled once. The set is a value: a copy is a snapshot that its reader can use while
/// the original changes. Its answers are exactly those of ``Filter/matches(_:standing:)``.
public struct FilterSet: Sendable {
    private var tests = TestTable()
    private var steps: [Step] = []
    private var programs: [Program] = []
    private var freePlaces: [Int] = []
    /// The first program of each hash of steps; further ones hang on ``Program/next``.
    private var programsByHash: [UInt32: Int32] = [:]
    private var deadSteps = 0
    private var compiler = ProgramCompiler()

    public init() {}

    /// How many different filters the set holds.
    public var count: Int { programs.count - freePlaces.count }

    /// Adds a filter; one that asks the same as another gets its id, and has to be removed as often as it was added.
    @discardableResult
    public mutating func add(_ filter: Filter) -> FilterID {
        compiler.reset()
        compiler.compile(filter.expression, &tests)
        let hash = Self.hash(compiler.steps)
        if let place = place(of: compiler.steps, hash) {
            programs[place].uses += 1
            return FilterID(slot: place)
        }
        return insert(compiler.steps, hash)
    }

    /// Takes one addition of a filter back; an id that is not in the set is ignored.
    ///
    /// Once it was removed as often as it was added, its id may be given to another filter.
    public mutating func remove(_ id: FilterID) {
        guard programs.indices.contains(id.slot), programs[id.slot].uses > 0 else { return }
        programs[id.slot].uses -= 1
        guard programs[id.slot].uses == 0 else { return }
        unlink(id.slot)
        deadSteps += Int(programs[id.slot].count)
        programs[id.slot].count = 0
        freePlaces.append(id.slot)
        if deadSteps > 4_096, deadSteps > steps.count / 2 { closeUp() }
    }

    /// Which papers each filter asks for.
    public func matches(in batch: PaperBatch) -> FilterMatches {
        var matches = FilterMatches(filterCount: programs.count, paperCount: batch.count)
        let index = VocabularyIndex(batch, tests.words)
        for block in 0..<batch.blockCount {
            let all = PaperBits(first: batch.count - block * PaperBits.papers)
            let runner = ProgramRunner(tests: TestBits(batch, block: block, tests, index), deepest: compiler.deepest)
            runner.run(programs, of: steps) { matches.store($1 & all, block: block, slot: $0) }
        }
        return matches
    }

    // MARK: - Programs

    private func place(of wanted: [Step], _ hash: UInt32) -> Int? {
        var place = programsByHash[hash] ?? -1
        while place >= 0 {
            let candidate = programs[Int(place)]
            if candidate.count == wanted.count, steps[candidate.steps].elementsEqual(wanted) { return Int(place) }
            place = candidate.next
        }
        return nil
    }

    private mutating func insert(_ new: [Step], _ hash: UInt32) -> FilterID {
        let program = Program(
            start: steps.count, count: Int32(new.count), uses: 1, next: programsByHash[hash] ?? -1)
        steps += new
        let place = freePlaces.popLast() ?? programs.count
        if place == programs.count { programs.append(program) } else { programs[place] = program }
        programsByHash[hash] = Int32(place)
        return FilterID(slot: place)
    }

    private mutating func unlink(_ place: Int) {
        let hash = Self.hash(steps[programs[place].steps])
        guard var before = programsByHash[hash].map(Int.init) else { return }
        if before == place {
            programsByHash[hash] = programs[place].next < 0 ? nil : programs[place].next
            return
        }
        while programs[before].next != place { before = Int(programs[before].next) }
        programs[before].next = programs[place].next
    }

    /// Drops the steps of removed filters.
    private mutating func closeUp() {
        var kept: [Step] = []
        kept.reserveCapacity(steps.count - deadSteps)
        for place in programs.indices {
            let old = programs[place].steps
            programs[place].start = kept.count
            kept += steps[old]
        }
        steps = kept
        deadSteps = 0
    }

    private static func hash(_ steps: some Sequence<Step>) -> UInt32 {
        var mixed: UInt64 = 0
        for step in steps { mixed = (mixed ^ UInt64(step.code)) &* 0x9E37_79B9_7F4A_7C15 ^ (mixed >> 29) }
        return UInt32(truncatingIfNeeded: mixed >> 32)
    }
}
