#include "textscan.h"

// Without branches the compiler looks at many bytes at once, and for processors that have wider registers than the oldest
// of their family it makes a version of its own, which Swift cannot ask for.
#if defined(__x86_64__) && defined(__linux__)
#define WIDE __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define WIDE
#endif

static inline unsigned char look(unsigned char byte, unsigned char next) {
    unsigned char bare = (byte == 13) ^ (next == 10);
    unsigned char dot = (byte == 10) & (next == '.');
    unsigned char eight = byte >> 7;
    return bare | (dot << 1) | (eight << 2);
}

WIDE int broadsheet_text_scan(const unsigned char *bytes, size_t count, unsigned char next) {
    if (count == 0) return 0;
    unsigned char found = 0;
    for (size_t index = 0; index + 1 < count; index++) found |= look(bytes[index], bytes[index + 1]);
    return found | look(bytes[count - 1], next);
}

static inline unsigned char is_loose(unsigned char byte, unsigned char next) {
    return (byte == 9) | ((byte == ' ') & ((next == ' ') | (next == 13) | (next == 9)));
}

WIDE int broadsheet_loose_space(const unsigned char *bytes, size_t count, unsigned char next) {
    if (count == 0) return 0;
    unsigned char found = 0;
    for (size_t index = 0; index + 1 < count; index++) found |= is_loose(bytes[index], bytes[index + 1]);
    return found | is_loose(bytes[count - 1], next);
}
