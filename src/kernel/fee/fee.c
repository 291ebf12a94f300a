/* fee — words and rules of money; nothing here reads a database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/fee/fee.h"

#include "base/buf.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "kernel/fee/inside.h"

#define LABEL_BYTES 4096

const str fee_kind_key[FEE_KINDS] = { STR_INIT("fee"), STR_INIT("fine") };
const char *const fee_kind_name[FEE_KINDS] = { MSG("Fee"), MSG("Fine") };
const str fee_means_key[FEE_MEANS] = { STR_INIT("cash"), STR_INIT("card"),
                                       STR_INIT("transfer"), STR_INIT("online") };
const char *const fee_means_name[FEE_MEANS] = { MSG("Cash"), MSG("Card"), MSG("Transfer"),
                                                MSG("Online payment") };
const str fee_void_why_key[FEE_VOID_WHYS] = {
    STR_INIT("misprint"), STR_INIT("wrong_amount"), STR_INIT("wrong_payer"),
    STR_INIT("not_paid"), STR_INIT("damaged"),
};
const char *const fee_void_why_name[FEE_VOID_WHYS] = {
    MSG("Printed wrongly"),    MSG("Wrong amount"), MSG("Wrong payer"),
    MSG("Not paid after all"), MSG("Form damaged"),
};

str fee_label_json(struct arena *a, const struct label *l)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, LABEL_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    for (int i = 0; i < LANG_COUNT; i++) {
        if (l->in[i].len > 0) {
            json_put_text(&j, lang_key[i], l->in[i]);
        }
    }
    json_end_object(&j);
    return buf_str(&b);
}

struct label fee_label_read(struct arena *a, str json)
{
    struct label l = { .in = { STR(""), STR(""), STR("") } };
    const struct json *j;

    if (json_parse(a, json, &j) == NULL) {
        for (int i = 0; i < LANG_COUNT; i++) {
            l.in[i] = json_text_of(j, lang_key[i]);
        }
    }
    return l;
}

str fee_number_text(struct arena *a, str code, int digits, int64_t number)
{
    return str_format(a, "%.*s-%0*lld", STR_ARG(code), digits, (long long)number);
}

/* The signs of official documents, which nobody can alter into others. */
static void group_in_words(struct buf *b, int64_t n, bool *io_gap)
{
    static const char *const digit[] = { "零", "壹", "貳", "參", "肆",
                                         "伍", "陸", "柒", "捌", "玖" };
    static const char *const place[] = { "仟", "佰", "拾", "" };
    int64_t unit = 1000;

    for (int i = 0; i < 4; i++, unit /= 10) {
        int64_t d = n / unit % 10;

        if (d == 0) {
            *io_gap = true;
            continue;
        }
        if (*io_gap && b->len > 0) {
            buf_put_z(b, digit[0]);
        }
        *io_gap = false;
        buf_put_z(b, digit[d]);
        buf_put_z(b, place[i]);
    }
}

str fee_in_words(struct arena *a, int64_t dollars)
{
    static const struct {
        int64_t unit;
        const char *name;
    } groups[] = { { INT64_C(1000000000000), "兆" }, { 100000000, "億" }, { 10000, "萬" },
                   { 1, "" } };
    struct buf b;
    bool gap = false;

    buf_init(&b, a, 400);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        int64_t n = dollars / groups[i].unit % 10000;

        if (n > 0) {
            group_in_words(&b, n, &gap);
            gap = false;
            buf_put_z(&b, groups[i].name);
            gap = n % 10 == 0 && i + 1 < sizeof groups / sizeof groups[0] && n % 1000 == 0;
        } else if (b.len > 0) {
            gap = true;
        }
    }
    if (b.len == 0) {
        buf_put_z(&b, "零");
    }
    buf_put_z(&b, "元整");
    return buf_str(&b);
}

static int64_t fines_open(const struct fee_account *x)
{
    int64_t open = 0;

    for (size_t i = 0; i < x->items_count; i++) {
        const struct fee_item *f = &x->items[i];

        open += f->kind == FEE_FINE ? f->dollars * f->times - f->waived : 0;
    }
    for (size_t i = 0; i < x->receipts_count; i++) {
        const struct fee_receipt *r = &x->receipts[i];

        for (size_t l = 0; r->state == RECEIPT_GIVEN && l < r->lines_count; l++) {
            open -= r->lines[l].kind == FEE_FINE ? r->lines[l].dollars : 0;
        }
    }
    return open < 0 ? 0 : open;
}

void fee_account_sum(struct fee_account *x)
{
    x->due = x->waived = x->paid = 0;
    for (size_t i = 0; i < x->items_count; i++) {
        x->due += x->items[i].dollars * x->items[i].times;
        x->waived += x->items[i].waived;
    }
    for (size_t i = 0; i < x->receipts_count; i++) {
        x->paid += x->receipts[i].state == RECEIPT_GIVEN ? x->receipts[i].dollars : 0;
    }
    x->open = x->due - x->waived - x->paid + x->refunded;
    x->open = x->open < 0 ? 0 : x->open;
    x->fees_open = x->open - fines_open(x);
    x->fees_open = x->fees_open < 0 ? 0 : x->fees_open;
    x->open -= x->lapsed ? x->fees_open : 0;
}

bool fee_lapses(const struct casefile *c)
{
    return c->state == CASE_WITHDRAWN || c->state == CASE_TRANSFERRED ||
           c->state == CASE_MERGED ||
           (c->outcome == OUTCOME_NOT_ADMITTED && !case_state_is_undecided(c->state));
}

/* What of an item was paid: lines of receipts that are not void, under its key. Several
 * items of one key take from the same sum, in their order. */
static int64_t paid_under(const struct fee_account *x, str key)
{
    int64_t sum = 0;

    for (size_t i = 0; i < x->receipts_count; i++) {
        for (size_t l = 0;
             x->receipts[i].state == RECEIPT_GIVEN && l < x->receipts[i].lines_count; l++) {
            sum += str_equal(x->receipts[i].lines[l].key, key)
                       ? x->receipts[i].lines[l].dollars
                       : 0;
        }
    }
    return sum;
}

static int64_t before(const struct fee_account *x, size_t item)
{
    int64_t sum = 0;

    for (size_t i = 0; i < item; i++) {
        if (str_equal(x->items[i].key, x->items[item].key)) {
            sum += x->items[i].dollars * x->items[i].times - x->items[i].waived;
        }
    }
    return sum;
}

size_t fee_spread(const struct fee_account *x, int64_t dollars, struct fee_line *ret,
                  size_t most)
{
    size_t n = 0;

    for (size_t i = 0; i < x->items_count && n < most && dollars > 0; i++) {
        const struct fee_item *item = &x->items[i];
        int64_t wanted = item->dollars * item->times - item->waived;
        int64_t paid = paid_under(x, item->key) - before(x, i);

        wanted -= paid > 0 ? paid : 0;
        wanted = wanted > dollars ? dollars : wanted;
        if (wanted > 0) {
            ret[n++] = (struct fee_line){ item->key, item->kind, item->what, wanted };
            dollars -= wanted;
        }
    }
    if (dollars > 0 && n < most) {
        ret[n++] = (struct fee_line){
            .key = STR("over"),
            .what = { .in = { STR("溢繳（待退還）"), STR("Paid too much, to be refunded"),
                              STR("過払い（返還予定）") } },
            .dollars = dollars,
        };
    }
    return n;
}

err fee_text_seal(struct arena *a, const struct keyring *k, struct seal_place place,
                  str text, str *ret_sealed, str *ret_hash)
{
    str salted;

    *ret_sealed = *ret_hash = STR("");
    if (text.len == 0) {
        return NULL;
    }
    salted = str_join(a, seal_random(a, FEE_SALT_BYTES), text);
    TRY(seal_close(a, k, place, salted, ret_sealed));
    *ret_hash = str_hex(a, seal_sha256(a, salted));
    return arena_failed(a) ? err_no_memory : NULL;
}

err fee_text_open(struct arena *a, const struct keyring *k, struct seal_place place,
                  str sealed, str *ret_text)
{
    str salted;

    *ret_text = STR("");
    if (sealed.len == 0) {
        return NULL;
    }
    TRY(seal_open(a, k, place, sealed, &salted));
    *ret_text = str_slice(salted, FEE_SALT_BYTES, salted.len);
    return NULL;
}

err fee_taking_prepare(struct arena *a, const struct keyring *k, struct fee_taking *t)
{
    str hash;

    if (t->dollars <= 0 || (t->who.staff != 0 && t->dollars > t->account->open)) {
        FAIL(a, ERR_INPUT,
             SAY("Enter an amount from 1 to {most} dollars.",
                 SAY_NUMBER("most", t->account->open)),
             STR("dollars"), "%lld of %lld", (long long)t->dollars,
             (long long)t->account->open);
    }
    if (t->means != MEANS_CASH && str_is_empty(t->reference)) {
        FAIL(a, ERR_INPUT,
             SAY("Enter the number of the card slip or of the transfer."),
             STR("reference"), "no reference");
    }
    t->lines_count = fee_spread(t->account, t->dollars, t->lines, FEE_ITEMS_MOST);
    return fee_text_seal(a, k,
                         (struct seal_place){ t->account->agency, t->id, "fee_receipt",
                                              "payer" },
                         t->payer, &t->payer_sealed, &hash);
}

err fee_payer_open(struct arena *a, const struct keyring *k, const struct fee_receipt *r,
                   str *ret)
{
    return fee_text_open(a, k,
                         (struct seal_place){ r->agency, r->id, "fee_receipt", "payer" },
                         r->payer, ret);
}

/* Bound to the case and the item: the number of a new one is not known before. */
static struct seal_place note_place(int64_t agency, int64_t casefile)
{
    return (struct seal_place){ agency, casefile, "fee_item", "note" };
}

err fee_change_prepare(struct arena *a, const struct keyring *k, struct fee_change *c,
                       str ground)
{
    if (str_is_empty(ground)) {
        FAIL(a, ERR_INPUT, SAY("Write the ground in one sentence."), STR("note"),
             "no ground");
    }
    return fee_text_seal(a, k, note_place(c->account->agency, c->account->casefile), ground,
                         &c->item.note, &c->note_hash);
}

err fee_note_open(struct arena *a, const struct keyring *k, int64_t agency,
                  int64_t casefile, const struct fee_item *item, str *ret)
{
    return fee_text_open(a, k, note_place(agency, casefile), item->note, ret);
}

void fee_event_begin(struct arena *a, struct buf *b, struct json_writer *j)
{
    buf_init(b, a, FEE_BODY_BYTES);
    json_open(j, b);
    json_object(j, STR(""));
}

err fee_still_open(struct arena *a, int64_t open)
{
    FAIL(a, ERR_CONFLICT,
         SAY("{amount} is still to be paid. Take the fee first, then issue.",
             SAY_MONEY("amount", open)),
         STR(""), "open %lld", (long long)open);
}

static err paid_holds(struct arena *a, struct tx *tx, const void *account)
{
    return fee_must_be_paid(a, tx, account);
}

err fee_paid_prepare(struct arena *a, struct snap *snap, const struct keyring *k,
                     const struct catalog *c, const struct casefile *file,
                     struct case_must *ret)
{
    const struct service *s =
        c == NULL ? NULL : service_get_near(c, file->service, file->service_version);
    struct fee_account *x = ARENA_NEW(a, struct fee_account);

    if (x == NULL) {
        return err_no_memory;
    }
    *x = (struct fee_account){ .agency = file->agency, .casefile = file->id };
    if (s != NULL && s->flow.paid_before_issue) {
        TRY(fee_account_load(a, snap, k, c, file, x));
    }
    *ret = (struct case_must){ paid_holds, x };
    return NULL;
}

err fee_paid_check(struct arena *a, const struct case_must *must)
{
    const struct fee_account *x = must->what;

    return x == NULL || x->open <= 0 ? NULL : fee_still_open(a, x->open);
}
