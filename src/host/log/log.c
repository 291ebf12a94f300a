/* log — one JSON line an event, made here and sent on by gather.c.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/log/log.h"

#include "base/day.h"
#include "host/clock/clock.h"
#include "host/log/gather.h"

#include <stdatomic.h>
#include <string.h>

#define LOG_LINE_BYTES 4096
#define LOG_VALUE_BYTES 600

/* Of the log sink, like all of gather.c. */
static _Atomic int log_least = LOG_INFO_LEVEL;

static const char *const level_name[] = { "debug", "info", "warn", "error" };
static const char *const kind_name[] = { "input",    "denied", "missing",
                                         "conflict", "busy",   "broken" };

/* The line in the making; the last bytes are kept for its end. */
struct line {
    char at[LOG_LINE_BYTES];
    size_t len;
};

static void line_put(struct line *l, char c)
{
    if (l->len < LOG_LINE_BYTES - 4) {
        l->at[l->len++] = c;
    }
}

static void line_put_bytes(struct line *l, str s)
{
    size_t room = LOG_LINE_BYTES - 4 - l->len;
    size_t len = s.len < room ? s.len : room;

    memcpy(l->at + l->len, s.at, len);
    l->len += len;
}

static void line_put_z(struct line *l, const char *z)
{
    line_put_bytes(l, str_of(z));
}

/* At least `width` digits. Twice for every request: printf would be a third of the line. */
static void line_put_digits(struct line *l, uint64_t n, int width)
{
    char digits[20];
    int count = 0;

    do {
        digits[count++] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0 || count < width);
    while (count > 0) {
        line_put(l, digits[--count]);
    }
}

static void line_put_int(struct line *l, int64_t n)
{
    if (n < 0) {
        line_put(l, '-');
    }
    line_put_digits(l, n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n, 1);
}

static void line_put_quoted(struct line *l, str s)
{
    static const char hex[] = "0123456789abcdef";
    /* Bytes that are no text would make the line unreadable for its readers. */
    bool is_text = str_is_text(s);
    size_t len = s.len < LOG_VALUE_BYTES ? s.len : LOG_VALUE_BYTES;
    while (len < s.len && len > 0 && ((unsigned char)s.at[len] & 0xC0) == 0x80) {
        len--;
    }
    line_put(l, '"');
    /* Six bytes is what one byte takes at most: a value is never cut inside an escape. */
    for (size_t i = 0; i < len && l->len < LOG_LINE_BYTES - 16; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (!is_text && (c < 0x20 || c >= 0x7F)) {
            line_put(l, '?');
        } else if (c == '"' || c == '\\') {
            line_put(l, '\\');
            line_put(l, (char)c);
        } else if (c < 0x20) {
            line_put_z(l, "\\u00");
            line_put(l, hex[c >> 4]);
            line_put(l, hex[c & 15]);
        } else {
            line_put(l, (char)c);
        }
    }
    line_put(l, '"');
}

/* Keys are ours and need no escape. */
static void line_put_key(struct line *l, const char *key)
{
    line_put_z(l, ",\"");
    line_put_z(l, key);
    line_put_z(l, "\":");
}

static void line_begin(struct line *l, enum log_level level, const char *what)
{
    int64_t now = clock_now_ms();
    struct civil c = day_civil((day)(now / DAY_MS));
    uint64_t ms = (uint64_t)(now % DAY_MS);

    l->len = 0;
    line_put_z(l, "{\"at\":\"");
    line_put_digits(l, (uint64_t)c.year, 4);
    line_put(l, '-');
    line_put_digits(l, (uint64_t)c.month, 2);
    line_put(l, '-');
    line_put_digits(l, (uint64_t)c.date, 2);
    line_put(l, 'T');
    line_put_digits(l, ms / 3600000, 2);
    line_put(l, ':');
    line_put_digits(l, ms / 60000 % 60, 2);
    line_put(l, ':');
    line_put_digits(l, ms / 1000 % 60, 2);
    line_put(l, '.');
    line_put_digits(l, ms % 1000, 3);
    line_put_z(l, "Z\",\"level\":\"");
    line_put_z(l, level_name[level]);
    line_put(l, '"');
    line_put_key(l, "what");
    line_put_quoted(l, str_of(what));
}

static void line_end(struct line *l, enum log_level level)
{
    l->at[l->len++] = '}';
    l->at[l->len++] = '\n';
    gather_put((str){ l->at, l->len }, level >= LOG_ERROR_LEVEL);
}

void log_set_level(enum log_level least)
{
    atomic_store(&log_least, (int)least);
}

void log_pairs(enum log_level level, const char *what, const struct log_pair *pairs,
               size_t count)
{
    if ((int)level < atomic_load(&log_least)) {
        return;
    }
    struct line l;
    line_begin(&l, level, what);
    for (size_t i = 0; i < count && l.len < LOG_LINE_BYTES - LOG_VALUE_BYTES - 200; i++) {
        line_put_key(&l, pairs[i].key);
        if (pairs[i].is_number) {
            line_put_int(&l, pairs[i].number);
        } else {
            line_put_quoted(&l, pairs[i].text);
        }
    }
    line_end(&l, level);
}

void log_err(enum log_level level, const char *what, str request, err e)
{
    if (e == NULL) {
        return;
    }
    LOG(level, what, LOG_STR("request", request),
        LOG_STR("kind", str_of(kind_name[e->kind])), LOG_STR("why", e->why),
        LOG_STR("where", str_of(e->at)));
}
