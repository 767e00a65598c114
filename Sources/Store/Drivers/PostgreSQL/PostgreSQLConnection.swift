#if PostgreSQL
    import CPostgres
    import Foundation

    /// One connection to a server. Its calls block; it is used by one thread at a time.
    final class PostgreSQLConnection {
        let handle: OpaquePointer
        private let address: PostgreSQLAddress
        let socket: SocketHandle
        private var statements: [String: Prepared] = [:]
        private var lastName = 0
        /// Makes the names of locks this installation's own among several in one database.
        private(set) var schema: Int64 = 0
        /// When the server was started, as it says it.
        private(set) var serverStart = ""
        /// See ``ServerKnowledge/lineage``; nil of a standby.
        private(set) var lineage: String?
        /// The server's process that serves it.
        private var process: Int32 = 0
        /// Whether something is between that speaks the protocol itself.
        private var isPooled = false
        private var isBroken = false
        /// Another in each session, so that no pooler can take one client's statement for another's.
        private let prefix = "b\(String(UInt64.random(in: 0 ... .max), radix: 36))_"

        /// A statement that the server keeps ready, and what its columns are called.
        final class Prepared {
            let name: String
            var columns: [String: Int]?
            init(name: String) { self.name = name }
        }

        /// Statements are a few texts; where somebody's are not, the server's memory must not pay for it.
        private static let mostStatements = 500

        /// What every connection is set to: the locks of a client that is gone are freed soon.
        private static let settings = """
            SET standard_conforming_strings = on; SET lock_timeout = '120s';
            SET idle_in_transaction_session_timeout = '120s';
            SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3
            """

        /// The same for one transaction. A pooler hands the server's session to others, and may hand on what was set.
        private static let pooledSettings = """
            SET LOCAL standard_conforming_strings = on; SET LOCAL lock_timeout = '120s';
            SET LOCAL idle_in_transaction_session_timeout = '120s';
            """

        /// How long a server may take to answer the first questions after it has taken the connection.
        private static let patience: Duration = .seconds(10)

        /// - Throws: ``PostgreSQLFailure`` of stage `connecting`, ``StoreError`` for a database that cannot be used.
        init(_ address: PostgreSQLAddress) throws {
            self.address = address
            let names = address.parameters.keys.sorted()
            let opened = Self.withCStrings(names) { keywords in
                Self.withCStrings(names.map { address.parameters[$0] }) { PQconnectdbParams(keywords, $0, 0) }
            }
            guard let opened else { throw PostgreSQLFailure(.connecting, message: "out of memory") }
            handle = opened
            socket = SocketHandle(PQsocket(opened))
            guard PQstatus(handle) == CONNECTION_OK else {
                let message = String(cString: PQerrorMessage(handle))
                throw PostgreSQLFailure(.connecting, state: PostgreSQLInquiry.state(address), message: message)
            }
            broadsheet_silence(handle)
            do {
                try socket.within(Self.patience) { try setUp() }
            } catch  where socket.isEnded {
                throw StoreError(
                    .unreachable, "the database \(address.name) took the connection and did not answer for 10 s",
                    mend: "see whether the server is overloaded or frozen; " + PostgreSQLFailure.largerPool)
            }
            address.knowledge.opened(self, socket: socket)
        }

        deinit {
            address.knowledge.closed(self)
            PQfinish(handle)
        }

        private func setUp() throws {
            let encoding = PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? ""
            guard encoding == "UTF8" else {
                throw StoreError(
                    .other, "the database \(address.name) keeps text as \(encoding), and this program writes UTF-8",
                    mend: "make another there: createdb --encoding=UTF8 --template=template0 NAME")
            }
            let answer = try run(
                """
                SELECT CAST(oid AS bigint), extract(epoch FROM pg_postmaster_start_time()), pg_backend_pid(),
                    CASE WHEN pg_is_in_recovery() THEN NULL ELSE (SELECT system_identifier FROM pg_control_system())
                        || '/' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) END
                FROM pg_namespace WHERE nspname = current_schema()
                """)
            guard let row = answer.first, let oid = row[0].flatMap({ Int64($0) }) else {
                throw StoreError(
                    .other, "the database \(address.name) has no schema to write to",
                    mend: "CREATE SCHEMA public there, or set the user's search_path")
            }
            schema = oid
            serverStart = row[1] ?? ""
            process = row[2].flatMap { Int32($0) } ?? 0
            lineage = row[3]
            if address.wantsPrimary, try run(Self.question).first?.first == "on" { throw divided }
            isPooled = process != PQbackendPID(handle)
            if isPooled { try requireSessions() } else { try run(Self.settings) }
        }

        /// What Pgpool-II may send to any server, unlike functions that are volatile.
        private static let question = "SELECT current_setting('in_hot_standby')"

        /// libpq has been told of a server that takes writes, and a question is answered by a standby.
        private var divided: StoreError {
            StoreError(
                .readOnly,
                "the address of the database \(address.name) leads to the primary for writing and to a standby for reading",
                mend: "let Pgpool-II not spread what is read (load_balance_mode = off), or name the server itself")
        }

        /// Ends in an error where whatever is between hands each transaction to another session: what this program locks and
        /// prepares belongs to a session. While another client has a transaction open, the session that was ours is its.
        private func requireSessions() throws {
            guard !address.knowledge.isSafe else { return }
            // Of Pgpool-II's connections some are given the primary for reading, or single statements are: one that happens
            // to show no standby proves nothing. Whatever else is between takes this for an error.
            if try ask("PGPOOL SHOW load_balance_mode") == "on" { throw divided }
            let names = address.parameters.keys.sorted()
            let opened = Self.withCStrings(names) { keywords in
                Self.withCStrings(names.map { address.parameters[$0] }) { PQconnectdbParams(keywords, $0, 0) }
            }
            defer { PQfinish(opened) }
            guard PQstatus(opened) == CONNECTION_OK else {
                throw PostgreSQLFailure(.connecting, message: opened.map { String(cString: PQerrorMessage($0)) } ?? "")
            }
            let other = SocketHandle(PQsocket(opened))
            try other.within(Self.patience) {
                let result = PQexec(opened, "BEGIN; SELECT 1")
                defer { PQclear(result) }
                guard PQresultStatus(result) == PGRES_TUPLES_OK else {
                    throw StoreError(
                        .unreachable,
                        "a pooler before the database \(address.name) has no second session for this program",
                        mend: PostgreSQLFailure.largerPool)
                }
            }
            guard try run("SELECT pg_backend_pid()").first?.first == String(process) else {
                throw StoreError(
                    .other, "a pooler before the database \(address.name) hands each transaction to another session",
                    mend: PostgreSQLFailure.sessionMode)
            }
            address.knowledge.isSafe = true
        }

        /// The answer to a question that not every server understands; nil from one that does not.
        private func ask(_ question: String) throws -> String? {
            do {
                return try run(question).first?.first ?? nil
            } catch let failure as PostgreSQLFailure where !failure.isLost {
                return nil
            }
        }

        /// What a transaction begins with.
        var transactionSettings: String { isPooled ? Self.pooledSettings : "" }

        var isLost: Bool { isBroken || PQstatus(handle) != CONNECTION_OK }

        /// Whether the server answers.
        func ping() -> Bool { (try? run("SELECT 1")) != nil }

        /// Runs statements that take no arguments; the last one's rows are returned, each value as text.
        @discardableResult
        func run(_ sql: String) throws -> [[String?]] {
            let result = PQexec(handle, sql)
            defer { PQclear(result) }
            try check(result)
            return (0..<PQntuples(result)).map { row in
                (0..<PQnfields(result)).map { PQgetisnull(result, row, $0) == 1 ? nil : Self.text(result, row, $0) }
            }
        }

        /// Ends the transaction.
        ///
        /// - Throws: ``PostgreSQLFailure``, also where the server has undone it because a statement had failed.
        func commit() throws {
            let result = PQexec(handle, "COMMIT")
            defer { PQclear(result) }
            try check(result)
            guard String(cString: PQcmdStatus(result)) == "COMMIT" else {
                throw PostgreSQLFailure(.working, message: "a statement had failed, so the transaction was undone")
            }
        }

        func execute(_ sql: String, _ arguments: [any SQLArgument]) throws -> Int {
            let result = try answer(to: prepared(sql, arguments.count), arguments)
            defer { PQclear(result) }
            return Int(String(cString: PQcmdTuples(result))) ?? 0
        }

        func rows(_ sql: String, _ arguments: [any SQLArgument]) throws -> [SQLRow] {
            let statement = try prepared(sql, arguments.count)
            let result = try answer(to: statement, arguments)
            defer { PQclear(result) }
            return Self.rows(of: result, statement)
        }

        /// Lets all that was prepared be prepared anew.
        ///
        /// - Parameter deallocating: whether the server is told, too.
        func forgetStatements(deallocating: Bool) {
            statements = [:]
            if deallocating { _ = try? run("DEALLOCATE ALL") }
        }

        func prepared(_ sql: String, _ count: Int) throws -> Prepared {
            if let known = statements[sql] { return known }
            if statements.count >= Self.mostStatements {
                statements = [:]
                try run("DEALLOCATE ALL")
            }
            lastName += 1
            let statement = Prepared(name: "\(prefix)\(lastName)")
            let result = PQprepare(handle, statement.name, sql, Int32(count), nil)
            defer { PQclear(result) }
            try check(result)
            statements[sql] = statement
            return statement
        }

        private func answer(to statement: Prepared, _ arguments: [any SQLArgument]) throws -> OpaquePointer? {
            let texts = arguments.map { Self.text($0.sqlValue) }
            let result = Self.withCStrings(texts) {
                PQexecPrepared(handle, statement.name, Int32(texts.count), $0, nil, nil, 0)
            }
            do {
                try check(result)
            } catch {
                PQclear(result)
                throw error
            }
            return result
        }

        func check(_ result: OpaquePointer?) throws {
            let status = PQresultStatus(result)
            if status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY { return }
            let state = broadsheet_sqlstate(result).map { String(cString: $0) } ?? ""
            // Not the server's word but libpq's, which knows no trouble but with the connection.
            if state.isEmpty { isBroken = true }
            let message =
                broadsheet_primary_message(result).map { String(cString: $0) }
                ?? String(cString: PQerrorMessage(handle))
            throw PostgreSQLFailure(.working, state: state, message: message, isLost: isLost)
        }
    }

    extension PostgreSQLConnection {
        /// Hands over C strings, nil for NULL, and a closing NULL. Of text with a NUL in it, which no C string can hold,
        /// ``SQLArgument`` has made other text.
        static func withCStrings<Result>(
            _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
        ) -> Result {
            var strings = texts.map { $0.flatMap { strdup($0) }.map { UnsafePointer($0) } }
            strings.append(nil)
            defer { for string in strings { free(UnsafeMutableRawPointer(mutating: string)) } }
            return strings.withUnsafeBufferPointer { body($0.baseAddress) }
        }

        static func text(_ value: SQLValue) -> String? {
            switch value {
            case .null: nil
            case .integer(let number): String(number)
            case .real(let number): String(number)
            case .text(let text): text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
            }
        }

        static func rows(of result: OpaquePointer?, _ statement: Prepared) -> [SQLRow] {
            let indices = 0..<PQnfields(result)
            let columns =
                statement.columns
                ?? Dictionary(indices.map { (String(cString: PQfname(result, $0)), Int($0)) }) { first, _ in first }
            statement.columns = columns
            let types = indices.map { PQftype(result, $0) }
            return (0..<PQntuples(result)).map { row in
                SQLRow(columns: columns, values: indices.map { value(result, row, $0, types[Int($0)]) })
            }
        }

        private static func text(_ result: OpaquePointer?, _ row: Int32, _ column: Int32) -> String {
            String(cString: PQgetvalue(result, row, column))
        }

        /// Values come as text, whatever their type; these are the types' numbers in `pg_type`, which never change.
        private static func value(_ result: OpaquePointer?, _ row: Int32, _ column: Int32, _ type: Oid) -> SQLValue {
            guard PQgetisnull(result, row, column) == 0 else { return .null }
            let text = text(result, row, column)
            switch type {
            case 20, 21, 23: return Int64(text).map(SQLValue.integer) ?? .text(text)
            case 16: return .integer(text == "t" ? 1 : 0)
            case 700, 701: return Double(text).map(SQLValue.real) ?? .text(text)
            case 1700: return Int64(text).map(SQLValue.integer) ?? Double(text).map(SQLValue.real) ?? .text(text)
            default: return .text(text)
            }
        }
    }
#endif
