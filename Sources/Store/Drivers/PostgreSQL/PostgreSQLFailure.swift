#if PostgreSQL
    import Foundation

    /// What the server or libpq said went wrong.
    struct PostgreSQLFailure: Error {
        enum Stage: Sendable {
            case connecting
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

        /// Another transaction was in the way and this one did not happen: a try soon may succeed.
        var isConflict: Bool { ["40001", "40P01"].contains(state) }

        /// The schema was changed by another process: what was prepared has to be prepared anew.
        var isStalePlan: Bool { state == "0A000" && message.contains("cached plan") }

        /// The server starts, stops or recovers, by its own words; these come before it has told its SQLSTATE.
        var isPassing: Bool {
            isLost
                || stage == .connecting
                    && ["starting up", "shutting down", "not yet accepting", "recovery"].contains(
                        where: message.contains)
        }

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
            case .working: break
            }
            switch state {
            case "53100", "58030":
                return StoreError(
                    .full, "the disk of the server of \(name) is full or failed (\(message))",
                    mend: "free some space there; the last transaction was undone")
            case "25006":
                return StoreError(
                    .readOnly, "the database \(name) takes no writes (\(message))",
                    mend: "name the primary server, or all of them: postgres://…@HOST1,HOST2/DATABASE")
            case "42501":
                return StoreError(
                    .readOnly, "this user may not do that in the database \(name) (\(message))",
                    mend: "make the user the owner of the database: ALTER DATABASE … OWNER TO …")
            case "55P03", "57014", "40001", "40P01":
                return StoreError(
                    .busy, "others have held the database \(name) for too long (\(message))",
                    mend: "try again; `SELECT * FROM pg_stat_activity` there shows who")
            case "53200", "53300", "53400":
                return StoreError(
                    .busy, "the server of \(name) has no more room (\(message))",
                    mend: "raise max_connections or memory there, or run fewer processes")
            case let state where state.hasPrefix("23"):
                return StoreError(
                    .conflict, "the database refused a row (\(message))", mend: "see whether it is there already")
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

        /// Before there is a connection libpq knows no SQLSTATE; the server's words may be in any language.
        private func connecting(_ address: PostgreSQLAddress) -> StoreError {
            func has(_ words: String...) -> Bool { words.contains(where: message.contains) }
            let mend =
                if has("password", "pg_hba.conf", "authentication", "role ") {
                    "check user and password in the address, and the server's pg_hba.conf"
                } else if has("database \"") {
                    "make it there: createdb --encoding=UTF8 NAME"
                } else if has("too many clients", "connection slots", "too many connections") {
                    "raise max_connections there, or run fewer processes"
                } else if has("read-only", "standby", "not in recovery") {
                    "name the primary server, or all of them: postgres://…@HOST1,HOST2/DATABASE"
                } else {
                    "see whether the server runs and can be reached from here"
                }
            let kind: StoreError.Kind = has("too many clients", "connection slots") ? .busy : .unreachable
            return StoreError(kind, "cannot open the database \(address.name) (\(message))", mend: mend)
        }
    }
#endif
