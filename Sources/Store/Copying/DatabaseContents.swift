extension Database {
    /// Every row of every table as text, in order, for tests that compare databases.
    package func contents() async throws -> [String] {
        try await driver.read { sql in
            try StoredTable.all.flatMap { table in
                try sql.rows("SELECT * FROM \(table.name) ORDER BY \(table.key.joined(separator: ", "))").map { row in
                    let columns = row.columns.sorted { $0.key < $1.key }
                    return "\(table.name): "
                        + columns.map { "\($0.key)=\(row.values[$0.value])" }.joined(separator: " ")
                }
            }
        }
    }
}
