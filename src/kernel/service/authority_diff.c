/* authority_diff — one delegation-of-authority table beside another: which matters are
 * decided, proposed, passed on or consulted otherwise, and the services that this touches.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "kernel/service/diff.h"

#define SAYS_MOST 5
#define LIST_BYTES 2000

struct tables {
    struct arena *arena;
    const struct catalog *old, *new;
};

static str levels_text(struct arena *a, unsigned levels)
{
    struct buf b;

    if (levels == 0) {
        return STR("all below");
    }
    buf_init(&b, a, LIST_BYTES);
    for (int l = 0; l < LEVEL_COUNT; l++) {
        if ((levels & (1U << l)) != 0) {
            buf_put_z(&b, buf_str(&b).len > 0 ? ", " : "");
            buf_put(&b, level_key[l]);
        }
    }
    return buf_str(&b);
}

static str units_text(struct arena *a, const struct authority_line *line)
{
    struct buf b;

    buf_init(&b, a, LIST_BYTES);
    for (size_t i = 0; i < line->consults_count; i++) {
        buf_put_z(&b, i > 0 ? ", " : "");
        buf_put(&b, line->consults[i]);
    }
    return line->consults_count > 0 ? buf_str(&b) : STR("nobody");
}

static void say(struct authority_change *c, struct words w)
{
    if (c->says_count < SAYS_MOST) {
        c->says[c->says_count++] = w;
    }
}

/* A matter that is not there is decided by the unit head, and the officer proposes. */
static const struct authority_line unsaid = { .level = LEVEL_UNIT_HEAD,
                                              .proposes = LEVEL_OFFICER };

static void lines_compare(const struct tables *t, const struct authority_line *x,
                          const struct authority_line *y, struct authority_change *c)
{
    str consults[2] = { units_text(t->arena, x), units_text(t->arena, y) };

    if (x->level != y->level) {
        say(c, SAY("Decides: {old} → {new}", SAY_TEXT("old", level_key[x->level]),
                   SAY_TEXT("new", level_key[y->level])));
    }
    if (x->proposes != y->proposes) {
        say(c, SAY("Proposes: {old} → {new}", SAY_TEXT("old", level_key[x->proposes]),
                   SAY_TEXT("new", level_key[y->proposes])));
    }
    if (x->through != y->through) {
        say(c, SAY("Passed on by: {old} → {new}",
                   SAY_TEXT("old", levels_text(t->arena, x->through)),
                   SAY_TEXT("new", levels_text(t->arena, y->through))));
    }
    if (!str_equal(consults[0], consults[1])) {
        say(c, SAY("Consulted each time: {old} → {new}", SAY_TEXT("old", consults[0]),
                   SAY_TEXT("new", consults[1])));
    }
}

static void services_add(const struct catalog *c, str matter, const struct service **list,
                         size_t *io_count)
{
    for (size_t i = 0; i < catalog_count(c, service_kind.name); i++) {
        const struct service *s = catalog_at(c, service_kind.name, i);
        bool known = !str_equal(s->matter, matter);

        for (size_t k = 0; !known && k < *io_count; k++) {
            known = str_equal(list[k]->key, s->key);
        }
        if (!known) {
            list[(*io_count)++] = s;
        }
    }
}

err authority_services(struct arena *a, const struct catalog *old,
                       const struct catalog *new, str matter,
                       const struct service ***ret, size_t *ret_count)
{
    size_t most = catalog_count(old, service_kind.name) +
                  catalog_count(new, service_kind.name);
    const struct service **list = ARENA_ARRAY(a, most + 1, const struct service *);

    *ret_count = 0;
    *ret = list;
    if (list == NULL) {
        return err_no_memory;
    }
    services_add(new, matter, list, ret_count);
    services_add(old, matter, list, ret_count);
    return NULL;
}

/* Leaves `c->says_count` 0 where nothing differs. */
static err matter_compare(const struct tables *t, const struct authority_line *x,
                          const struct authority_line *y, struct authority_change *c)
{
    const struct authority_line *named = y != NULL ? y : x;

    *c = (struct authority_change){ .matter = named->matter, .name = named->name };
    c->says = ARENA_ARRAY(t->arena, SAYS_MOST, struct words);
    if (c->says == NULL) {
        return err_no_memory;
    }
    if (x == NULL) {
        say(c, SAY("A new line of the table."));
    } else if (y == NULL) {
        say(c, SAY("No longer in the table: the unit head decides."));
    }
    lines_compare(t, x != NULL ? x : &unsaid, y != NULL ? y : &unsaid, c);
    return c->says_count == 0 ? NULL
                              : authority_services(t->arena, t->old, t->new, c->matter,
                                                   &c->services, &c->services_count);
}

err authority_diff(struct arena *a, const struct catalog *old, const struct catalog *new,
                   struct authority_change **ret, size_t *ret_count)
{
    const struct tables t = { a, old, new };
    const struct authority *before = authority_get(old), *after = authority_get(new);
    size_t olds = before != NULL ? before->lines_count : 0;
    size_t news = after != NULL ? after->lines_count : 0, count = 0;
    struct authority_change *list = ARENA_ARRAY(a, olds + news + 1,
                                                struct authority_change);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < news; i++) {
        TRY(matter_compare(&t, authority_find(old, after->lines[i].matter),
                           &after->lines[i], &list[count]));
        count += list[count].says_count > 0;
    }
    for (size_t i = 0; i < olds; i++) {
        if (authority_find(new, before->lines[i].matter) == NULL) {
            TRY(matter_compare(&t, &before->lines[i], NULL, &list[count]));
            count += list[count].says_count > 0;
        }
    }
    *ret = list;
    *ret_count = count;
    return arena_failed(a) ? err_no_memory : NULL;
}
