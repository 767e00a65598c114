extension Schema {
    /// Who wrote a paper's synopsis, see `Paper.synopsisWriter`; empty where that is not known.
    static func synopses(_ dialect: Dialect) -> [String] { ["ALTER TABLE papers ADD COLUMN synopsis_writer TEXT"] }
}
