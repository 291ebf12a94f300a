/* proof_store — rows against events, page by page.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/proof/proof.h"

static const struct query told_sql = {
    "SELECT at_ms, actor_id, kind, body FROM event WHERE agency_id = ?1 "
    "AND subject_id = ?2 ORDER BY seq",
    "ii",
};
static const struct query *const all_queries[] = { &told_sql };
const struct query_list proof_queries = {
    "proof",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

void proof_fault(struct proof *p, str which, const char *what)
{
    p->faults++;
    p->say(p->context, false,
           str_format(p->a, "agency %lld, %s %.*s: %s", (long long)p->agency, p->what,
                      STR_ARG(which), what));
}

void proof_fault_id(struct proof *p, int64_t id, const char *what)
{
    proof_fault(p, id_text(p->a, id), what);
}

err proof_each(struct proof *p, const struct query *rows,
               err (*each)(struct proof *p, const struct table *t, size_t row))
{
    struct table t = { .rows = 1 };
    int64_t after = 0;

    while (t.rows > 0) {
        struct arena_mark *mark = arena_mark(p->a);

        TRY(snap_query(p->a, p->snap, rows, BIND(bind_int(p->agency), bind_int(after)),
                       &t));
        for (size_t i = 0; i < t.rows; i++) {
            struct arena_mark *row = arena_mark(p->a);

            after = cell_int(&t, i, 0);
            p->rows++;
            TRY(each(p, &t, i));
            arena_reset(p->a, row);
        }
        arena_reset(p->a, mark);
    }
    return NULL;
}

err proof_gone(struct proof *p, const struct query *gone, const char *what)
{
    struct table t;

    TRY(snap_query(p->a, p->snap, gone, BIND(bind_int(p->agency)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        proof_fault_id(p, cell_int(&t, i, 0), what);
    }
    return NULL;
}

err proof_told(struct proof *p, int64_t subject, struct told_list *ret)
{
    struct table t;
    struct told *list;

    TRY(snap_query(p->a, p->snap, &told_sql, BIND(bind_int(p->agency), bind_int(subject)),
                   &t));
    list = ARENA_ARRAY(p->a, t.rows + 1, struct told);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct told){ cell_int(&t, i, 0), cell_int(&t, i, 1),
                                 cell_text(&t, i, 2), NULL };
        TRY(json_parse(p->a, cell_text(&t, i, 3), &list[i].body));
    }
    *ret = (struct told_list){ list, t.rows };
    return NULL;
}

size_t told_count(const struct told_list *list, str kind)
{
    size_t n = 0;

    for (size_t i = 0; i < list->count; i++) {
        n += str_equal(list->at[i].kind, kind) ? 1 : 0;
    }
    return n;
}

const struct told *told_only(const struct told_list *list, str kind)
{
    for (size_t i = 0; i < list->count && told_count(list, kind) == 1; i++) {
        if (str_equal(list->at[i].kind, kind)) {
            return &list->at[i];
        }
    }
    return NULL;
}

bool proof_opens(struct proof *p, const struct seal_place *place, str sealed, str hash)
{
    str plain;

    if (p->k == NULL || sealed.len == 0) {
        return p->k == NULL || hash.len == 0;
    }
    return seal_open(p->a, p->k, *place, sealed, &plain) == NULL &&
           (hash.len == 0 || str_equal(str_hex(p->a, seal_sha256(p->a, plain)), hash));
}

static void arena_free_v(void *arena)
{
    arena_free(arena);
}

err proof_run(struct arena *a, struct store *s, const struct proof *begin,
              err (*all)(struct proof *p), const char *as)
{
    struct proof p = *begin;

    p.a = arena_new(0);
    if (p.a == NULL || !arena_defer(a, arena_free_v, p.a)) {
        return err_no_memory;
    }
    TRY(snap_begin(p.a, s, &p.snap));
    err e = all(&p);

    snap_end(p.snap);
    if (e == NULL && p.faults == 0) {
        p.say(p.context, true,
              str_format(a, "agency %lld: %lld %s", (long long)p.agency, (long long)p.rows,
                         as));
    }
    return e;
}
