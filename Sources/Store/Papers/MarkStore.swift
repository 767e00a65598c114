import Foundation

/// What a reader said of a paper: "more like this" or "less like this".
public struct Mark: Sendable, Equatable {
    public var paperSeq: Int64
    /// Whether more of its like is wanted, not less.
    public var isLiked: Bool
    public var at: Date

    public init(paperSeq: Int64, isLiked: Bool, at: Date) {
        self.paperSeq = paperSeq
        self.isLiked = isLiked
        self.at = at
    }
}

/// The papers that readers marked. Nothing else is known of what somebody reads: ordinary links are not followed.
public struct MarkStore: Sendable {
    let driver: any DatabaseDriver

    /// The most marks of one reader that count; older ones than these are forgotten when a new one is made.
    public static let mostPerReader = 200

    /// Keeps a reader's word about a paper, in place of an earlier one.
    ///
    /// - Returns: false where there is no such paper.
    public func set(_ mark: Mark, of subscriberID: Int64) async throws -> Bool {
        try await driver.write(.people) { sql in
            guard try sql.row("SELECT seq FROM papers WHERE seq = $1", [mark.paperSeq]) != nil else { return false }
            try sql.execute(
                """
                INSERT INTO marks (subscriber_id, paper_seq, liked, marked_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (subscriber_id, paper_seq) DO UPDATE
                SET liked = excluded.liked, marked_at = excluded.marked_at
                """, [subscriberID, mark.paperSeq, mark.isLiked ? 1 : 0, mark.at.milliseconds])
            try sql.execute(
                """
                DELETE FROM marks WHERE subscriber_id = $1 AND paper_seq NOT IN (
                    SELECT paper_seq FROM marks WHERE subscriber_id = $1
                    ORDER BY marked_at DESC, paper_seq DESC LIMIT $2)
                """, [subscriberID, Self.mostPerReader])
            return true
        }
    }

    /// The marks of several readers, newest first; readers without any are missing.
    public func marks(of subscriberIDs: [Int64]) async throws -> [Int64: [Mark]] {
        guard !subscriberIDs.isEmpty else { return [:] }
        return try await driver.read { sql in
            var marks: [Int64: [Mark]] = [:]
            for row in try sql.rows(
                """
                SELECT * FROM marks WHERE subscriber_id \(sql.among("$1"))
                ORDER BY marked_at DESC, paper_seq DESC
                """, [NumberList(subscriberIDs)])
            {
                marks[try row.number("subscriber_id"), default: []].append(
                    Mark(
                        paperSeq: try row.number("paper_seq"), isLiked: try row.number("liked") != 0,
                        at: try row.instant("marked_at")))
            }
            return marks
        }
    }

    /// Forgets what a reader said of some papers, or of all.
    ///
    /// - Parameter paperSeqs: nil for all.
    /// - Returns: how many marks there were.
    public func remove(_ paperSeqs: [Int64]?, of subscriberID: Int64) async throws -> Int {
        try await driver.write(.people) { sql in
            guard let paperSeqs else {
                return try sql.execute("DELETE FROM marks WHERE subscriber_id = $1", [subscriberID])
            }
            return try sql.execute(
                "DELETE FROM marks WHERE subscriber_id = $1 AND paper_seq \(sql.among("$2"))",
                [subscriberID, NumberList(paperSeqs)])
        }
    }
}
