#pragma once
#include <libpq-fe.h>
#include <stddef.h>

// Swift cannot write a C function that takes a va_list, so notices are dropped here.

static inline void broadsheet_drop_notice(void *nothing, const PGresult *notice) {
    (void)nothing;
    (void)notice;
}

static inline void broadsheet_silence(PGconn *connection) {
    PQsetNoticeReceiver(connection, broadsheet_drop_notice, NULL);
}

// These are macros of characters, which Swift does not import.

static inline const char *broadsheet_sqlstate(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

static inline const char *broadsheet_primary_message(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}
