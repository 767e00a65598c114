import Papers

/// A paper in somebody's digest, and why it is there.
public struct Pick: Hashable, Sendable {
    public var paper: Paper
    /// The titles of the topics and the filters that matched; empty for a reader who gets what trends.
    public var reasons: [String]

    public init(paper: Paper, reasons: [String] = []) {
        self.paper = paper
        self.reasons = reasons
    }
}
