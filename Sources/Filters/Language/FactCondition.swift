import Papers

/// A test of something that is not text: a count, a link, a date, an identifier, where the paper was seen.
enum FactCondition: Hashable, Sendable {
    case count(CountField, Comparison, Int)
    case has(Possession)
    case `is`(State)
    /// Published on this day (UTC) or later; in days since 1970-01-01.
    case since(day: Int)
    case id(PaperID)
    /// A folded part of a feed's name or address.
    case feed(String)

    enum CountField: String, Hashable, Sendable, CaseIterable { case upvotes, comments, stars }
    enum Comparison: String, Hashable, Sendable, CaseIterable {
        case atLeast = ">="
        case atMost = "<="
        case more = ">"
        case less = "<"
        case equal = "="
    }
    enum Possession: String, Hashable, Sendable, CaseIterable { case code, project, pdf, doi, abstract }
    enum State: String, Hashable, Sendable, CaseIterable { case new, cross, replaced, pinned }
}

extension FactCondition {
    func matches(_ paper: Paper, _ standing: PaperStanding) -> Bool {
        switch self {
        case .count(let field, let comparison, let number):
            comparison.holds(field.value(in: paper), number)
        case .has(let possession): possession.isTrue(of: paper)
        case .is(let state): state.isTrue(of: standing)
        case .since(let day): paper.publishedAt.map { $0.timeIntervalSince1970 >= Double(day) * 86_400 } ?? false
        case .id(let id): paper.id == id
        case .feed(let part): standing.feeds.contains { Folding.fold($0).contains(part) }
        }
    }
}

extension FactCondition.CountField {
    /// A count that no feed gave is 0.
    func value(in paper: Paper) -> Int {
        switch self {
        case .upvotes: paper.upvotes
        case .comments: paper.comments
        case .stars: paper.stars ?? 0
        }
    }
}

extension FactCondition.Comparison {
    func holds(_ left: Int, _ right: Int) -> Bool {
        switch self {
        case .atLeast: left >= right
        case .atMost: left <= right
        case .more: left > right
        case .less: left < right
        case .equal: left == right
        }
    }
}

extension FactCondition.Possession {
    func isTrue(of paper: Paper) -> Bool {
        switch self {
        case .code: paper.codeURL != nil
        case .project: paper.projectURL != nil
        case .pdf: paper.pdfURL != nil
        case .doi: paper.doi != nil
        case .abstract: !paper.abstract.isEmpty
        }
    }
}

extension FactCondition.State {
    func isTrue(of standing: PaperStanding) -> Bool {
        switch self {
        case .new: standing.announceTypes.contains(.new)
        case .cross: standing.announceTypes.contains(.cross)
        case .replaced: standing.announceTypes.contains { $0 == .replace || $0 == .replaceCross }
        case .pinned: standing.isPinned
        }
    }
}
