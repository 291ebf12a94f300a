/* split — a second case made out of a first.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "host/seal/seal.h"
#include "kernel/casefile/act/case_more.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/paper/case_paper.h"
#include "kernel/casefile/receive/receive.h"

static err answers_again(struct arena *a, const struct keyring *k,
                         const struct sealed_answer *from, size_t count,
                         struct case_wish *w)
{
    struct sealed_answer *list = ARENA_ARRAY(a, count, struct sealed_answer);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        struct seal_place place = { w->agency, w->id, "case_answer",
                                    str_z(a, from[i].question) };

        list[i] = from[i];
        list[i].blind = STR("");
        list[i].blind_kind = "";
        if (!str_is_empty(from[i].sealed)) {
            TRY(seal_close(a, k, place, from[i].plain, &list[i].sealed));
            list[i].plain = STR("");
        }
    }
    w->answers = list;
    w->answers_count = count;
    return NULL;
}

/* It was received when the first one was, has its rules, and stood still when that did:
 * nobody gains or loses time by it. A case from before there were clocks gets new ones. */
static err clocks_again(struct arena *a, struct snap *snap, const struct service *s,
                        const struct calendar *cal, const struct casefile *c,
                        struct case_wish *w)
{
    struct case_clock *clocks = ARENA_ARRAY(a, 2, struct case_clock), *list;
    size_t count;

    if (clocks == NULL) {
        return err_no_memory;
    }
    TRY(case_clock_rules(a, NULL, s, c->channel, NULL, c->received_ms, clocks));
    TRY(casefile_clocks(a, snap, c->agency, c->id, &list, &count));
    for (size_t i = 0; i < 2; i++) {
        const struct case_clock *first = case_clock_find(list, count, clocks[i].kind, 0);

        if (first != NULL) {
            clocks[i] = *first;
        }
        clocks[i].casefile = w->id;
        case_clock_reckon(cal, &clocks[i], w->now_ms);
    }
    w->clocks = clocks;
    w->clocks_count = 2;
    w->due = clocks[0].due;
    return NULL;
}

/* Its files and papers are those of the first: the same, nothing is handed in twice. */
static err papers_again(struct arena *a, struct snap *snap, const struct casefile *c,
                        struct case_wish *w)
{
    struct case_file *files;
    struct case_paper_row *rows;
    struct case_paper *papers;
    size_t count;

    TRY(casefile_files(a, snap, c->agency, c->id, &files, &w->files_count));
    w->files = files;
    TRY(case_papers_list(a, snap, c->agency, c->id, &rows, &count));
    papers = ARENA_ARRAY(a, count + 1, struct case_paper);
    if (papers == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct case_paper one = { rows[i].is_question, rows[i].key, rows[i].how };
        size_t at = 0;

        /* What was said last of a paper holds. */
        while (at < w->papers_count && (papers[at].is_question != one.is_question ||
                                        !str_equal(papers[at].key, one.key))) {
            at++;
        }
        papers[at] = one;
        w->papers_count += at == w->papers_count;
        w->taken_by = rows[i].staff;
    }
    w->papers = papers;
    return NULL;
}

err casefile_split_prepare(struct arena *a, struct snap *snap, const struct keyring *k,
                           struct id_source *ids, const struct service *s,
                           const struct calendar *cal, str number_prefix,
                           const struct casefile *c, int64_t now_ms, struct case_wish *ret)
{
    struct case_wish w = {
        .agency = c->agency, .id = id_next(ids, now_ms), .service = s,
        .channel = c->channel, .now_ms = now_ms, .level = c->level,
        .proposes = c->proposes, .unit = c->unit,
        .officer = c->officer, .split_from = c->id, .number_prefix = number_prefix,
        .applicant_masked = c->applicant_masked,
        .applicant_question = c->applicant_question, .salt = seal_random(a, 16),
        .due = DAY_NONE,
    };
    struct seal_place place = { c->agency, w.id, "casefile", "code" };
    struct sealed_answer *answers;
    size_t count;

    TRY(casefile_code(a, snap, k, c, &w.code));
    w.code_hash = seal_token_hash(a, k, "case_code", w.code);
    TRY(seal_close(a, k, place, w.code, &w.code_sealed));
    TRY(casefile_answers(a, snap, k, c, true, &answers, &count));
    TRY(answers_again(a, k, answers, count, &w));
    w.answers_hash = seal_sha256(a, w.salt);
    TRY(papers_again(a, snap, c, &w));
    TRY(clocks_again(a, snap, s, cal, c, &w));
    *ret = w;
    return arena_failed(a) ? err_no_memory : NULL;
}
