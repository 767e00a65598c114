import Digests
import Filters

/// What filters are told of in the reader's language.
extension Texts {
    /// What is wrong with a filter, where and how to mend it: one sentence, and its place.
    func callAsFunction(_ error: FilterError) -> String {
        guard let name = FilterTextName(rawValue: error.fault.rawValue) else { return error.description }
        let what = self(name, Self.named(error.values))
        return self(.place, ["what": what, "place": String(error.offset + 1)])
    }

    /// What is probably not meant in a filter.
    func callAsFunction(_ caution: FilterCaution) -> String {
        switch caution {
        case .never: self(.never, [:])
        case .always: self(.always, [:])
        case .word(let word, let sign): self(.word, Self.named([word, sign]))
        }
    }

    private static func named(_ values: [String]) -> [String: String] {
        Dictionary(zip(["first", "second"], values), uniquingKeysWith: { first, _ in first })
    }
}
