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
    private var slots: [Slot] = []
    private var freeSlots: [Int] = []
    /// The first slot of each hash of steps; further ones hang on ``Slot/next``.
    private var slotsByHash: [Int: Int32] = [:]
    private var deadSteps = 0
    private var deepest = 0

    /// Where a filter's steps are, and how often it was added.
    private struct Slot {
        var start: Int
        var count: Int32
        var uses: Int32
        var next: Int32
    }

    public init() {}

    /// How many different filters the set holds.
    public var count: Int { slots.count - freeSlots.count }

    /// Adds a filter; one that asks the same as another gets its id, and has to be removed as often as it was added.
    @discardableResult
    public mutating func add(_ filter: Filter) -> FilterID {
        var compiler = ProgramCompiler()
        compiler.compile(filter.expression, &tests)
        deepest = max(deepest, compiler.deepest)
        let hash = compiler.steps.hashValue
        if let slot = slot(of: compiler.steps, hash) {
            slots[slot].uses += 1
            return FilterID(slot: slot)
        }
        return insert(compiler.steps, hash)
    }

    /// Takes one addition of a filter back; an id that is not in the set is ignored.
    ///
    /// Once it was removed as often as it was added, its id may be given to another filter.
    public mutating func remove(_ id: FilterID) {
        guard slots.indices.contains(id.slot), slots[id.slot].uses > 0 else { return }
        slots[id.slot].uses -= 1
        guard slots[id.slot].uses == 0 else { return }
        unlink(id.slot)
        deadSteps += Int(slots[id.slot].count)
        slots[id.slot].count = 0
        freeSlots.append(id.slot)
        if deadSteps > 4_096, deadSteps > steps.count / 2 { closeUp() }
    }

    /// Which papers each filter asks for.
    public func matches(in batch: PaperBatch) -> FilterMatches {
        var matches = FilterMatches(filterCount: slots.count, paperCount: batch.count)
        let index = VocabularyIndex(batch, tests)
        for block in 0..<batch.blockCount {
            let all = PaperBits(first: batch.count - block * PaperBits.papers)
            var runner = ProgramRunner(TestBits(batch, block: block, tests, index), deepest: deepest)
            for (number, slot) in slots.enumerated() where slot.uses > 0 {
                let papers = runner.run(steps[slot.start..<(slot.start + Int(slot.count))]) & all
                matches.store(papers, block: block, slot: number)
            }
        }
        return matches
    }

    // MARK: - Slots

    private func slot(of wanted: [Step], _ hash: Int) -> Int? {
        var slot = slotsByHash[hash] ?? -1
        while slot >= 0 {
            let candidate = slots[Int(slot)]
            if steps[candidate.start..<(candidate.start + Int(candidate.count))].elementsEqual(wanted) {
                return Int(slot)
            }
            slot = candidate.next
        }
        return nil
    }

    private mutating func insert(_ new: [Step], _ hash: Int) -> FilterID {
        let slot = Slot(start: steps.count, count: Int32(new.count), uses: 1, next: slotsByHash[hash] ?? -1)
        steps += new
        let place = freeSlots.popLast() ?? slots.count
        if place == slots.count { slots.append(slot) } else { slots[place] = slot }
        slotsByHash[hash] = Int32(place)
        return FilterID(slot: place)
    }

    private mutating func unlink(_ slot: Int) {
        let hash = Array(steps[slots[slot].start..<(slots[slot].start + Int(slots[slot].count))]).hashValue
        guard var place = slotsByHash[hash].map(Int.init) else { return }
        if place == slot {
            slotsByHash[hash] = slots[slot].next < 0 ? nil : slots[slot].next
            return
        }
        while slots[place].next != slot { place = Int(slots[place].next) }
        slots[place].next = slots[slot].next
    }

    /// Drops the steps of removed filters.
    private mutating func closeUp() {
        var kept: [Step] = []
        kept.reserveCapacity(steps.count - deadSteps)
        for slot in slots.indices {
            let old = slots[slot]
            slots[slot].start = kept.count
            kept += steps[old.start..<(old.start + Int(old.count))]
        }
        steps = kept
        deadSteps = 0
    }
}
