import Digests
import Filters

/// What filters are told of in the reader's language.
extension Texts {
    /// What is wrong with a filter, where and how to mend it: one sentence, and its place.
    func callAsFunction(_ error: FilterError) -> String {
        let what = self(.fault(error.fault), Self.named(error.values))
        return self(FilterTextName.place, ["what": what, "place": String(error.offset + 1)])
    }

    /// What is probably not meant in a filter.
    func callAsFunction(_ caution: FilterCaution) -> String {
        self(.caution(caution.kind), Self.named(caution.values))
    }

    private static func named(_ values: [String]) -> [String: String] {
        Dictionary(zip(["first", "second"], values), uniquingKeysWith: { first, _ in first })
    }
}
