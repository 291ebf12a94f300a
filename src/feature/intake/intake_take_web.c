/* intake_take — the posted page of a matter: answers, papers, way of applying, what could
 * not be given; and what follows from the button that was pressed.
 *
 * Nothing that is wrong stops a one-time notice: it tells what is missing. Everything else
 * is said at once, and nothing typed is lost.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "desk/field/field.h"
#include "feature/intake/intake_web.h"
#include "host/seal/seal.h"
#include "kernel/calendar/calendar.h"

#define NAME_SIGNS 60
#define GROUND_SIGNS 500

static enum intake_act act_of(str key)
{
    static const struct {
        const char *key;
        enum intake_act act;
    } acts[] = {
        { "notice", INTAKE_NOTICE },
        { "incomplete", INTAKE_INCOMPLETE },
        { "accept", INTAKE_ACCEPT },
    };

    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        if (str_equal(str_of(acts[i].key), key)) {
            return acts[i].act;
        }
    }
    return INTAKE_LOOK;
}

static bool is_chosen(const struct ask *q, const char *name, str value)
{
    str values[CSV_FIELDS];
    size_t count = ask_fields(q, str_of(name), values, CSV_FIELDS);

    for (size_t i = 0; i < count; i++) {
        if (str_equal(values[i], value)) {
            return true;
        }
    }
    return false;
}

/* ---- answers ---- */

/* What was left blank is a gap, not a mistake; files are papers here. */
static void mistakes_sort(struct ask *q, struct intake_wish *w)
{
    struct mistakes kept;

    mistakes_init(&kept, q->arena);
    for (const struct mistake *m = q->mistakes.first; m != NULL; m = m->next) {
        const struct answer *x = intake_answer_about(&w->answers, m->field);

        if (x != NULL && question_takes_file(x->question)) {
            continue;
        }
        if (x != NULL && intake_is_blank(x)) {
            mistake_add(&w->gaps, x->question->key, m->say);
        } else {
            mistake_add(&kept, m->field, m->say);
        }
    }
    q->mistakes = kept;
    if (w->act == INTAKE_NOTICE) {
        mistakes_init(&q->mistakes, q->arena);
    }
}

/* The gaps that the clerk goes on without, with the reason once for all. */
static void gaps_take(struct ask *q, struct intake_wish *w)
{
    struct mistakes left;
    struct buf keys;

    mistakes_init(&left, q->arena);
    buf_init(&keys, q->arena, 8192);
    for (const struct mistake *m = w->gaps.first; m != NULL; m = m->next) {
        if (is_chosen(q, "without", m->field)) {
            buf_put_z(&keys, buf_str(&keys).len > 0 ? " " : "");
            buf_put(&keys, m->field);
        } else {
            mistake_add(&left, m->field, m->say);
        }
    }
    w->record.without = buf_str(&keys);
    w->record.ground = str_trim(ask_field(q, "ground"));
    if (w->record.without.len > 0 && w->record.ground.len == 0) {
        mistake_add(&q->mistakes, STR("ground"), SAY("Write why it cannot be given."));
    }
    if (str_points(w->record.ground) > GROUND_SIGNS) {
        mistake_add(&q->mistakes, STR("ground"), SAY("At most {max} characters.",
                    SAY_NUMBER("max", GROUND_SIGNS)));
    }
    if (w->act != INTAKE_INCOMPLETE) {
        for (const struct mistake *m = left.first; m != NULL; m = m->next) {
            mistake_add(&q->mistakes, m->field, m->say);
        }
    }
    w->gaps = left;
}

/* ---- papers ---- */

static void paper_take(struct ask *q, const struct intake_wish *w, struct intake_paper *p)
{
    str field = intake_paper_field(q->arena, p);
    enum intake_paper_state state;

    if (!intake_paper_state_from_key(ask_field(q, str_z(q->arena, field)), &state) ||
        (p->kind == ONCE_AGENT_PAPER && !w->record.by_agent)) {
        return;
    }
    if (state == PAPER_NOT_NEEDED && p->needed) {
        if (w->act != INTAKE_NOTICE && p->kind == ONCE_PAPER) {
            mistake_add(&q->mistakes, field, SAY("By the answers “{paper}” is needed too: "
                        "mark whether it is here.", SAY_LABEL("paper", p->name)));
        }
        return;
    }
    if (state != PAPER_MISSING || p->needed) {
        p->state = state;
    }
}

static err papers_take(struct ask *q, struct intake_wish *w)
{
    const struct answers *answers = w->service->depth == DEPTH_FULL ? &w->answers : NULL;

    TRY(intake_papers_of(q->arena, w->service, answers, w->record.by_agent, q->today,
                         &w->papers));
    for (size_t i = 0; i < w->papers.count; i++) {
        struct intake_paper *p = &w->papers.list[i];

        paper_take(q, w, p);
        if (p->state == PAPER_MISSING &&
            (w->act == INTAKE_ACCEPT || w->act == INTAKE_LOOK)) {
            mistake_add(&q->mistakes, intake_paper_field(q->arena, p),
                        SAY("“{paper}” is missing: give a one-time notice, or accept and "
                            "ask for it.", SAY_LABEL("paper", p->name)));
        }
    }
    return NULL;
}

/* ---- way of applying ---- */

static void day_take(struct ask *q, const char *field, day *ret)
{
    if (!day_parse(ask_field(q, field), ret) || *ret > q->today) {
        *ret = DAY_NONE;
    }
}

static void post_take(struct ask *q, struct intake_wish *w)
{
    day_take(q, "postmark", &w->record.filed);
    if (w->record.filed == DAY_NONE) {
        mistake_add(&q->mistakes, STR("postmark"),
                    SAY("Write the day of the postmark, such as {day}: it is the day of "
                        "filing (Administrative Procedure Act, Article 49).",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
    }
}

static void telephone_take(struct ask *q, struct intake_wish *w)
{
    w->record.called_back = ask_field(q, "called_back").len > 0;
    w->record.identity = ask_field(q, "identity");
    if (!intake_is_identity(w->record.identity)) {
        w->record.identity = STR("");
        mistake_add(&q->mistakes, STR("identity"),
                    SAY("Choose how you made sure who is calling."));
    }
}

static void cross_take(struct ask *q, struct intake_wish *w)
{
    w->record.from_office = str_trim(ask_field(q, "from_office"));
    day_take(q, "from_day", &w->record.from_day);
    if (w->record.from_office.len == 0 || str_points(w->record.from_office) > NAME_SIGNS) {
        mistake_add(&q->mistakes, STR("from_office"),
                    SAY("Write at which office it was handed in."));
    }
    if (w->record.from_day == DAY_NONE) {
        mistake_add(&q->mistakes, STR("from_day"),
                    SAY("Write the day on which it was handed in there, such as {day}.",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
    }
}

/* Who stands here for the applicant; without him nothing is accepted from an agent. */
static void agent_take(struct ask *q, struct intake_wish *w)
{
    if (!w->record.by_agent || w->act == INTAKE_NOTICE) {
        return;
    }
    w->agent = (struct case_agent){
        .name = ask_field(q, "agent_name"), .relation = ask_field(q, "agent_relation"),
        .authority = ask_field(q, "agent_authority"),
        .telephone = ask_field(q, "agent_telephone"),
        .id_seen = ask_field(q, "agent_id_seen").len > 0,
    };
    case_agent_check(&w->agent, &q->mistakes);
    if (!w->agent.id_seen) {
        mistake_add(&q->mistakes, STR("agent_id_seen"),
                    SAY("Look at the agent's identity card, then tick it."));
    }
}

static void way_take(struct ask *q, struct intake_wish *w)
{
    struct intake_record *r = &w->record;

    w->way = intake_way_of(w->service, ask_field(q, "way"));
    if (w->way == NULL) {
        w->way = &intake_ways[0];
    }
    r->channel = w->way->channel;
    if (w->act == INTAKE_NOTICE) {
        return;
    }
    if (r->channel == CHANNEL_POST) {
        post_take(q, w);
    } else if (r->channel == CHANNEL_TELEPHONE) {
        telephone_take(q, w);
    } else if (r->channel == CHANNEL_CROSS_OFFICE) {
        cross_take(q, w);
    }
}

/* ---- what the buttons mean ---- */

/* As it is cited on paper: "社會救助法 4" is 社會救助法第 4 條. */
static void article_put(struct buf *b, str article)
{
    size_t at = article.len;

    while (at > 0 && article.at[at - 1] >= '0' && article.at[at - 1] <= '9') {
        at--;
    }
    if (at == article.len || at == 0 || article.at[at - 1] != ' ') {
        buf_put(b, article);
        return;
    }
    buf_put(b, (str){ article.at, at - 1 });
    buf_put_z(b, "第 ");
    buf_put(b, (str){ article.at + at, article.len - at });
    buf_put_z(b, " 條");
}

static str law_of(struct ask *q, const struct service *s)
{
    struct buf b;

    buf_init(&b, q->arena, 8192);
    for (size_t i = 0; i < s->law_articles_count; i++) {
        buf_put_z(&b, i > 0 ? "\n" : "");
        article_put(&b, s->law_articles[i].in[LANG_ZH]);
    }
    return s->law_articles_count > 0 ? buf_str(&b) : s->law.in[LANG_ZH];
}

static void miss(struct intake_wish *w, enum once_kind kind, str key)
{
    if (w->once.missing_count < ONCE_MISSING_MOST) {
        w->once.missing[w->once.missing_count++] = (struct once_missing){ kind, key };
    }
}

/* What has been typed goes along, under the notice's own id and code. */
static err draft_ready(struct ask *q, struct intake_wish *w)
{
    struct draft *d = &w->draft;

    if (w->service->depth != DEPTH_FULL || !w->service->online) {
        return NULL;
    }
    *d = (struct draft){
        .agency = q->agency->id, .id = w->form, .service = w->service->key,
        .version = w->service->version, .until_ms = q->now_ms + DRAFT_CODE_MS,
        .answers = answers_write(q->arena, &w->answers),
    };
    TRY(draft_begin(q->arena, q->keyring, d));
    TRY(draft_code_make(q->arena, q->keyring, d));
    TRY(draft_seal(q->arena, q->keyring, d));
    w->once.code = d->code;
    w->once.notice.until_ms = d->until_ms;
    return NULL;
}

/* Who asks before bringing anything is told all that is needed. */
static err notice_ready(struct ask *q, struct intake_wish *w)
{
    bool all = intake_papers_missing(&w->papers) == 0;
    struct once_notice *n = &w->once.notice;

    *n = (struct once_notice){
        .agency = q->agency->id, .id = w->form, .service = w->service->key,
        .service_version = w->service->version, .law = law_of(q, w->service),
        .channel = w->record.channel, .by_agent = w->record.by_agent, .lang = LANG_ZH,
        .unit = q->actor.unit, .staff = q->actor.staff, .at_ms = q->now_ms,
    };
    (void)lang_from_key(ask_field(q, "paper_lang"), &n->lang);
    for (size_t i = 0; i < w->papers.count; i++) {
        const struct intake_paper *p = &w->papers.list[i];
        bool brings = p->state == PAPER_ORIGINAL || p->state == PAPER_COPY;

        if (p->state == PAPER_MISSING || (all && brings)) {
            miss(w, p->kind, p->key);
        }
    }
    TRY(draft_ready(q, w));
    w->once.prefix = q->agency->case_prefix;
    return once_prepare(q->arena, q->keyring, q->ids, &w->once);
}

static void until_take(struct ask *q, struct intake_wish *w)
{
    str typed = ask_field(q, "until");
    int days = usual_terms_of(q->catalog, w->service).supply;

    w->until = calendar_end_from(q->calendar, q->today + days);
    if (typed.len > 0 && (!day_parse(typed, &w->until) || w->until <= q->today)) {
        mistake_add(
            &q->mistakes, STR("until"),
            SAY("Write until when it is to be supplied: a day after today, such as "
                "{day}.",
                SAY_TEXT("day", day_short(q->arena, q->today + days, q->lang))));
    }
}

static void want(struct act_wish *ask, bool is_paper, str key)
{
    if (ask->wanted_count < CASE_WANTED_MOST) {
        ask->wanted[ask->wanted_count++] = (struct case_wanted){ is_paper, key };
    }
}

static void wanted_take(struct ask *q, struct intake_wish *w)
{
    for (size_t i = 0; i < w->papers.count; i++) {
        const struct intake_paper *p = &w->papers.list[i];

        if (p->state == PAPER_MISSING) {
            want(&w->ask, p->kind != ONCE_QUESTION, p->key);
        }
    }
    for (const struct mistake *m = w->gaps.first; m != NULL; m = m->next) {
        want(&w->ask, false, m->field);
    }
    if (w->ask.wanted_count == 0) {
        mistake_add(&q->mistakes, STR("papers"),
                    SAY("Nothing is missing: press “Accept”. Or mark what is missing."));
    }
}

/* What was seen of the papers goes with the case: its page shows them row by row. */
static err papers_ready(struct ask *q, struct intake_wish *w)
{
    static const enum case_paper_how hows[PAPER_STATES] = {
        [PAPER_ORIGINAL] = CASE_PAPER_ORIGINAL,    [PAPER_COPY] = CASE_PAPER_COPY,
        [PAPER_LOOKED_UP] = CASE_PAPER_BY_OFFICE,  [PAPER_MISSING] = CASE_PAPER_NOT_THERE,
    };
    struct case_paper *list = ARENA_ARRAY(q->arena, w->papers.count + 1, struct case_paper);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < w->papers.count; i++) {
        const struct intake_paper *p = &w->papers.list[i];

        bool twice = false; /* of the applicant and of the agent: one of them is told */

        for (size_t n = 0; n < w->receive.papers_count; n++) {
            twice = twice || (list[n].is_question == (p->kind == ONCE_QUESTION) &&
                              str_equal(list[n].key, p->key));
        }
        if (p->state != PAPER_NOT_NEEDED && !twice) {
            list[w->receive.papers_count++] = (struct case_paper){
                p->kind == ONCE_QUESTION, p->key, hows[p->state],
            };
        }
    }
    w->receive.papers = list;
    w->receive.taken_by = q->actor.staff;
    return NULL;
}

static err case_ready(struct ask *q, struct intake_wish *w)
{
    const struct unit *units;
    size_t units_count;
    str token = seal_token_hash(q->arena, q->keyring, "intake_form",
                                id_text(q->arena, w->form));

    TRY(intake_origin_check(q, w));
    units = ask_units(q, &units_count);
    TRY(casefile_prepare(q->arena, q->keyring, q->ids, q->catalog, q->calendar, q->agency,
                         units, units_count, w->service, &w->answers, w->record.channel,
                         q->now_ms, token, &w->receive));
    TRY(casefile_filed(q->arena, q->calendar, w->record.filed, &w->receive));
    TRY(papers_ready(q, w));
    w->record.casefile = w->receive.id;
    if (w->agent.name.len > 0) {
        TRY(case_agent_seal(q->arena, q->keyring, q->agency->id, w->receive.id, &w->agent));
    }
    w->record.incomplete = w->act == INTAKE_INCOMPLETE;
    TRY(intake_record_seal(q->arena, q->keyring, &w->record, &w->ground_sealed));
    if (w->act == INTAKE_INCOMPLETE) {
        str text = intake_asked_text(q, LANG_ZH, w->service, w->ask.wanted,
                                     w->ask.wanted_count, w->until,
                                     str_trim(ask_field(q, "remark")));

        w->receive.officer = q->actor.staff;
        w->ask.act = ACT_SEND_BACK;
        w->ask.now_ms = q->now_ms;
        w->ask.who = q->actor;
        w->ask.catalog = q->catalog;
        w->ask.calendar = q->calendar;
        w->ask.wanted_until = w->until;
        w->ask.document_day = DAY_NONE;
        TRY(casefile_act_prepare_new(q->arena, q->keyring, &w->receive, &w->ask, text));
    }
    return casefile_came_before(q->arena, q->snap, &w->receive);
}

static err begin(struct ask *q, struct intake_wish *w)
{
    TRY(intake_service(q, &w->service));
    w->act = act_of(ask_field(q, "act"));
    w->record = (struct intake_record){
        .agency = q->agency->id, .service = w->service->key, .unit = q->actor.unit,
        .staff = q->actor.staff, .at_ms = q->now_ms, .filed = DAY_NONE,
        .from_day = DAY_NONE, .by_agent = ask_field(q, "agent").len > 0,
    };
    if (!id_parse(ask_field(q, "form"), &w->form)) {
        w->form = ask_new_id(q);
    }
    if (!id_parse(ask_field(q, "notice"), &w->record.notice)) {
        w->record.notice = 0;
    }
    if (!id_parse(ask_field(q, "draft"), &w->from_draft)) {
        w->from_draft = 0;
    }
    if (!id_parse(ask_field(q, "envelope"), &w->envelope)) {
        w->envelope = 0;
    }
    mistakes_init(&w->gaps, q->arena);
    return answers_init(q->arena, &w->service->form, &w->answers);
}

err intake_take(struct ask *q, struct intake_wish *w)
{
    struct field_posted posted = { 0 };
    bool full;

    TRY(begin(q, w));
    full = w->service->depth == DEPTH_FULL;
    if (full) {
        TRY(fields_take(q, &w->answers, NULL, &posted));
        w->more = posted.more;
    }
    mistakes_sort(q, w);
    TRY(papers_take(q, w));
    way_take(q, w);
    if (posted.once) {
        mistakes_init(&q->mistakes, q->arena);
        return ask_once_more;
    }
    if (w->act == INTAKE_NOTICE) {
        return notice_ready(q, w);
    }
    if (!full) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose a service that is counted, and what became "
             "of it."), STR("find"), "no full service");
    }
    agent_take(q, w);
    gaps_take(q, w);
    intake_may_check(q, w);
    if (w->act == INTAKE_INCOMPLETE) {
        until_take(q, w);
        wanted_take(q, w);
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "%zu mistakes", q->mistakes.count);
    }
    if (posted.stay || w->act == INTAKE_LOOK) {
        w->complete = !posted.stay && w->record.without.len == 0;
        return ask_once_more;
    }
    return case_ready(q, w);
}
