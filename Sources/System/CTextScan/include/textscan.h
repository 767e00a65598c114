#pragma once
#include <stddef.h>

// What one look at a message's bytes tells; a bit each.
enum {
    // A CR without its LF or an LF without its CR.
    TEXTSCAN_BARE_LINE_END = 1,
    // A dot that leads a line (not the first: look at that yourself).
    TEXTSCAN_LEADING_DOT = 2,
    // A byte above 127.
    TEXTSCAN_EIGHT_BIT = 4,
};

// Looks at `count` bytes, of which the last is taken to be followed by `next`.
int broadsheet_text_scan(const unsigned char *bytes, size_t count, unsigned char next);

// Whether there is a tab, two spaces together, or a space before a CR: what relaxed canonicalisation (RFC 6376 section
// 3.4.4) changes. `next` as above.
int broadsheet_loose_space(const unsigned char *bytes, size_t count, unsigned char next);
