import Papers

/// A sighting and the row of `papers` it belongs to.
struct GroupedSighting {
    let seq: Int64
    let sighting: Sighting
}

/// Which row each group of sightings gets when a new one has come: a pure function of what is there.
struct SightingRegrouping {
    let known: [GroupedSighting]
    let new: Sighting
    /// The row of the sighting that ``new`` takes the place of.
    let formerSeq: Int64?

    /// A group with its row.
    struct Place {
        /// Nil where it needs a row of its own.
        let seq: Int64?
        /// Rows that turn out to be this paper.
        let absorbed: [Int64]
        let sightings: [Sighting]
        let holdsNew: Bool
    }

    /// The oldest row of a group stays its row, so that a paper keeps its place in history.
    func plan() -> [Place] {
        var rows: [Sighting: Int64] = [:]
        for placed in known { rows[placed.sighting] = placed.seq }
        rows[new] = formerSeq
        let groups = SightingGroups.groups(of: known.map(\.sighting) + [new])
        let owners = groups.map { group in Set(group.compactMap { rows[$0] }) }
        var taken: Set<Int64> = []
        var kept: [Int64?] = []
        for owner in owners {
            let seq = owner.subtracting(taken).min()
            if let seq { taken.insert(seq) }
            kept.append(seq)
        }
        var places: [Place] = []
        for (index, group) in groups.enumerated() {
            let absorbed = owners[index].subtracting(taken).sorted()
            taken.formUnion(absorbed)
            places.append(
                Place(seq: kept[index], absorbed: absorbed, sightings: group, holdsNew: group.contains(new)))
        }
        return places
    }
}
