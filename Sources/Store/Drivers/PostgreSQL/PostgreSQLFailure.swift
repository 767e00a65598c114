#if PostgreSQL
    import Foundation

    /// What the server or libpq said went wrong.
    struct PostgreSQLFailure: Error {
        enum Stage: Sendable {
            case connecting
            /// In what begins a transaction.
            case beginning
            case working
            /// The answer to COMMIT did not come: the transaction may have happened.
            case unknownOutcome
        }

        let stage: Stage
        /// SQLSTATE, five characters; empty where libpq itself failed.
        let state: String
        /// One line.
        let message: String
        /// Whether the connection is gone.
        let isLost: Bool

        init(_ stage: Stage, state: String = "", message: String, isLost: Bool = false) {
            self.stage = stage
            self.state = state
            self.message = Self.oneLine(message)
            self.isLost = isLost || state.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05"].contains(state)
        }

        /// The same, found at another stage.
        func at(_ stage: Stage) -> PostgreSQLFailure {
            PostgreSQLFailure(stage, state: state, message: message, isLost: isLost)
        }

        /// Another transaction was in the way and this one did not happen: a try soon may succeed.
        var isConflict: Bool { ["40001", "40P01"].contains(state) }

        /// What was prepared has to be prepared anew: the schema was changed by another process (0A000, as which the server
        /// reports plans that no longer fit), or somebody between has lost or mixed up what was prepared.
        var isStalePlan: Bool { stage == .working && ["0A000", "26000", "42P05"].contains(state) }

        /// The server is a standby, or was made to take no writes. A hot standby refuses BEGIN READ WRITE with 0A000, and
        /// what would write in a transaction that has begun with 25006.
        var isDemoted: Bool { state == "25006" || stage == .beginning && state == "0A000" }

        /// The server starts, stops or recovers, or the connection broke.
        var isPassing: Bool { isLost }

        private static func oneLine(_ text: String) -> String {
            text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter {
                !$0.isEmpty
            }
            .joined(separator: "; ")
        }
    }

    extension PostgreSQLFailure {
        /// One sentence that names the database and the mend.
        func translated(_ address: PostgreSQLAddress) -> StoreError {
            let name = address.name
            switch stage {
            case .connecting: return connecting(address)
            case .unknownOutcome:
                return StoreError(
                    .unreachable, "the connection to the database \(name) broke while a change was being confirmed",
                    mend: "it may or may not have been made; nothing is repeated blindly, so look before you try again")
            case .beginning, .working: break
            }
            if isDemoted { return Self.readOnly(name, message) }
            switch state {
            case "53100", "58030":
                return StoreError(
                    .full, "the disk of the server of \(name) is full or failed (\(message))",
                    mend: "free some space there; the last transaction was undone")
            case "26000", "42P05":
                return StoreError(
                    .other, "statements that were prepared in the database \(name) are lost or another's (\(message))",
                    mend: Self.sessionMode)
            case "08P01":
                return StoreError(
                    .unreachable, "a pooler before the database \(name) ended the connection (\(message))",
                    mend: Self.largerPool)
            case "55P03":
                return StoreError(
                    .busy, "other processes have locked the database \(name) for too long (\(message))",
                    mend:
                        "try again; `SELECT * FROM pg_stat_activity` there shows who, `SHOW lock_timeout` after how long"
                )
            case "57014":
                return StoreError(
                    .busy, "the database \(name) ended a statement (\(message))",
                    mend:
                        "try again; where it comes again, let this user have more time: ALTER ROLE … SET statement_timeout"
                )
            case "42501":
                return StoreError(
                    .readOnly, "this user may not do that in the database \(name) (\(message))",
                    mend: "make the user the owner of the database: ALTER DATABASE … OWNER TO …")
            case "40001", "40P01":
                return StoreError(
                    .busy, "other processes have locked the database \(name) for too long (\(message))",
                    mend: "try again; `SELECT * FROM pg_stat_activity` there shows who")
            case "53200", "53300", "53400":
                return StoreError(
                    .busy, "the server of \(name) has no more room (\(message))",
                    mend: "raise max_connections or memory there, or run fewer processes")
            case let state where state.hasPrefix("23"):
                return StoreError(
                    .conflict, "the database refused a row (\(message))", mend: "check whether it already exists")
            case let state where state.hasPrefix("XX"):
                return StoreError(
                    .damaged, "the database \(name) is damaged (\(message))", mend: "restore the last backup")
            default:
                if isLost {
                    return StoreError(
                        .unreachable, "the connection to the database \(name) broke (\(message))",
                        mend: "see whether the server runs; the last transaction was undone")
                }
                return StoreError(
                    .other, "the database \(name) failed (\(message)\(state.isEmpty ? "" : ", SQLSTATE \(state)"))",
                    mend: "see the server's log")
            }
        }

        /// Before there is a connection libpq tells no SQLSTATE: ``PostgreSQLInquiry`` has asked for it.
        private func connecting(_ address: PostgreSQLAddress) -> StoreError {
            let what = "cannot open the database \(address.name) (\(message))"
            func error(_ kind: StoreError.Kind, _ mend: String) -> StoreError { StoreError(kind, what, mend: mend) }
            switch state {
            case "25006": return error(.readOnly, Self.primary)
            case let state where state.hasPrefix("28"):
                return error(.unreachable, "check user and password in the address, and the server's pg_hba.conf")
            case "3D000": return error(.unreachable, "make it there: createdb --encoding=UTF8 NAME")
            case "42501": return error(.unreachable, "let the user connect: GRANT CONNECT ON DATABASE … TO …")
            case "53300": return error(.busy, "raise max_connections there, or run fewer processes")
            case "57P03": return error(.unreachable, "it starts, stops or recovers: try again")
            case "08P01": return error(.unreachable, "see the log of the server, or of the pooler before it")
            default: return error(.unreachable, "check that the server runs and is reachable from here")
            }
        }

        private static func readOnly(_ name: String, _ message: String) -> StoreError {
            StoreError(.readOnly, "the database \(name) accepts no writes (\(message))", mend: primary)
        }

        static let primary = "name the primary server, or all of them: postgres://…@HOST1,HOST2/DATABASE"
        static let sessionMode =
            "let each client keep its session: in PgBouncer pool_mode = session for this database, else name the server itself"
        static let largerPool =
            "where a pooler such as PgBouncer is between, raise its default_pool_size (and max_db_connections): each process "
            + "of this program keeps up to 12 sessions; else see the pooler's log"
    }
#endif
