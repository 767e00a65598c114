/// Everything that is wrong with the settings, in the order in which it was found.
public struct SettingsFaults: Error, CustomStringConvertible, Sendable, Equatable {
    /// At least two; what is wrong alone is a ``SiteError``.
    public let faults: [SiteError]

    /// A line each.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// Gathers what is wrong while settings are read on, so that all of it can be told at once.
final class FaultList {
    private var faults: [SiteError] = []

    func add(_ fault: SiteError) {
        if !faults.contains(fault) { faults.append(fault) }
    }

    /// - Throws: ``SiteError`` for one fault, ``SettingsFaults`` for several.
    func check() throws {
        if faults.count > 1 { throw SettingsFaults(faults: faults) }
        if let fault = faults.first { throw fault }
    }
}
