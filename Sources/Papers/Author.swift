/// One author as a reader would write the name: `Ada Lovelace`, in Unicode, never `Lovelace, A.` turned round by guess.
public struct Author: Hashable, Sendable, Codable {
    public var name: String
    public var affiliation: String?

    public init(_ name: String, affiliation: String? = nil) {
        self.name = name
        self.affiliation = affiliation
    }
}
