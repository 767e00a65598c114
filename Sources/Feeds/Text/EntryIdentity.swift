import Papers

/// What only the whole document shows of its entries' identity.
enum EntryIdentity {
    /// - Parameter document: where the feed came from.
    static func settle(_ feed: inout ParsedFeed, document: String?) {
        let own = document.flatMap { PaperID(parsing: $0) }
        let place = document.map { $0.prefix { $0 != "#" } }
        // A file on this machine says nothing of whose feed it is.
        let site = document.flatMap { WebAddress.resolve($0, against: nil) } ?? feed.url
        for index in feed.entries.indices {
            let entry = feed.entries[index]
            feed.entries[index].status = entry.status ?? StatusPrefix(entry.title)?.status
            // A link to the feed itself leads to no paper.
            let isOwn =
                entry.id.scheme == .url
                ? own.map(entry.id.isOnPage) ?? false : place != nil && entry.url?.prefix { $0 != "#" } == place
            if isOwn { feed.entries[index].url = entry.id.scheme == .url ? nil : entry.id.pageURL }
            guard entry.id.scheme == .entry || (isOwn && entry.id.scheme == .url) else { continue }
            feed.entries[index].id = PaperID(entry: entry.guid ?? entry.title, in: site)
        }
        tellApart(&feed.entries)
        for index in feed.entries.indices {
            let id = feed.entries[index].id
            if id.namesPaper || id.scheme == .entry { feed.entries[index].guid = nil }
        }
    }

    /// Entries behind one link are several where their feed gives them names of their own, as for the parts of a page.
    private static func tellApart(_ entries: inout [Entry]) {
        var sharing: [PaperID: [Int]] = [:]
        for index in entries.indices where entries[index].id.scheme == .url {
            sharing[entries[index].id, default: []].append(index)
        }
        for (page, places) in sharing where places.count > 1 && !page.namesPaper {
            let names = places.map { entries[$0].partName(on: page) }
            guard Set(names).count > 1 else { continue }
            for (index, name) in zip(places, names) {
                if let name { entries[index].id = page.part(named: name) }
            }
        }
    }
}
