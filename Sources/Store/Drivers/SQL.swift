/// A value that both databases store: what a statement's `$1` is bound to and what a column holds.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
}

/// What may be handed to a statement as an argument.
public protocol SQLArgument: Sendable {
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLArgument {
    public var sqlValue: SQLValue { self }
}

extension Int64: SQLArgument {
    public var sqlValue: SQLValue { .integer(self) }
}

extension Int: SQLArgument {
    public var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Double: SQLArgument {
    public var sqlValue: SQLValue { .real(self) }
}

extension Bool: SQLArgument {
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension String: SQLArgument {
    /// Neither database keeps text beyond a NUL: it becomes U+FFFD, in what is stored as in what is looked for.
    public var sqlValue: SQLValue {
        .text(utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self)
    }
}

extension Optional: SQLArgument where Wrapped: SQLArgument {
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

/// Many numbers as one argument, for ``SQLConnection/among(_:)``.
struct NumberList: SQLArgument {
    private let text: String

    init(_ numbers: some Sequence<Int64>) { text = numbers.map(String.init).joined(separator: ",") }

    var sqlValue: SQLValue { .text(text) }
}

/// Many hexadecimal hashes as one argument, for ``SQLConnection/amongHashes(_:)``; what is none is left out.
struct HashList: SQLArgument {
    private let text: String

    init(_ hashes: some Sequence<String>) {
        text = hashes.filter { $0.allSatisfy(\.isHexDigit) }.joined(separator: ",")
    }

    var sqlValue: SQLValue { .text(text) }
}

/// One row of an answer. Columns are read by name; reading one that the statement did not name is a `StoreError`.
public struct SQLRow: Sendable {
    let columns: [String: Int]
    let values: [SQLValue]

    func value(_ name: String) throws -> SQLValue {
        guard let index = columns[name] else {
            throw StoreError(
                .damaged, "the database has no column “\(name)” in an answer", mend: "run `broadsheet migrate`")
        }
        return values[index]
    }

    public func text(_ name: String) throws -> String? {
        if case .text(let text) = try value(name) { text } else { nil }
    }

    public func integer(_ name: String) throws -> Int64? {
        switch try value(name) {
        case .integer(let number): number
        case .real(let number): Int64(exactly: number.rounded())
        case .text(let text): Int64(text)
        case .null: nil
        }
    }

    public func need(_ name: String) throws -> String {
        guard let text = try text(name) else { throw missing(name) }
        return text
    }

    public func number(_ name: String) throws -> Int64 {
        guard let number = try integer(name) else { throw missing(name) }
        return number
    }

    public func flag(_ name: String) throws -> Bool { try number(name) != 0 }

    private func missing(_ name: String) -> StoreError {
        StoreError(.damaged, "the column “\(name)” is empty in a row that needs it", mend: "restore the last backup")
    }
}

/// The statements of one transaction. A connection is never kept beyond the closure it was handed to.
///
/// Statements are kept prepared, so their text must be one of a few: what varies is an argument.
public protocol SQLConnection {
    var dialect: Dialect { get }
    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [any SQLArgument]) throws -> Int
    /// Runs a statement and returns its rows, also those of `INSERT … RETURNING`.
    func rows(_ sql: String, _ arguments: [any SQLArgument]) throws -> [SQLRow]
    /// Runs a statement once for each set of arguments, in their order; of a far server no answer is waited for before the
    /// next is sent.
    ///
    /// - Returns: how many rows each changed.
    @discardableResult
    func execute(_ sql: String, each sets: [[any SQLArgument]]) throws -> [Int]
    /// The same for a statement that gives rows.
    func rows(_ sql: String, each sets: [[any SQLArgument]]) throws -> [[SQLRow]]
}

extension SQLConnection {
    /// What follows a column that is to be one of the numbers of a ``NumberList``.
    ///
    /// - Parameter parameter: where that is bound, such as `$1`.
    func among(_ parameter: String) -> String { dialect.among(parameter) }

    /// What follows a column that is to be one of the hashes of a ``HashList``.
    func amongHashes(_ parameter: String) -> String { dialect.amongHashes(parameter) }

    @discardableResult
    public func execute(_ sql: String, each sets: [[any SQLArgument]]) throws -> [Int] {
        try sets.map { try execute(sql, $0) }
    }

    public func rows(_ sql: String, each sets: [[any SQLArgument]]) throws -> [[SQLRow]] {
        try sets.map { try rows(sql, $0) }
    }

    @discardableResult
    public func execute(_ sql: String) throws -> Int { try execute(sql, []) }
    public func rows(_ sql: String) throws -> [SQLRow] { try rows(sql, []) }

    public func row(_ sql: String, _ arguments: [any SQLArgument] = []) throws -> SQLRow? {
        try rows(sql, arguments).first
    }
}

/// A database: the only place that knows which one is talked to.
///
/// Statements are portable SQL with `$1`, `$2`, … for arguments.
public protocol DatabaseDriver: Sendable {
    var dialect: Dialect { get }
    /// Runs `work` on one consistent state of the database, beside writers.
    func read<Value: Sendable>(_ work: @escaping @Sendable (any SQLConnection) throws -> Value) async throws -> Value
    /// Runs `work` in one transaction: all of it happens, or, when it throws, nothing. It may run more than once, where a
    /// server asks for that; only the last run counts.
    func write<Value: Sendable>(
        _ locks: WriteLocks, _ work: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value
    /// Runs `work` in one transaction beside which nobody writes; it may make tables anew, which others refer to.
    func migrate<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value
    /// Takes a place that one process at a time may hold, such as that of who fetches the feeds.
    ///
    /// - Returns: nil where another process holds it.
    func take(_ place: String) async throws -> (any HeldLock)?
    /// Whether processes of several machines may use it.
    var isShared: Bool { get }
    /// What tells a server's database from a restored copy of it.
    func identity() async throws -> String?
    /// Sees whether the database answers, and a server's whether a change can be made to last.
    ///
    /// - Throws: ``StoreError`` where it does not within that time, or little more.
    func probe(within limit: Duration) async throws
    /// A server's cluster and timeline, as the newest connection has found them; nil where none was made, and for a file.
    var lineage: String? { get }
    /// How often this process has found another lineage than before.
    var failovers: Int { get }
    /// Where it is kept of what generation a file is, see `GenerationFile`; nil for a server's database.
    var generationPath: String? { get }
}

extension DatabaseDriver {
    var lineage: String? { nil }
    var failovers: Int { 0 }
    var generationPath: String? { nil }
    var generation: GenerationFile? { generationPath.map(GenerationFile.init) }

    func probe(within limit: Duration) async throws { try await read { sql in _ = try sql.row("SELECT 1 AS one") } }

    /// To be called when a table has got most of its rows at once: until a server has counted them by itself, a minute or
    /// more later, it reads all of them to find a few.
    func analyse(_ tables: [String]) async throws {
        guard let analysis = dialect.analysis else { return }
        try await write(.rows) { sql in
            for table in tables { try sql.execute(analysis(table)) }
        }
    }

    func migrate<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await write(.all, work)
    }

    /// A transaction beside which no other writer runs that locks anything.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await write(.all, work)
    }
}

/// A place that this process holds until it gives it up or dies.
public protocol HeldLock: Sendable {
    /// Whether it is still ours: a broken connection to the server loses it.
    func isHeld() async -> Bool
    func giveUp() async
}
