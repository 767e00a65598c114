/// Something that there is one of in each language.
public struct ByLanguage<Value: Sendable>: Sendable {
    private let values: [Value]

    public init<Failure: Error>(_ make: (Language) throws(Failure) -> Value) throws(Failure) {
        var values: [Value] = []
        for language in Language.allCases { values.append(try make(language)) }
        self.values = values
    }

    public subscript(language: Language) -> Value { values[language.index] }
}

extension Language {
    /// Its place among ``allCases``.
    fileprivate var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
