/// What is wrong with the installation's settings, keys or files: where it stands, what it says, and what is allowed.
public struct SiteError: Error, CustomStringConvertible, Sendable, Equatable {
    /// The place: `config/broadsheet.yaml: web.port`, `BROADSHEET_WEB_PORT`, `config/topics.yaml:12`.
    public let place: String
    public let problem: String
    public let mend: String

    public init(_ place: String, _ problem: String, mend: String) {
        self.place = place
        self.problem = problem
        self.mend = mend
    }

    public var description: String { "\(place): \(problem); \(mend)" }
}
