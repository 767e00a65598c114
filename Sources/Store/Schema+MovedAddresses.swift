extension Schema {
    /// From which address a reader moved to the one of a line of the consent log, by its hash.
    @Sendable static func movedAddresses(_ dialect: Dialect) -> [String] {
        ["ALTER TABLE consent_log ADD COLUMN previous_hash TEXT"]
    }
}
