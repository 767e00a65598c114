#pragma once
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <string.h>
#include <sys/timex.h>

// The resolver's state is a struct with unions that Swift cannot fill in, and its functions are macros.

// Asks for the records of one type of a name: by the servers of resolv.conf, or by `server` (IPv4) where it is given.
// Returns the length of the answer, which may be more than `capacity`, or -1 with the reason of <netdb.h> in `why`.
static inline int broadsheet_dns_query(
    const char *server, unsigned short port, int seconds, const char *name, int type, unsigned char *answer,
    int capacity, int *why) {
    struct __res_state state;
    memset(&state, 0, sizeof state);
    if (res_ninit(&state) != 0) {
        *why = NO_RECOVERY;
        return -1;
    }
    state.retrans = seconds;
    state.retry = 2;
    state.options &= ~(unsigned long)(RES_DEFNAMES | RES_DNSRCH);
    if (server) {
        state.nscount = 1;
        memset(&state.nsaddr_list[0], 0, sizeof state.nsaddr_list[0]);
        state.nsaddr_list[0].sin_family = AF_INET;
        state.nsaddr_list[0].sin_port = htons(port);
        if (inet_pton(AF_INET, server, &state.nsaddr_list[0].sin_addr) != 1) {
            res_nclose(&state);
            *why = NO_RECOVERY;
            return -1;
        }
    }
    int length = res_nquery(&state, name, C_IN, type, answer, capacity);
    *why = length < 0 ? state.res_h_errno : 0;
    res_nclose(&state);
    return length;
}

// Finds the data of the records of one type in an answer: where each begins, and how long it is. Returns how many there are, at
// most `most`, or -1 for a message that is no answer. What stands behind the answers is not looked at, for some routers put
// there what does not belong there.
static inline int broadsheet_dns_records(
    const unsigned char *message, int length, int type, int *starts, int *lengths, int most) {
    const unsigned char *end = message + length, *at = message + NS_HFIXEDSZ;
    int found = 0, skipped;
    char owner[NS_MAXDNAME];
    if (length < NS_HFIXEDSZ) return -1;
    if (ns_get16(message + 4) > 0 && dn_expand(message, end, at, owner, sizeof owner) < 0) return -1;
    skipped = ns_skiprr(at, end, ns_s_qd, (int)ns_get16(message + 4));
    if (skipped < 0) return -1;
    at += skipped;
    for (int left = (int)ns_get16(message + 6); left > 0 && found < most; left--) {
        int name = dn_expand(message, end, at, owner, sizeof owner);
        skipped = ns_skiprr(at, end, ns_s_an, 1);
        if (name < 0 || skipped < 0) return -1;
        // An alias's target follows in the same answer.
        if ((int)ns_get16(at + name) == type) {
            int before = name + NS_RRFIXEDSZ;
            starts[found] = (int)(at - message) + before;
            lengths[found++] = skipped - before;
        }
        at += skipped;
    }
    return found;
}

// Writes a name of a message as text, without its last dot. Returns -1 for one that runs over the end or in a circle.
static inline int broadsheet_dns_name(
    const unsigned char *message, int length, int start, char *text, int capacity) {
    return dn_expand(message, message + length, message + start, text, capacity);
}

// 1 where the kernel's clock is kept by NTP or the like, 0 where it is not, -1 where it cannot be told. Changes nothing.
static inline int broadsheet_clock_is_kept(void) {
    struct timex state;
    memset(&state, 0, sizeof state);
    int result = adjtimex(&state);
    return result < 0 ? -1 : result == TIME_ERROR || (state.status & STA_UNSYNC) ? 0 : 1;
}
