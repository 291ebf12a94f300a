/* err — why something did not go, for the person and for us.
 *
 * A fallible function returns `err`; NULL means that all is well. Outputs (`ret_…`) are
 * written only on success. The kind decides the HTTP status and the log level, once, at
 * the edge; library code never logs. `why` is for the log and never personal.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BASE_ERR_H
#define BIANMIN_BASE_ERR_H

#include "base/arena.h"
#include "base/str.h"
#include "base/words.h"

enum err_kind {
    ERR_INPUT,    /* 422: the person can mend it */
    ERR_DENIED,   /* 403 */
    ERR_MISSING,  /* 404 */
    ERR_CONFLICT, /* 409: someone was faster, or the state no longer allows it */
    ERR_BUSY,     /* 503: try again later; nothing was kept */
    ERR_BROKEN,   /* 500: our mistake */
};

struct err {
    enum err_kind kind;
    struct words say;
    str field;
    str why;
    const char *at; /* "slot.c:41" */
};
typedef const struct err *err;

#define MUST_CHECK __attribute__((warn_unused_result))

/* The answer where no err can be made any more. ERR_BUSY. */
extern const struct err err_no_memory_value;
#define err_no_memory (&err_no_memory_value)

err err_make(struct arena *a, enum err_kind kind, struct words say, str field,
             const char *at, const char *why_format, ...)
    __attribute__((format(printf, 6, 7), returns_nonnull));

#define ERR_TEXT_(x) #x
#define ERR_LINE_(x) ERR_TEXT_(x)
#define ERR_AT __FILE__ ":" ERR_LINE_(__LINE__)

/* Makes an err as a value: return err_new(...). */
#define err_new(a, kind, say, field, ...) \
    err_is(err_make((a), (kind), (say), (field), ERR_AT, __VA_ARGS__))
/* Tells clang's analyser what it cannot know: an err that was made is never NULL. */
static inline err err_is(err e)
{
#ifdef __clang_analyzer__
    if (e == NULL) {
        __builtin_unreachable();
    }
#endif
    return e;
}
/* FAIL(a, ERR_INPUT, SAY("…"), STR("field"), "why %d", n); returns. */
#define FAIL(a, kind, say, field, ...) return err_new(a, kind, say, field, __VA_ARGS__)
/* Passes an error up. */
#define TRY(call)                 \
    do {                          \
        err try_err_ = (call);    \
        if (try_err_ != NULL) {   \
            return try_err_;      \
        }                         \
    } while (0)

/* Many mistakes at once: what a form, a pack or an import finds. In the order found. */
struct mistake {
    str field;  /* question key, "" for the whole */
    struct words say;
    str place;  /* "file:line:column" for files, else empty */
    struct mistake *next;
};
struct mistakes {
    struct arena *arena;
    struct mistake *first, *last;
    size_t count;
};
void mistakes_init(struct mistakes *m, struct arena *a);
void mistake_add(struct mistakes *m, str field, struct words say);
void mistake_add_at(struct mistakes *m, str field, struct words say, str place);
/* The first one about `field`, or NULL. */
const struct mistake *mistake_of(const struct mistakes *m, str field);

#endif
