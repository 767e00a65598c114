import Foundation

/// Which sightings are of one paper.
///
/// Identifiers decide first: an arXiv id, a DOI, an address, and those that an entry names beside its own identifier (a
/// journal's DOI for a preprint, a number of PubMed). Then equal titles by the same first author. Two different arXiv ids are never one paper.
public enum SightingGroups {
    /// Each sighting in exactly one group. Groups and their members are in an order that does not depend on how the
    /// sightings arrived.
    public static func groups(of sightings: [Sighting]) -> [[Sighting]] {
        let ordered = SightingOrder.ranked(sightings)
        var links = PaperLinks(arXivIDs: ordered.map { $0.entry.id.arXivID })
        for keys in [ordered.map { $0.entry.identityKeys }, ordered.map { $0.entry.titleKey.map { [$0] } ?? [] }] {
            var first: [String: Int] = [:]
            for (index, own) in keys.enumerated() {
                for key in own {
                    if let other = first[key] { links.join(index, other) } else { first[key] = index }
                }
            }
        }
        let byRoot = Dictionary(grouping: ordered.indices) { links.root($0) }
        return byRoot.sorted { $0.key < $1.key }.map { $0.value.map { ordered[$0] } }
    }
}

extension Entry {
    /// Every key by which this entry may turn out to be of the same paper as another.
    public var linkKeys: [String] { identityKeys + (titleKey.map { [$0] } ?? []) }

    /// The keys of ``id`` and of what is named beside it, each once.
    var identityKeys: [String] {
        var keys = [id.key]
        let others = [doi.flatMap { PaperID(parsing: $0) }].compactMap(\.self) + (otherIDs ?? [])
        for key in others.map(\.key) where !keys.contains(key) { keys.append(key) }
        return keys
    }

    /// The title's letters and digits with the first author's surname, all without case and diacritics; nil without author,
    /// or for a title so short that two papers may well share it (`Editorial`).
    public var titleKey: String? {
        guard announceType != .notice, let surname = authors.first?.name.split(separator: " ").last else { return nil }
        let letters = Self.folded(StatusPrefix(title)?.rest ?? title)
        guard letters.count >= 20 else { return nil }
        return "title:\(letters)/\(Self.folded(String(surname)))"
    }

    static func folded(_ text: String) -> String {
        let folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        return String(
            String.UnicodeScalarView(
                folded.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
    }
}

/// Disjoint sets (Tarjan 1975) that refuse to put two arXiv ids together.
private struct PaperLinks {
    private var parent: [Int]
    private var arXivIDs: [ArXivID?]

    init(arXivIDs: [ArXivID?]) {
        parent = Array(arXivIDs.indices)
        self.arXivIDs = arXivIDs
    }

    mutating func root(_ index: Int) -> Int {
        var index = index
        while parent[index] != index {
            parent[index] = parent[parent[index]]
            index = parent[index]
        }
        return index
    }

    mutating func join(_ left: Int, _ right: Int) {
        let (low, high) = (min(root(left), root(right)), max(root(left), root(right)))
        if low == high { return }
        if let one = arXivIDs[low], let other = arXivIDs[high], one != other { return }
        parent[high] = low
        arXivIDs[low] = arXivIDs[low] ?? arXivIDs[high]
    }
}
