/* check — what only shows when the parts of a definition, or several definitions, are seen
 * together.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/check.h"

#include "base/arena.h"
#include "kernel/office/office.h"

static void unknown(struct pack_reader *r, int line, int column, str word, const str *known,
                    size_t count)
{
    str near = pack_nearest(r->arena, word, known, count);

    if (near.len > 0) {
        pack_mistake_at(r, line, column,
                        SAY("\"{word}\" is not known here. Did you mean \"{nearest}\"?",
                            SAY_TEXT("word", word), SAY_TEXT("nearest", near)));
    } else {
        pack_mistake_at(
            r, line, column,
            SAY("\"{word}\" is neither a unit nor a matter of this office. Write it "
                "into office.yaml or authority.yaml first.",
                SAY_TEXT("word", word)));
    }
}

static void unit_link(struct pack_reader *r, const struct office *o,
                      const struct service *s)
{
    str *keys = ARENA_ARRAY(r->arena, o->units_count, str);

    for (size_t i = 0; keys != NULL && i < o->units_count; i++) {
        keys[i] = o->units[i].key;
        if (str_equal(keys[i], s->unit)) {
            return;
        }
    }
    if (keys != NULL) {
        unknown(r, s->unit_line, 7, s->unit, keys, o->units_count);
    }
}

static void matter_link(struct pack_reader *r, const struct authority *t,
                        const struct service *s)
{
    str *keys = ARENA_ARRAY(r->arena, t->lines_count, str);

    for (size_t i = 0; keys != NULL && i < t->lines_count; i++) {
        keys[i] = t->lines[i].matter;
        if (str_equal(keys[i], s->matter)) {
            return;
        }
    }
    if (keys != NULL) {
        unknown(r, s->matter_line, 9, s->matter, keys, t->lines_count);
    }
}

/* Where the pack brings an office and its authority table, both must know the service. */
void service_link(struct pack_reader *r, const struct catalog *c, void *thing)
{
    const struct service *s = thing;

    if (office_get(c) != NULL) {
        unit_link(r, office_get(c), s);
    }
    if (authority_get(c) != NULL && s->matter.len > 0) {
        matter_link(r, authority_get(c), s);
    }
}


void service_check(struct pack_reader *r, const struct service *s, day today)
{
    (void)r;
    (void)s;
    (void)today;
}
