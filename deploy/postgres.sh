# A PostgreSQL server of the tests' own: in a folder that goes with it, reached by a socket there and by no port. The cluster
# that Debian's package may have made and started is left alone.

postgres_folder=""

# Starts it and sets BROADSHEET_TEST_POSTGRES to its address; stop_postgres ends it.
start_postgres() {
    postgres_folder=$(mktemp -d /tmp/broadsheet-postgres.XXXXXX)
    postgres_bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$postgres_bin" ] || postgres_bin=$(pg_config --bindir)
    # The server refuses to run as root.
    postgres_as=""
    if [ "$(id -u)" -eq 0 ]; then
        postgres_user=nobody
        id postgres >/dev/null 2>&1 && postgres_user=postgres
        chown "$postgres_user" "$postgres_folder"
        postgres_as="runuser -u $postgres_user --"
    fi
    # An order of words that is not that of bytes, so that what relies on the server's is found out.
    # shellcheck disable=SC2086
    (cd "$postgres_folder" && $postgres_as "$postgres_bin/initdb" -D "$postgres_folder/data" -U postgres -A trust -E UTF8 \
        --locale=C.UTF-8 --locale-provider=icu --icu-locale=en --no-sync >"$postgres_folder/initdb.log" 2>&1) || {
        say "initdb failed:"
        cat "$postgres_folder/initdb.log" >&2
        return 1
    }
    cat >>"$postgres_folder/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$postgres_folder'
max_connections = 400
fsync = off
synchronous_commit = off
full_page_writes = off
CONF
    # shellcheck disable=SC2086
    (cd "$postgres_folder" && $postgres_as "$postgres_bin/pg_ctl" -D "$postgres_folder/data" \
        -l "$postgres_folder/data/log" -w -t 60 start >/dev/null) || {
        say "PostgreSQL did not start:"
        cat "$postgres_folder/data/log" >&2
        return 1
    }
    export BROADSHEET_TEST_POSTGRES="postgres://postgres@/postgres?host=$postgres_folder"
}

stop_postgres() {
    [ -n "$postgres_folder" ] || return 0
    # shellcheck disable=SC2086
    [ -f "$postgres_folder/data/postmaster.pid" ] && (cd / && $postgres_as "$postgres_bin/pg_ctl" \
        -D "$postgres_folder/data" -m immediate -w stop >/dev/null 2>&1)
    rm -rf "$postgres_folder"
    postgres_folder=""
}
