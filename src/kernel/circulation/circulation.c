/* circulation — kinds, what may be sent, and to whom it comes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/circulation/circulation.h"

#include "base/arena.h"
#include "host/seal/seal.h"

const str circulation_kind_key[CIRCULATION_KINDS] = {
    [CIRCULATION_LIST] = STR_INIT("list"),
    [CIRCULATION_CLIPPING] = STR_INIT("clipping"),
    [CIRCULATION_LAW] = STR_INIT("law"),
    [CIRCULATION_COMMENDATION] = STR_INIT("commendation"),
    [CIRCULATION_CHECK] = STR_INIT("check"),
    [CIRCULATION_OTHER] = STR_INIT("other"),
};
const char *const circulation_kind_name[CIRCULATION_KINDS] = {
    [CIRCULATION_LIST] = MSG("List"),
    [CIRCULATION_CLIPPING] = MSG("Clipping"),
    [CIRCULATION_LAW] = MSG("Change of law"),
    [CIRCULATION_COMMENDATION] = MSG("Commendation"),
    [CIRCULATION_CHECK] = MSG("Result of a check"),
    [CIRCULATION_OTHER] = MSG("Something else"),
};

bool circulation_kind_from_key(str key, enum circulation_kind *ret)
{
    for (int i = 0; i < CIRCULATION_KINDS; i++) {
        if (str_equal(circulation_kind_key[i], key)) {
            *ret = (enum circulation_kind)i;
            return true;
        }
    }
    return false;
}

void circulation_check(const struct circulation *c, size_t readers, day today,
                       struct mistakes *m)
{
    if (str_is_empty(c->title)) {
        mistake_add(m, STR("title"), SAY("Write what it is about."));
    } else if (str_points(c->title) > CIRCULATION_TITLE_SIGNS) {
        mistake_add(m, STR("title"), SAY("The title may have at most {max} characters.",
                                         SAY_NUMBER("max", CIRCULATION_TITLE_SIGNS)));
    }
    if (str_points(c->text) > CIRCULATION_TEXT_SIGNS) {
        mistake_add(m, STR("text"), SAY("The text may have at most {max} characters.",
                                        SAY_NUMBER("max", CIRCULATION_TEXT_SIGNS)));
    } else if (str_is_empty(c->text) && str_is_empty(c->link) && c->file == 0) {
        mistake_add(m, STR("text"), SAY("Write a text, or add a file or a link."));
    }
    if (c->due != DAY_NONE && c->due < today) {
        mistake_add(m, STR("due"), SAY("This day is over. Choose today or later."));
    }
    if (readers == 0) {
        mistake_add(m, STR("to"), SAY("Choose at least one colleague or unit."));
    } else if (readers > CIRCULATION_READERS_MOST) {
        mistake_add(m, STR("to"), SAY("At most {max} people. Choose fewer.",
                                      SAY_NUMBER("max", CIRCULATION_READERS_MOST)));
    }
}

static bool is_in(const int64_t *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == id) {
            return true;
        }
    }
    return false;
}

err circulation_readers_of(struct arena *a, const struct staff *people, size_t people_count,
                           const int64_t *staff, size_t staff_count, const int64_t *units,
                           size_t units_count, int64_t sender,
                           struct circulation_reader **ret, size_t *ret_count)
{
    struct circulation_reader *list =
        ARENA_ARRAY(a, people_count + 1, struct circulation_reader);
    size_t n = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < people_count; i++) {
        const struct staff *s = &people[i];

        if (s->active && s->id != sender &&
            (is_in(staff, staff_count, s->id) || is_in(units, units_count, s->unit))) {
            list[n++] = (struct circulation_reader){ s->id, s->unit, 0 };
        }
    }
    *ret = list;
    *ret_count = n;
    return NULL;
}

err circulation_seal(struct arena *a, const struct keyring *k, struct circulation *c)
{
    if (str_is_empty(c->text)) {
        c->sealed = STR("");
        return NULL;
    }
    return seal_close(a, k, (struct seal_place){ c->agency, c->id, "circulation", "text" },
                      c->text, &c->sealed);
}

bool circulation_may_see(const struct actor *who, const struct circulation *c,
                         const struct circulation_reader *readers, size_t count)
{
    const duty_set all = DUTY(DUTY_COORDINATOR) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD);

    if (c->sender == who->staff || (actor_serves(who) & all) != 0) {
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        if (readers[i].staff == who->staff) {
            return true;
        }
    }
    return false;
}
