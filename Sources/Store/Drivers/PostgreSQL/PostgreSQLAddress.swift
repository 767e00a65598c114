#if PostgreSQL
    import CPostgres

    /// Where a database on a server is: `postgres://user:password@host:port/database?parameters`, as libpq reads it.
    ///
    /// What the address leaves out comes from libpq's own places: PGUSER and its like, `~/.pgpass` for the password. Of a
    /// password nothing is ever shown.
    struct PostgreSQLAddress: Sendable {
        /// Connection parameters by libpq's names.
        let parameters: [String: String]
        /// For people, without user and password.
        let name: String
        /// What connections to it have learnt; one for all copies of an address.
        let knowledge = ServerKnowledge()

        /// Beside what the address says: a server that has gone silent is given up within half a minute.
        private static let defaults = [
            "connect_timeout": "10", "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
            "tcp_user_timeout": "25000", "fallback_application_name": "broadsheet",
        ]

        /// - Throws: ``StoreError`` that does not repeat the address.
        init(_ url: String) throws {
            guard let options = PQconninfoParse(url, nil) else { throw Self.unreadable }
            defer { PQconninfoFree(options) }
            var parameters = Self.defaults
            var option = options
            while let keyword = option.pointee.keyword {
                if let value = option.pointee.val { parameters[String(cString: keyword)] = String(cString: value) }
                option += 1
            }
            // Several hosts are one primary and its standbys, and one name may lead to either: what we want takes writes.
            if parameters["target_session_attrs"] == nil { parameters["target_session_attrs"] = "read-write" }
            parameters["client_encoding"] = "UTF8"
            let host = parameters["host"] ?? parameters["hostaddr"] ?? ""
            // Of a password in which @ or / is not encoded, the rest ends up here.
            guard !host.contains("@"), parameters["port"].map(Self.isPort) ?? true,
                parameters["dbname"]?.contains("@") != true
            else { throw Self.unreadable }
            self.parameters = parameters
            let place = host.isEmpty ? "the local server" : host + (parameters["port"].map { ":\($0)" } ?? "")
            name = "\(parameters["dbname"] ?? parameters["user"] ?? "?") on \(place)"
        }

        /// Whether only a server that takes writes is wanted.
        var wantsPrimary: Bool { ["read-write", "primary"].contains(parameters["target_session_attrs"]) }

        private static func isPort(_ text: String) -> Bool {
            text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ",") }
        }

        private static let unreadable = StoreError(
            .unreachable, "the database's address cannot be read (it may hold a password, so it is not shown)",
            mend:
                "write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for @, %2F for / and so on in the password"
        )
    }
#endif
