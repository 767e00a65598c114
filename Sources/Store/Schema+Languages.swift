extension Schema {
    /// The language of a reader's mails and pages; none where it is the installation's.
    @Sendable static func languages(_ dialect: Dialect) -> [String] {
        ["ALTER TABLE subscribers ADD COLUMN language TEXT"]
    }
}
