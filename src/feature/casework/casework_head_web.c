/* casework_head — pages for who leads: seals by service, handing over the desk of a
 * colleague.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk.view.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/casework/casework_head_view.h"
#include "feature/casework/casework_rules.h"
#include "feature/casework/casework_web.h"
#include "host/lang/lang.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/head/head.h"
#include "kernel/service/service.h"

#define HANDED_AT_ONCE 200

/* ---- /staff/desk ---- */

/* "林文華 課員 (12 open cases)"; who has gone to another unit is named with it. */
static str desk_text(struct ask *q, const struct staff *s, int64_t cases)
{
    struct label unit = { 0 };
    size_t count;
    const struct unit *units = ask_units(q, &count);
    struct words w = SAY("{name} {title} ({cases} open cases)", SAY_TEXT("name", s->name),
                         SAY_TEXT("title", s->title), SAY_NUMBER("cases", cases));

    for (size_t i = 0; i < count; i++) {
        unit = units[i].id == s->unit ? units[i].name : unit;
    }
    if (!s->active) {
        w = SAY("{name} {title}, may not sign in any more ({cases} open cases)",
                SAY_TEXT("name", s->name), SAY_TEXT("title", s->title),
                SAY_NUMBER("cases", cases));
    } else if (s->unit != q->actor.unit) {
        w = SAY("{name} {title}, now in {unit} ({cases} open cases)",
                SAY_TEXT("name", s->name), SAY_TEXT("title", s->title),
                SAY_TEXT("unit", label_in(&unit, q->lang)), SAY_NUMBER("cases", cases));
    }
    return lang_say(q->arena, q->lang, w);
}

/* From whom: those of this unit, and who still has cases of it. To whom: its officers. */
static err people_fill(struct ask *q, struct casework_desk *p)
{
    struct staff *people;
    struct case_desk *desks;
    size_t count, desks_count;
    struct casework_option *from, *to;
    const struct casefile mine = { .agency = q->agency->id, .unit = q->actor.unit };

    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    TRY(casefile_desks(q->arena, q->snap, q->agency->id, q->actor.unit, &desks,
                       &desks_count));
    from = ARENA_ARRAY(q->arena, count + 1, struct casework_option);
    to = ARENA_ARRAY(q->arena, count + 1, struct casework_option);
    if (from == NULL || to == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        struct casework_option o = { .value = id_text(q->arena, people[i].id) };
        int64_t cases = 0;

        for (size_t n = 0; n < desks_count; n++) {
            cases = desks[n].officer == people[i].id ? desks[n].cases : cases;
        }
        o.text = desk_text(q, &people[i], cases);
        if (cases > 0 || (people[i].unit == q->actor.unit && people[i].active)) {
            o.chosen = str_equal(ask_field(q, "from"), o.value);
            from[p->from_count++] = o;
        }
        if (casefile_may_work(&people[i], &mine)) {
            o.chosen = str_equal(ask_field(q, "to"), o.value);
            to[p->to_count++] = o;
        }
    }
    p->from = from;
    p->to = to;
    return NULL;
}

err casework_desk_page(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Hand over a desk"),
                               .current = "casework.desk" };
    struct casework_desk p = {
        .form_token = q->session.form_token, .action = link_to(q, "casework.hand_over"),
        .mistakes = shell_mistakes(q), .from_error = shell_mistake_of(q, "from"),
        .to_error = shell_mistake_of(q, "to"),
    };

    p.from_bad = p.from_error.id != NULL;
    p.to_bad = p.to_error.id != NULL;
    p.done = q->method == GET && str_to_int(ask_param(q, "handed"), &p.handed);
    p.left = str_equal(ask_param(q, "left"), STR("1"));
    TRY(people_fill(q, &p));
    return REPLY_VIEW(q, r, &page, desk, &p);
}

struct hand_wish {
    int64_t from, to;
};
struct hand_made {
    int64_t count, left;
};

static err hand_check(struct ask *q, struct hand_wish *w)
{
    if (!id_parse(ask_field(q, "from"), &w->from)) {
        mistake_add(&q->mistakes, STR("from"), SAY("Choose a colleague."));
    }
    if (!id_parse(ask_field(q, "to"), &w->to) || w->to == w->from) {
        mistake_add(&q->mistakes, STR("to"), SAY("Choose another colleague."));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "desk");
    }
    return NULL;
}

static err hand_commit(struct ask *q, struct tx *tx, const struct hand_wish *w,
                       struct hand_made *made)
{
    return casefile_hand_over(q->arena, tx, &q->actor, w->from, w->to, q->now_ms,
                              HANDED_AT_ONCE, &made->count, &made->left);
}

static err hand_reply(struct ask *q, struct reply *r, const struct hand_made *made)
{
    struct url u = url_with(q, link_to(q, "casework.desk"), "handed",
                            str_format(q->arena, "%lld", (long long)made->count));

    return reply_see(q, r, made->left > 0 ? url_with(q, u, "left", STR("1")) : u);
}

BEATS_OUT(hand, casework_hand_beats, struct hand_wish, struct hand_made)
