import Filters

/// What is said of a filter: where its fault is, each fault and each caution of `Filters`. A text's key has `filter-says-`
/// before it.
public enum FilterTextName: Hashable, Sendable {
    /// A fault and its place.
    case place
    case fault(FilterFault)
    case caution(FilterCaution.Kind)

    static let all =
        [place] + FilterFault.allCases.map(Self.fault) + FilterCaution.Kind.allCases.map(Self.caution)

    var key: String {
        switch self {
        case .place: "filter-says-place"
        case .fault(let fault): "filter-says-\(fault.rawValue)"
        case .caution(let kind): "filter-says-\(kind.rawValue)"
        }
    }

    /// The names of the values it may hold.
    var values: Set<String> { self == .place ? ["what", "place"] : ["first", "second"] }
}
