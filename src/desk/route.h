/* route — which function answers which address, as const tables.
 *
 * Patterns are written without the language: "/{agency}/services/{key}". What a route says
 * (who may, how large a body, which lane) is checked once, before its functions.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_ROUTE_H
#define BIANMIN_DESK_ROUTE_H

#include "base/err.h"
#include "kernel/party/party.h"

struct ask;
struct reply;
struct tx;

enum method { GET, POST }; /* HEAD is answered as GET without a body */

/* Who may. On /staff/ pages nobody signed in: 303 to sign-in; wrong duty: 404. Not the
 * owner of the case in the path ({case}): 303 to the page that asks for number and code. */
enum may {
    MAY_ANYONE,
    MAY_STAFF, /* signed in, any duty */
    MAY_DUTY,  /* one of `.duties` */
    MAY_OWNER, /* the citizen who knows the code of the case (desk/guard/owner.h) */
    MAY_CODE,  /* a program that sends a lookup code; 401 without. The handler proves it. */
};
enum lane { LANE_INLINE, LANE_SLOW };

struct beats {
    size_t wish_size, made_size;
    err (*check)(struct ask *q, void *wish);
    err (*commit)(struct ask *q, struct tx *tx, const void *wish, void *made);
    err (*reply)(struct ask *q, struct reply *r, const void *made);
};

struct route {
    enum method method;
    const char *pattern;
    const char *name;  /* "services.one": links are made by it */
    enum may may;
    duty_set duties;
    err (*show)(struct ask *q, struct reply *r);
    const struct beats *beats;
    err (*again)(struct ask *q, struct reply *r); /* the show function after a refusal */
    enum lane lane;
    size_t body_max;  /* bytes; 0: 64 KiB. Files do not count, they stream to the store */
    bool takes_files;
    bool is_api;      /* JSON in and out, errors as JSON, no cookies */
    bool cached;      /* public page kept by address, language, look; names its topics */
    bool secret;      /* passwords: what was typed never goes into a page */
    bool of_city;     /* staff: also for people of the city itself, who have no cases */
    const char *help; /* one line for the site map and API description; MSG("…") */
};

/* Typed trampolines: BEATS(take, struct booking_wish, struct booking) makes take_beats out
 * of take_check, take_commit and take_reply. */
#define BEATS(name, wish_type, made_type)                     \
    BEATS_STEPS_(name, wish_type, made_type)                  \
    static const struct beats name##_beats = {                \
        sizeof(wish_type), sizeof(made_type), name##_check_v, \
        name##_commit_v,   name##_reply_v,                    \
    };
#define BEATS_STEPS_(name, wish_type, made_type)                                           \
    static err name##_check_v(struct ask *q, void *wish)                                   \
    {                                                                                      \
        return name##_check(q, wish);                                                      \
    }                                                                                      \
    static err name##_commit_v(struct ask *q, struct tx *tx, const void *wish, void *made) \
    {                                                                                      \
        return name##_commit(q, tx, wish, made);                                           \
    }                                                                                      \
    static err name##_reply_v(struct ask *q, struct reply *r, const void *made)            \
    {                                                                                      \
        return name##_reply(q, r, made);                                                   \
    }
/* Where routes stand in another file: gives them out as `struct beats` under a wider
 * name. */
#define BEATS_OUT(name, wide_name, wish_type, made_type)      \
    BEATS_STEPS_(name, wish_type, made_type)                  \
    const struct beats wide_name = {                          \
        sizeof(wish_type), sizeof(made_type), name##_check_v, \
        name##_commit_v,   name##_reply_v,                    \
    };

#endif
