import Store

/// Whether mails to the bounce address could be dealt with.
struct BouncesCheck: Sendable {
    let database: Database?

    /// - Returns: nothing where all could be.
    func run() async -> [Finding] {
        guard let database, let mails = try? await database.setAside.list(), let last = mails.first else { return [] }
        let what = mails.count == 1 ? "a mail was" : "\(mails.count) mails were"
        return [
            .warning(
                "bounces", "\(what) set aside and not processed; the last: \(last.reason)",
                mend: "look at what `broadsheet bounces set-aside` lists, then run it with --forget")
        ]
    }
}
