/* review — the rule of the draw, what may follow what, what is sealed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/review/review.h"

#include "base/arena.h"
#include "host/seal/seal.h"

#define SALT_BYTES 16
#define MOST_OF_A_SERVICE 1000

const str review_outcome_key[REVIEW_OUTCOMES] = {
    [REVIEW_IN_ORDER] = STR_INIT("in_order"),
    [REVIEW_FINDING] = STR_INIT("finding"),
    [REVIEW_CORRECTED] = STR_INIT("corrected"),
};
const char *const review_outcome_name[REVIEW_OUTCOMES] = {
    [REVIEW_IN_ORDER] = MSG("In order"),
    [REVIEW_FINDING] = MSG("Finding"),
    [REVIEW_CORRECTED] = MSG("Corrected"),
};

bool review_outcome_from_key(str key, enum review_outcome *ret)
{
    for (int i = 0; i < REVIEW_OUTCOMES; i++) {
        if (str_equal(review_outcome_key[i], key)) {
            *ret = (enum review_outcome)i;
            return true;
        }
    }
    return false;
}

/* One service in one version: a part of the draw of its own. */
static err draw_part(struct arena *a, str seed, struct review_case *list, size_t count,
                     size_t first, bool *taken)
{
    size_t *places = ARENA_ARRAY(a, count + 1, size_t), *chosen, n = 0, quota;
    str *keys = ARENA_ARRAY(a, count + 1, str);
    struct lot_share share = { .percent = list[first].sample, .most = MOST_OF_A_SERVICE };

    if (places == NULL || keys == NULL) {
        return err_no_memory;
    }
    for (size_t i = first; i < count; i++) {
        if (str_equal(list[i].service, list[first].service) &&
            list[i].service_version == list[first].service_version) {
            taken[i] = true;
            places[n] = i;
            keys[n++] = list[i].number;
        }
    }
    quota = lot_quota(&share, n);
    TRY(lots_draw(a, seed, keys, n, quota, &chosen));
    for (size_t i = 0; i < quota; i++) {
        list[places[chosen[i]]].drawn = true;
    }
    return NULL;
}

err review_draw(struct arena *a, str seed, struct review_case *list, size_t count)
{
    bool *taken = ARENA_ARRAY(a, count + 1, bool);

    if (taken == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (!taken[i]) {
            TRY(draw_part(a, seed, list, count, i, taken));
        }
    }
    return NULL;
}

bool review_may_follow(const struct review *last, enum review_outcome outcome)
{
    if (last == NULL || last->outcome == REVIEW_IN_ORDER) {
        return outcome != REVIEW_CORRECTED;
    }
    return last->outcome == REVIEW_FINDING ? outcome == REVIEW_CORRECTED
                                           : outcome == REVIEW_FINDING;
}

err review_prepare(struct arena *a, const struct keyring *k, struct review *r,
                   struct mistakes *m)
{
    str salted;

    if (r->outcome != REVIEW_IN_ORDER && str_is_empty(r->note)) {
        mistake_add(m, STR("note"), r->outcome == REVIEW_FINDING
                                        ? SAY("Write what is to be corrected.")
                                        : SAY("Write what was corrected."));
    } else if (str_points(r->note) > REVIEW_NOTE_SIGNS) {
        mistake_add(m, STR("note"), SAY("The note may have at most {max} characters.",
                                        SAY_NUMBER("max", REVIEW_NOTE_SIGNS)));
    }
    if (m->count > 0) {
        FAIL(a, ERR_INPUT, m->first->say, m->first->field, "review");
    }
    if (str_is_empty(r->note)) {
        return NULL;
    }
    salted = str_join(a, seal_random(a, SALT_BYTES), r->note);
    r->note_hash = str_hex(a, seal_sha256(a, salted));
    return seal_close(a, k, (struct seal_place){ r->agency, r->casefile, "review", "note" },
                      salted, &r->note);
}

static void text_check(struct mistakes *m, const char *field, str text, struct words empty)
{
    if (str_is_empty(text)) {
        mistake_add(m, str_of(field), empty);
    } else if (str_points(text) > REVIEW_NOTE_SIGNS) {
        mistake_add(m, str_of(field), SAY("The note may have at most {max} characters.",
                                          SAY_NUMBER("max", REVIEW_NOTE_SIGNS)));
    }
}

err review_confirm_prepare(struct arena *a, const struct keyring *k,
                           struct review_confirm *c, struct mistakes *m)
{
    bool settles = c->settled_by != 0;

    if (settles) {
        text_check(m, "settled", c->settled, SAY("Write what was done."));
    } else if (c->answer == ANSWER_WRONG) {
        text_check(m, "said", c->said, SAY("Write what is wrong, so that we can mend it."));
    }
    if (m->count > 0) {
        FAIL(a, ERR_INPUT, m->first->say, m->first->field, "confirm");
    }
    if (!settles && c->said.len > 0) {
        return seal_close(
            a, k, (struct seal_place){ c->agency, c->casefile, "review_confirm", "said" },
            c->said, &c->said);
    }
    return settles ? seal_close(a, k,
                                (struct seal_place){ c->agency, c->casefile,
                                                     "review_confirm", "settled" },
                                c->settled, &c->settled)
                   : NULL;
}
