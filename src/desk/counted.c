/* counted — a small table under a lock.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/counted.h"

#include <pthread.h>
#include <string.h>

#include "base/arena.h"
#include "desk/ask.h"
#include "desk/inside.h"

#define PLACES 4096

struct counted_place {
    int64_t agency, count; /* count 0: free */
    size_t len;
    char what[COUNTED_WHAT];
};
struct counted {
    pthread_mutex_t lock;
    struct counted_place *places;
};

err counted_open(struct arena *a, struct counted **ret)
{
    struct counted *t = ARENA_NEW(a, struct counted);

    if (t == NULL) {
        return err_no_memory;
    }
    t->places = ARENA_ARRAY(a, PLACES, struct counted_place);
    if (t->places == NULL) {
        return err_no_memory;
    }
    pthread_mutex_init(&t->lock, NULL);
    *ret = t;
    return NULL;
}

static bool is_here(const struct counted_place *p, int64_t agency, str what)
{
    return p->agency == agency && p->len == what.len &&
           memcmp(p->what, what.at, what.len) == 0;
}

/* FNV-1a. */
static size_t first_place(int64_t agency, str what)
{
    uint64_t h = UINT64_C(14695981039346656037) ^ (uint64_t)agency;

    for (size_t i = 0; i < what.len; i++) {
        h = (h ^ (unsigned char)what.at[i]) * UINT64_C(1099511628211);
    }
    return (size_t)(h % PLACES);
}

static void add(struct counted *t, int64_t agency, str what, int64_t count)
{
    size_t at = first_place(agency, what);

    if (what.len == 0 || what.len > COUNTED_WHAT) {
        return;
    }
    pthread_mutex_lock(&t->lock);
    for (size_t i = 0; i < PLACES; i++) {
        struct counted_place *p = &t->places[(at + i) % PLACES];

        if (p->count == 0 && !is_here(p, agency, what)) {
            p->agency = agency;
            p->len = what.len;
            memcpy(p->what, what.at, what.len);
        }
        if (is_here(p, agency, what)) {
            p->count += count;
            break;
        }
    }
    pthread_mutex_unlock(&t->lock);
}

void counted_note(const struct ask *q, str what)
{
    add(q->desk->counted, q->agency->id, what, 1);
}

err counted_take(struct arena *a, struct desk *d, str prefix, struct counted_row **ret,
                 size_t *ret_count)
{
    struct counted *t = d->counted;
    struct counted_row *list = ARENA_ARRAY(a, PLACES, struct counted_row);
    size_t count = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    pthread_mutex_lock(&t->lock);
    for (size_t i = 0; i < PLACES; i++) {
        struct counted_place *p = &t->places[i];
        str what = { p->what, p->len };

        if (p->count > 0 && str_starts(what, prefix)) {
            list[count] = (struct counted_row){ p->agency, p->count, str_copy(a, what) };
            if (arena_failed(a)) {
                break;
            }
            count++;
            p->count = 0;
        }
    }
    pthread_mutex_unlock(&t->lock);
    *ret = list;
    *ret_count = count;
    return NULL;
}

void counted_untake(struct desk *d, const struct counted_row *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add(d->counted, list[i].agency, list[i].what, list[i].count);
    }
}
