#if PostgreSQL
    import CPostgres
    import Foundation

    /// Finds out why a server was not to be opened.
    ///
    /// Of an attempt to connect libpq gives words only, which are in the server's language. Another attempt asks for the
    /// report in full, in which the SQLSTATE stands between colons whatever the language.
    enum PostgreSQLInquiry {
        private static let patience: Duration = .seconds(3)

        /// - Returns: a SQLSTATE; `25006` for a server that can be opened but takes no writes; empty where nothing is known.
        static func state(_ address: PostgreSQLAddress) -> String {
            var parameters = address.parameters
            parameters["target_session_attrs"] = "any"
            let names = parameters.keys.sorted()
            let started = PostgreSQLConnection.withCStrings(names) { keywords in
                PostgreSQLConnection.withCStrings(names.map { parameters[$0] }) {
                    PQconnectStartParams(keywords, $0, 0)
                }
            }
            guard let handle = started else { return "" }
            defer { PQfinish(handle) }
            PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
            let end = ContinuousClock.now + patience
            var wanted = PGRES_POLLING_WRITING
            while PQstatus(handle) != CONNECTION_BAD {
                var entry = pollfd()
                entry.fd = PQsocket(handle)
                entry.events = Int16(wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT)
                let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
                guard left > 0, poll(&entry, 1, Int32(left)) > 0 else { return "" }
                wanted = PQconnectPoll(handle)
                if wanted == PGRES_POLLING_OK { return address.wantsPrimary ? "25006" : "" }
                if wanted == PGRES_POLLING_FAILED { break }
            }
            return code(in: String(cString: PQerrorMessage(handle)))
        }

        /// `FATAL:  28P01: …`, with the first word in any language.
        static func code(in report: String) -> String {
            report.matches(of: #/:  ([0-9A-Z]{5}): /#).last.map { String($0.1) } ?? ""
        }
    }
#endif
