/* intake_rules — strokes, order of services, ways, and what a clerk has left blank.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/intake/intake_rules.h"

#include "base/arena.h"
#include "kernel/pack/pack.h"

const struct intake_stroke intake_strokes[INTAKE_STROKES] = {
    { STR_INIT("done"), MSG("Done"), TALLY_DONE, false },
    { STR_INIT("told"), MSG("One-time notice"), TALLY_NOT_DONE, true },
    { STR_INIT("advised"), MSG("Advised only"), TALLY_NOT_DONE, false },
    { STR_INIT("passed_on"), MSG("Passed on"), TALLY_PASSED_ON, false },
};

const struct intake_stroke *intake_stroke_of(str key)
{
    for (size_t i = 0; i < INTAKE_STROKES; i++) {
        if (str_equal(intake_strokes[i].key, key)) {
            return &intake_strokes[i];
        }
    }
    return NULL;
}

/* ---- order ---- */

struct ordering {
    const struct service **list;
    size_t count, most;
};

static void take(struct ordering *o, const struct service *s)
{
    if (s == NULL || o->count == o->most) {
        return;
    }
    for (size_t i = 0; i < o->count; i++) {
        if (o->list[i] == s) {
            return;
        }
    }
    o->list[o->count++] = s;
}

/* Those of a unit ("" of any) that are kept so. */
static void take_of(struct ordering *o, const struct catalog *c, str unit_key,
                    enum service_depth depth)
{
    size_t all = catalog_count(c, "service");

    for (size_t i = 0; i < all && o->count < INTAKE_FIRST; i++) {
        const struct service *s = catalog_at(c, "service", i);

        if (s->depth == depth && (unit_key.len == 0 || str_equal(s->unit, unit_key))) {
            take(o, s);
        }
    }
}

err intake_order(struct arena *a, const struct catalog *c, str unit_key,
                 const struct tally_use *used, size_t used_count,
                 const struct service ***ret, size_t *ret_count)
{
    size_t all = catalog_count(c, "service");
    struct ordering o = { .list = ARENA_ARRAY(a, all + 1, const struct service *),
                          .most = all };

    if (o.list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < used_count && o.count < INTAKE_FIRST; i++) {
        take(&o, service_get(c, used[i].service));
    }
    take_of(&o, c, unit_key, DEPTH_SHORT);
    take_of(&o, c, STR(""), DEPTH_SHORT);
    take_of(&o, c, unit_key, DEPTH_FULL);
    for (size_t i = 0; i < all; i++) {
        take(&o, catalog_at(c, "service", i));
    }
    *ret = o.list;
    *ret_count = o.count;
    return NULL;
}

/* ---- ways ---- */

const struct intake_way intake_ways[INTAKE_WAYS] = {
    { CHANNEL_COUNTER, WAY_COUNTER, MSG("At the counter") },
    { CHANNEL_POST, WAY_POST, MSG("By post") },
    { CHANNEL_TELEPHONE, WAY_TELEPHONE, MSG("By telephone") },
    { CHANNEL_HOME, WAY_HOME, MSG("At the applicant's home") },
    { CHANNEL_CROSS_OFFICE, WAY_CROSS_OFFICE, MSG("Handed in at another office") },
};

bool intake_has_way(const struct service *s, const struct intake_way *w)
{
    return w->way == WAY_COUNTER || (s->ways & 1U << w->way) != 0;
}

const struct intake_way *intake_way_of(const struct service *s, str key)
{
    for (size_t i = 0; i < INTAKE_WAYS; i++) {
        if (str_equal(case_channel_key[intake_ways[i].channel], key) &&
            intake_has_way(s, &intake_ways[i])) {
            return &intake_ways[i];
        }
    }
    return NULL;
}

const str intake_identity_key[INTAKE_IDENTITIES] = {
    STR_INIT("number_on_file"), STR_INIT("questions"), STR_INIT("known"),
};
const char *const intake_identity_name[INTAKE_IDENTITIES] = {
    MSG("Called back at a number that the office had on file"),
    MSG("Asked for data that only the applicant knows"),
    MSG("Known in person to the clerk"),
};

bool intake_is_identity(str key)
{
    for (size_t i = 0; i < INTAKE_IDENTITIES; i++) {
        if (str_equal(intake_identity_key[i], key)) {
            return true;
        }
    }
    return false;
}

/* ---- what is blank ---- */

bool intake_is_blank(const struct answer *x)
{
    bool blank = x->json.len == 0 && x->chosen_count == 0 && x->rows_count == 0;

    for (size_t i = 0; blank && i < sizeof x->typed / sizeof x->typed[0]; i++) {
        blank = str_is_empty(str_trim(x->typed[i]));
    }
    return blank;
}

struct answer *intake_answer_about(const struct answers *s, str field)
{
    for (size_t i = 0; i < s->count; i++) {
        str key = s->list[i].question->key;

        if (str_starts(field, key) && (field.len == key.len || field.at[key.len] == '.')) {
            return &s->list[i];
        }
    }
    return NULL;
}
