import Foundation
import Synchronization

/// The system's time-zone database, read zone by zone as they are asked for.
///
/// What was read is kept, and every few minutes it is looked whether a file was replaced. While one is broken or missing,
/// the rules that were read from it before go on.
public final class TimeZoneDatabase: Sendable {
    /// That of this machine: the folder that `TZDIR` names, else the usual places; else the rules inside the program.
    public static let system: TimeZoneDatabase = {
        let named = ProcessInfo.processInfo.environment["TZDIR"].flatMap { $0.isEmpty ? nil : $0 }
        return TimeZoneDatabase(folders: [named].compactMap(\.self) + ZoneFolder.usual, isFirstNamed: named != nil)
    }()

    /// Where the rules come from.
    public enum Source: Sendable, Equatable {
        case folder(String)
        /// From no database, but from what was linked into the program, which no upgrade of the system renews.
        case program
    }

    private struct State {
        var folder: ZoneFolder?
        var entries: [String: ZoneEntry] = [:]
        var index: (ZoneIndex, of: [ZoneFolder.Stamp?])?
        var fallback: CivilZone?
        var generation = 0
        var hasWarned = false
    }

    private let folders: [String]
    private let isFirstNamed: Bool
    private let recheck: TimeInterval
    private let state: Mutex<State>
    /// When it is looked again, in nanoseconds of the machine's running.
    private let nextCheck: Atomic<UInt64>

    /// Names that were stored and are unknown now are remembered up to this many.
    private static let mostEntries = 5000

    /// - Parameters:
    ///   - folders: the first that holds such a database is taken.
    ///   - isFirstNamed: whether the first was asked for by name, so that it is told where it cannot be used.
    ///   - recheck: seconds after which it is looked whether files were replaced.
    public init(folders: [String], isFirstNamed: Bool = false, recheck: TimeInterval = 600) {
        self.folders = folders
        self.isFirstNamed = isFirstNamed
        self.recheck = recheck
        state = Mutex(State(folder: Self.folder(folders)))
        nextCheck = Atomic(Self.running + UInt64(recheck * 1e9))
    }

    public var source: Source { state.withLock { $0.folder.map { .folder($0.path) } ?? .program } }

    /// What an operator should know of where the rules come from, in one sentence; nil where all is well, and after the first
    /// time.
    public func takeWarning() -> String? {
        let folder: ZoneFolder?? = state.withLock { state in
            if state.hasWarned { return nil }
            state.hasWarned = true
            return .some(state.folder)
        }
        guard let folder else { return nil }
        guard let folder else {
            return """
                there is no time-zone database in \(folders.joined(separator: ", ")): times go by the rules inside the program, \
                which no upgrade of the system renews; install tzdata
                """
        }
        guard isFirstNamed, let named = folders.first, ZoneFolder(named) == nil else { return nil }
        return "TZDIR is \(named), where no time-zone database is: the one in \(folder.path) is used"
    }

    /// A number that grows whenever rules that are in use have changed.
    public var generation: Int {
        refreshIfDue()
        return state.withLock { $0.generation }
    }

    /// By which zones go whose names are unknown: that of the site, or UTC.
    public var fallback: CivilZone {
        get { state.withLock { $0.fallback } ?? zone(stored: "UTC") }
        set { state.withLock { $0.fallback = newValue.isKnown ? newValue : nil } }
    }

    /// The zone of a name that was stored, known or not.
    ///
    /// `GMT` is what older versions stored for UTC, and `GMT+0200` for what was typed as `GMT+2`.
    public func zone(stored name: String) -> CivilZone {
        if let known = state.withLock({ $0.entries[name] }) { return CivilZone(known.name, known, self) }
        let entry = ZoneEntry(ZoneIndex.isUTC(name) ? "UTC" : name)
        _ = entry.load(from: self)
        let kept = state.withLock { state in
            if let known = state.entries[name] { return known }
            if state.entries.count < Self.mostEntries { state.entries[name] = entry }
            return entry
        }
        return CivilZone(kept.name, kept, self)
    }

    /// The zone of a name that has a file, is another name of one that has, or is known to the program; nil for any other.
    func zone(existing name: String) -> CivilZone? {
        guard ZoneFolder.isName(name) else { return nil }
        if let known = state.withLock({ $0.entries[name] }), known.rules != nil {
            return CivilZone(name, known, self)
        }
        guard (try? rules(name)) != nil else { return nil }
        return zone(stored: name)
    }

    /// What is wrong with a zone's file; nil where there is none, or all is well.
    func fault(_ name: String) -> BrokenZone? {
        do throws(BrokenZone) {
            _ = try rules(name)
            return nil
        } catch {
            return error
        }
    }

    /// Looks now whether files were replaced.
    public func refresh() {
        nextCheck.store(Self.running + UInt64(recheck * 1e9), ordering: .relaxed)
        let folder = Self.folder(folders)
        let entries = state.withLock { state in
            state.folder = folder
            return Array(state.entries.values)
        }
        let changed = entries.count { $0.load(from: self) }
        if changed > 0 { state.withLock { $0.generation += 1 } }
    }

    /// The same where it is time; costs next to nothing where it is not.
    func refreshIfDue() {
        let due = nextCheck.load(ordering: .relaxed)
        let now = Self.running
        guard now >= due else { return }
        let next = now + UInt64(recheck * 1e9)
        // One of those who come at once.
        guard nextCheck.compareExchange(expected: due, desired: next, ordering: .relaxed).exchanged else { return }
        refresh()
    }

    /// The names of zones and countries, as they are on disk now.
    var index: ZoneIndex {
        let folder = state.withLock { $0.folder }
        let stamps = folder.map(ZoneIndex.stamps) ?? []
        if let (index, of) = state.withLock({ $0.index }), of == stamps { return index }
        let index = folder.map { ZoneIndex($0) } ?? ZoneIndex(names: TimeZone.knownTimeZoneIdentifiers)
        state.withLock { $0.index = (index, stamps) }
        return index
    }

    /// The rules of a name, and a text that differs where they do.
    func rules(_ name: String) throws(BrokenZone) -> (rules: ZoneRules, stamp: ZoneFolder.Stamp?, fingerprint: String)?
    {
        if name == "UTC" { return (.fixed(0), nil, "UTC") }
        if let offset = ZoneEntry.offset(inName: name) { return (.fixed(offset), nil, "fixed \(offset)") }
        guard ZoneFolder.isName(name) else { return nil }
        guard let folder = state.withLock({ $0.folder }) else {
            guard index.has(name) || name.contains("/"), let zone = TimeZone(identifier: name) else { return nil }
            return (.foundation(zone), nil, "program")
        }
        let stamp = folder.stamp(name)
        if stamp != nil, let (file, bytes) = try folder.zone(name) {
            return (.file(file), stamp, String(FNV1a.hash(bytes), radix: 16))
        }
        // Systems may leave the files of old names away, as Debian does without tzdata-legacy.
        guard let target = index.target(of: name), let (file, bytes) = try folder.zone(target) else { return nil }
        return (.file(file), folder.stamp(target), String(FNV1a.hash(bytes), radix: 16))
    }

    /// That of a name's file, by which it is seen whether it was replaced.
    func stamp(_ name: String) -> ZoneFolder.Stamp? {
        guard ZoneFolder.isName(name), let folder = state.withLock({ $0.folder }) else { return nil }
        return folder.stamp(name) ?? index.target(of: name).flatMap(folder.stamp)
    }

    private static func folder(_ paths: [String]) -> ZoneFolder? {
        for path in paths { if let folder = ZoneFolder(path) { return folder } }
        return nil
    }

    /// Nanoseconds since the machine was started, to some milliseconds: each lookup asks for them.
    private static var running: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// What is known of one zone; shared by all values of the same name.
final class ZoneEntry: Sendable {
    struct State {
        /// Nil where the name is unknown.
        var rules: ZoneRules?
        var stamp: ZoneFolder.Stamp?
        var fingerprint = ""
    }

    let name: String
    private let mutex = Mutex(State())

    init(_ name: String) { self.name = name }

    var rules: ZoneRules? { mutex.withLock { $0.rules } }
    var fingerprint: String { mutex.withLock { $0.fingerprint } }

    /// Reads the rules where they were replaced.
    ///
    /// - Returns: whether they differ from those of before.
    func load(from database: TimeZoneDatabase) -> Bool {
        let before = mutex.withLock { $0 }
        if let stamp = before.stamp, stamp == database.stamp(name) { return false }
        guard let found = try? database.rules(name) else { return false }
        mutex.withLock { $0 = State(rules: found.rules, stamp: found.stamp, fingerprint: found.fingerprint) }
        return found.fingerprint != before.fingerprint
    }

    /// Seconds east of Greenwich that a name of the form `GMT+0200` says.
    static func offset(inName name: String) -> Int? {
        let bytes = Array(name.utf8)
        guard bytes.count == 8, name.hasPrefix("GMT"), bytes[3] == UInt8(ascii: "+") || bytes[3] == UInt8(ascii: "-"),
            let hours = Int(name.dropFirst(4).prefix(2)), let minutes = Int(name.dropFirst(6)), hours <= 18,
            0...59 ~= minutes
        else { return nil }
        return (bytes[3] == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
