import Papers

/// What a feed calls its entries, remembered from one document to the next, inside the caller's transaction.
struct SightingIdentity {
    let sql: any SQLConnection

    /// The sighting under the identifier that its feed's entry has had so far.
    ///
    /// Where entries share a page (see ``PaperID/part(named:)``), the first of a feed has the page for its identifier, and
    /// keeps it when others come and go; an entry with another name and another title is another one. A name that changes
    /// under one title tells nothing, for some feeds make new ones each time.
    func settled(_ sighting: Sighting) throws -> Sighting {
        let entry = sighting.entry
        guard entry.id.scheme == .url else { return sighting }
        let page = entry.id.whole ?? entry.id
        guard let name = entry.partName(on: page) else { return sighting }
        let part = page.part(named: name)
        guard part != page else { return sighting }
        var settled = sighting
        if try stored(part, sighting.feed) != nil {
            settled.entry.id = part
        } else if let first = try stored(page, sighting.feed) {
            let known = first.partName(on: page)
            let isOther = known != nil && known != name && (entry.id == part || !entry.hasTitle(of: first))
            settled.entry.id = isOther ? part : page
        }
        return settled
    }

    private func stored(_ id: PaperID, _ feed: String) throws -> Entry? {
        try sql.row("SELECT * FROM sightings WHERE entry_key = $1 AND feed = $2", [id.key, feed])
            .flatMap(SightingCoding.sighting)?.entry
    }
}
