/* sheet — the daily sheet reckoned from its receipts, its copy, and the month as a table.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "kernel/fee/inside.h"

#define CONTENT_BYTES ((size_t)4 << 20)
#define CSV_BYTES ((size_t)4 << 20)

static void sum_add(struct sheet_sum *sums, size_t *io_count, const struct fee_line *l)
{
    for (size_t i = 0; i < *io_count; i++) {
        if (sums[i].kind == l->kind && str_equal(sums[i].key, l->key) &&
            str_equal(sums[i].what.in[LANG_ZH], l->what.in[LANG_ZH])) {
            sums[i].count++;
            sums[i].dollars += l->dollars;
            return;
        }
    }
    sums[(*io_count)++] = (struct sheet_sum){ l->kind, l->key, l->what, 1, l->dollars };
}

/* Receipts come in the order of their ids; numbers of one pad follow each other in it. */
static void run_add(struct fee_sheet *s, const struct fee_receipt *r, size_t index)
{
    struct sheet_run *run = s->runs_count > 0 ? &s->runs[s->runs_count - 1] : NULL;
    bool follows = run != NULL && index > 0 && s->receipts[index - 1].pad == r->pad &&
                   s->receipts[index - 1].number + 1 == r->number;

    if (!follows) {
        run = &s->runs[s->runs_count++];
        *run = (struct sheet_run){ .code = r->text, .first = r->text };
    }
    run->last = r->text;
    run->count++;
    run->voids += r->state == RECEIPT_VOID ? 1 : 0;
}

static int by_number(const void *x, const void *y)
{
    const struct fee_receipt *a = x, *b = y;

    if (a->series != b->series) {
        return a->series < b->series ? -1 : 1;
    }
    return a->number < b->number ? -1 : a->number > b->number;
}

void fee_sheet_reckon(struct arena *a, struct fee_sheet *s)
{
    size_t lines = 0;

    for (size_t i = 0; i < s->receipts_count; i++) {
        lines += s->receipts[i].lines_count;
    }
    qsort(s->receipts, s->receipts_count, sizeof s->receipts[0], by_number);
    s->runs = ARENA_ARRAY(a, s->receipts_count + 1, struct sheet_run);
    s->sums = ARENA_ARRAY(a, lines + 1, struct sheet_sum);
    s->runs_count = s->sums_count = 0;
    s->cash_sum = s->other_sum = s->voids = 0;
    for (int i = 0; i < FEE_MEANS; i++) {
        s->by_means[i] = 0;
    }
    for (size_t i = 0; s->runs != NULL && s->sums != NULL && i < s->receipts_count; i++) {
        const struct fee_receipt *r = &s->receipts[i];

        run_add(s, r, i);
        if (r->state == RECEIPT_VOID) {
            s->voids++;
            continue;
        }
        s->by_means[r->means] += r->dollars;
        *(r->means == MEANS_CASH ? &s->cash_sum : &s->other_sum) += r->dollars;
        for (size_t l = 0; l < r->lines_count; l++) {
            sum_add(s->sums, &s->sums_count, &r->lines[l]);
        }
    }
}

static void receipts_write(struct arena *a, struct json_writer *j,
                           const struct fee_sheet *s)
{
    json_list(j, STR("receipts"));
    for (size_t i = 0; i < s->receipts_count; i++) {
        const struct fee_receipt *r = &s->receipts[i];

        json_object(j, STR(""));
        json_put_text(j, STR("number"), r->text);
        json_put_text(j, STR("case"), r->casefile == 0 ? STR("") : id_text(a, r->casefile));
        json_put_text(j, STR("means"), fee_means_key[r->means]);
        json_put_int(j, STR("dollars"), r->dollars);
        json_put_text(j, STR("reference"), r->reference);
        json_put_bool(j, STR("void"), r->state == RECEIPT_VOID);
        json_put_text(j, STR("why"), r->void_why);
        json_end_object(j);
    }
    json_end_list(j);
}

str fee_sheet_content(struct arena *a, const struct fee_sheet *s)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, CONTENT_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("sheet"), id_text(a, s->id));
    json_put_text(&j, STR("day"), day_iso(a, s->day));
    json_put_int(&j, STR("turn"), s->turn);
    json_put_text(&j, STR("taker"), id_text(a, s->staff));
    json_put_int(&j, STR("cash"), s->cash_sum);
    json_put_int(&j, STR("other"), s->other_sum);
    json_put_int(&j, STR("counted"), s->cash_counted);
    json_put_text(&j, STR("difference"), s->difference_why);
    receipts_write(a, &j, s);
    json_list(&j, STR("sums"));
    for (size_t i = 0; i < s->sums_count; i++) {
        json_object(&j, STR(""));
        json_put_text(&j, STR("kind"), fee_kind_key[s->sums[i].kind]);
        json_put_text(&j, STR("fee"), s->sums[i].key);
        json_put_raw(&j, STR("what"), fee_label_json(a, &s->sums[i].what));
        json_put_int(&j, STR("count"), s->sums[i].count);
        json_put_int(&j, STR("dollars"), s->sums[i].dollars);
        json_end_object(&j);
    }
    json_end_list(&j);
    json_end_object(&j);
    return buf_str(&b);
}

err fee_closing_prepare(struct arena *a, const struct keyring *k, struct fee_closing *c)
{
    struct fee_sheet *s = &c->sheet;
    str content;

    if (s->receipts_count == 0) {
        FAIL(a, ERR_INPUT,
             SAY("There is nothing to close: no receipt since the last sheet."), STR(""),
             "no receipts");
    }
    if (s->cash_counted == s->cash_sum) {
        s->difference_why = STR("");
    } else if (str_is_empty(s->difference_why)) {
        FAIL(
            a, ERR_INPUT,
            SAY("The receipts say {sum}, you counted {counted}. Count again, or write down "
                "why they differ.",
                SAY_MONEY("sum", s->cash_sum), SAY_MONEY("counted", s->cash_counted)),
            STR("cash_counted"), "difference");
    }
    content = fee_sheet_content(a, s);
    s->hash = str_hex(a, seal_sha256(a, content));
    return seal_close(a, k, (struct seal_place){ s->agency, s->id, "fee_sheet", "content" },
                      content, &c->content_sealed);
}

/* ---- the month ---- */

str fee_month_key(struct arena *a, int year, int month)
{
    return str_format(a, "%04d-%02d", year, month);
}

/* A table calculation takes what begins with one of these for a formula, blanks before it
 * or not. */
static bool begins_formula(str s)
{
    size_t i = 0;

    while (i < s.len && (unsigned char)s.at[i] <= ' ') {
        i++;
    }
    return (i < s.len && (s.at[i] == '=' || s.at[i] == '+' || s.at[i] == '-' ||
                          s.at[i] == '@')) ||
           (s.len > 0 && (s.at[0] == '\t' || s.at[0] == '\r')) ||
           str_starts(s, STR("＝")) || str_starts(s, STR("＋")) || str_starts(s, STR("－")) ||
           str_starts(s, STR("＠"));
}

str fee_csv_field(struct arena *a, str s)
{
    struct buf b;

    buf_init(&b, a, s.len * 2 + 8);
    buf_put_char(&b, '"');
    if (begins_formula(s)) {
        buf_put_char(&b, '\'');
    }
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '"') {
            buf_put_char(&b, '"');
        }
        buf_put_char(&b, s.at[i]);
    }
    buf_put_char(&b, '"');
    return buf_str(&b);
}

static void csv_row(struct arena *a, struct buf *b, const str *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            buf_put_char(b, ',');
        }
        buf_put(b, fee_csv_field(a, fields[i]));
    }
    buf_put_z(b, "\r\n");
}

static void csv_sheet(struct arena *a, struct buf *b, const struct fee_sheet *s,
                      enum lang lang)
{
    str number = str_format(a, "%lld", (long long)s->voids);
    str slip_day = s->slip_number.len > 0 ? day_iso(a, s->slip_day) : STR("");

    for (size_t i = 0; i < s->sums_count; i++) {
        const struct sheet_sum *x = &s->sums[i];
        const str row[] = {
            day_iso(a, s->day), s->staff_name, fee_kind_key[x->kind],
            label_in(&x->what, lang), str_format(a, "%lld", (long long)x->count),
            str_format(a, "%lld", (long long)x->dollars), i == 0 ? number : STR("0"),
            s->slip_number, slip_day,
        };

        csv_row(a, b, row, sizeof row / sizeof row[0]);
    }
}

str fee_month_csv(struct arena *a, const struct fee_month *m, enum lang lang)
{
    static const str head[LANG_COUNT][9] = {
        { STR_INIT("日期"), STR_INIT("經收人員"), STR_INIT("種類"), STR_INIT("項目"),
          STR_INIT("件數"), STR_INIT("金額"), STR_INIT("作廢張數"), STR_INIT("繳款書號"),
          STR_INIT("繳庫日期") },
        { STR_INIT("Day"), STR_INIT("Taken by"), STR_INIT("Kind"), STR_INIT("Item"),
          STR_INIT("Count"), STR_INIT("Dollars"), STR_INIT("Void"), STR_INIT("Slip"),
          STR_INIT("Paid in on") },
        { STR_INIT("日付"), STR_INIT("収納者"), STR_INIT("種類"), STR_INIT("項目"),
          STR_INIT("件数"), STR_INIT("金額"), STR_INIT("無効枚数"), STR_INIT("納付書番号"),
          STR_INIT("納付日") },
    };
    struct buf b;

    buf_init(&b, a, CSV_BYTES);
    buf_put_z(&b, "\xEF\xBB\xBF"); /* so that it is read as UTF-8 */
    csv_row(a, &b, head[lang], 9);
    for (size_t i = 0; i < m->sheets_count; i++) {
        csv_sheet(a, &b, &m->sheets[i], lang);
    }
    return buf_str(&b);
}

err fee_month_seal(struct arena *a, const struct keyring *k, int64_t agency,
                   const struct fee_month *m, str *ret_sealed, str *ret_hash)
{
    str content = fee_month_csv(a, m, LANG_ZH);

    *ret_hash = str_hex(a, seal_sha256(a, content));
    return seal_close(a, k,
                      (struct seal_place){ agency, m->year * INT64_C(100) + m->month,
                                           "fee_month", "content" },
                      content, ret_sealed);
}
