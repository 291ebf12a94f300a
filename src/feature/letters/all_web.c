/* all — letters that wait for a number, and what went out; numbers brought in by the line.
 * No name stands here.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/waits.h"
#include "feature/letters/letters_rules.h"
#include "feature/letters/letters_store.h"
#include "feature/letters/letters_web.h"
#include "kernel/casefile/casefile.h"

#include "letters_all.view.h"

#define ROWS 100
#define FILE_BYTES ((size_t)1 << 20)

static err rows_of(struct ask *q, enum letter_state state, const struct letters_row **ret,
                   size_t *ret_count)
{
    struct letter *list;
    size_t count;

    TRY(letter_list_state(q->arena, q->snap, q->agency->id, state, ROWS, &list, &count));
    struct letters_row *rows = ARENA_ARRAY(q->arena, count + 1, struct letters_row);
    int64_t *ids = ARENA_ARRAY(q->arena, count + 1, int64_t);
    struct casefile *cases;

    if (rows == NULL || ids == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        rows[i] = letters_row_of(q, &list[i]);
        ids[i] = list[i].casefile;
    }
    TRY(casefile_some(q->arena, q->snap, q->agency->id, ids, count, &cases));
    for (size_t i = 0; i < count; i++) {
        rows[i].case_number = cases[i].number;
        rows[i].may_open = casefile_may_see(&q->actor, &cases[i]);
    }
    *ret = rows;
    *ret_count = count;
    return NULL;
}

err letters_show_all(struct ask *q, struct reply *r)
{
    struct words label = SAY("Numbers, a line each");
    struct words hint = SAY(
        "Case number, document number, date; as copied from the document "
        "system's list.");
    struct letters_all p = {
        .numbers = link_to(q, "letters.numbers"),
        .seals = link_to(q, "letters.seals"),
        .form_token = q->session.form_token,
        .lines = entry_of(q, "numbers", &label, &hint, STR("")),
        .mistakes = shell_mistakes(q),
    };
    const struct page page = { .seals = SEALS_LIST, .title = SAY("Letters"),
                               .current = "letters.all",
                               .wide = true };

    p.lines.is_long = true;
    TRY(rows_of(q, LETTER_DRAFT, &p.drafts, &p.drafts_count));
    TRY(rows_of(q, LETTER_ISSUED, &p.issued, &p.issued_count));
    return REPLY_VIEW(q, r, &page, letters_all, &p);
}

/* Own drafts without a number; for the seal keeper what is to be sealed. */
err letters_waits(struct ask *q, struct waits *io)
{
    struct letter *list;
    struct seal_use *seals;
    size_t count, seals_count;
    int64_t mine = 0;

    if ((actor_serves(&q->actor) & LETTERS_DUTIES) != 0) {
        TRY(letter_list_state(q->arena, q->snap, q->agency->id, LETTER_DRAFT, ROWS, &list,
                              &count));
        for (size_t i = 0; i < count; i++) {
            mine += list[i].made_by == q->actor.staff;
        }
        waits_add(io, mine, SAY("Your drafts of letters without a number"),
                  link_to(q, "letters.all"));
    }
    if ((actor_serves(&q->actor) & DUTY(DUTY_SEAL_KEEPER)) != 0) {
        TRY(seal_use_waiting(q->arena, q->snap, q->agency->id, &seals, &seals_count));
        waits_add(io, (int64_t)seals_count, SAY("Papers to be sealed"),
                  link_to(q, "letters.seals"));
    }
    return NULL;
}

struct numbers_wish {
    struct letters_issue_wish *list;
    size_t count;
};
struct numbers_made {
    size_t count;
};

static err text_of(struct ask *q, str *ret)
{
    for (size_t i = 0; i < q->files_count; i++) {
        if (q->files[i].size_bytes > 0) {
            TRY(letters_bytes(q->arena, q->store, q->keyring, AGENCY_CITY, q->files[i].id,
                              FILE_BYTES, ret));
            if (!str_is_text(*ret)) {
                FAIL(q->arena, ERR_INPUT,
                     SAY("This is not a text file. Save it as CSV in "
                         "UTF-8."),
                     STR("numbers"), "no text");
            }
            return NULL;
        }
    }
    *ret = ask_field(q, "numbers");
    return NULL;
}

/* The only draft of this case that waits. */
static err draft_of(struct ask *q, const struct letters_line *x,
                    struct letters_issue_wish *ret)
{
    struct casefile c;
    struct letter *list;
    const struct letter *found = NULL;
    size_t count, drafts = 0;
    str number;
    err e = NULL;

    if (!case_number_tidy(q->arena, x->case_number, &number) ||
        casefile_by_number(q->arena, q->snap, q->agency->id, number, &c) != NULL ||
        !casefile_may_see(&q->actor, &c)) {
        mistake_add(&q->mistakes, STR("numbers"),
                    SAY("Line {line}: there is no case {number} in your work.",
                        SAY_NUMBER("line", x->line), SAY_TEXT("number", x->case_number)));
        return NULL;
    }
    TRY(letter_list(q->arena, q->snap, c.agency, c.id, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (list[i].state == LETTER_DRAFT) {
            found = &list[i];
            drafts++;
        }
    }
    if (drafts != 1 || !letters_may_write(q, &c)) {
        mistake_add(
            &q->mistakes, STR("numbers"),
            SAY("Line {line}: case {number} has not exactly one draft letter of yours. "
                "Issue it on its page.",
                SAY_NUMBER("line", x->line), SAY_TEXT("number", c.number)));
        return NULL;
    }
    e = letters_issue_make(q, found, &c, x->number, x->day, ret);
    if (e != NULL && (e->kind == ERR_INPUT || e->kind == ERR_CONFLICT)) {
        mistake_add(&q->mistakes, STR("numbers"), e->say);
        return NULL;
    }
    return e;
}

static err numbers_check(struct ask *q, struct numbers_wish *ret_wish)
{
    struct letters_line *lines;
    size_t count;
    str text = STR("");

    TRY(text_of(q, &text));
    TRY(letters_lines_read(q->arena, text, &q->mistakes, &lines, &count));
    struct letters_issue_wish *list = ARENA_ARRAY(q->arena, count,
                                                  struct letters_issue_wish);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        TRY(draft_of(q, &lines[i], &list[i]));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, STR("numbers"), "lines");
    }
    *ret_wish = (struct numbers_wish){ list, count };
    return NULL;
}

static err numbers_commit(struct ask *q, struct tx *tx, const struct numbers_wish *wish,
                          struct numbers_made *ret_made)
{
    struct letter l;

    for (size_t i = 0; i < wish->count; i++) {
        TRY(letters_issue_run(q, tx, &wish->list[i], &l));
    }
    ret_made->count = wish->count;
    return NULL;
}

static err numbers_reply(struct ask *q, struct reply *r, const struct numbers_made *made)
{
    return reply_see(q, r, link_to(q, "letters.all"));
}

BEATS_OUT(numbers, letters_numbers_beats, struct numbers_wish, struct numbers_made)
