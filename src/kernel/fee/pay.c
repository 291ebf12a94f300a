/* pay — what is said between us and a provider, signed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/fee/pay.h"

#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"

#define WORD_BYTES 2000
#define ADDRESS_BYTES 2000
#define MINUTE_MS INT64_C(60000)

const str pay_state_key[PAY_STATES] = { STR_INIT("begun"), STR_INIT("paid"),
                                        STR_INIT("failed"), STR_INIT("expired"),
                                        STR_INIT("wrong") };
const char *const pay_state_name[PAY_STATES] = {
    MSG("Waiting for the payment"), MSG("Paid"), MSG("Not paid"), MSG("Time is over"),
    MSG("Another amount came"),
};

str pay_signature(struct arena *a, const struct pay_provider *p, str text)
{
    return str_hex(a, seal_hmac_sha256(a, p->secret, text));
}

static bool state_read(str key, enum pay_state *ret)
{
    for (int i = 0; i < PAY_STATES; i++) {
        if (str_equal(key, pay_state_key[i])) {
            *ret = (enum pay_state)i;
            return true;
        }
    }
    return false;
}

static bool is_plain(str s, size_t most)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.at[i] <= ' ' || (unsigned char)s.at[i] >= 0x7f) {
            return false;
        }
    }
    return s.len <= most;
}

static str word_text(struct arena *a, const struct pay_word *w)
{
    return str_format(a,
                      "shop=%.*s&office=%.*s&order=%.*s&state=%.*s&amount=%lld&"
                      "reference=%.*s&at=%lld",
                      STR_ARG(w->shop), STR_ARG(w->office), STR_ARG(id_text(a, w->order)),
                      STR_ARG(pay_state_key[w->state]), (long long)w->dollars,
                      STR_ARG(w->reference), (long long)w->at_ms);
}

static err no_message(struct arena *a, const char *why)
{
    FAIL(a, ERR_INPUT, SAY("This is no message about a payment."), STR(""), "%s", why);
}

err pay_word_of(struct arena *a, const struct pay_provider *p, const struct json *j,
                struct pay_word *ret)
{
    struct pay_word w;

    if (p == NULL || p->by == PAY_NONE || j == NULL || j->kind != JSON_OBJECT) {
        return no_message(a, "no provider, or no object");
    }
    w = (struct pay_word){
        .shop = json_text_of(j, STR("shop")), .office = json_text_of(j, STR("office")),
        .dollars = json_int_of(j, STR("amount"), -1),
        .reference = json_text_of(j, STR("reference")),
        .at_ms = json_int_of(j, STR("at"), 0),
    };
    if (!str_equal(w.shop, p->shop) || !id_parse(json_text_of(j, STR("order")), &w.order) ||
        !state_read(json_text_of(j, STR("state")), &w.state) || w.dollars < 0 ||
        !is_plain(w.reference, 60) || !is_plain(w.office, 20)) {
        return no_message(a, "fields");
    }
    if (!seal_same(str_lower(a, json_text_of(j, STR("sign"))),
                   pay_signature(a, p, word_text(a, &w)))) {
        FAIL(a, ERR_DENIED, SAY("This message is not signed by the payment provider."),
             STR(""), "signature");
    }
    *ret = w;
    return NULL;
}

err pay_word_read(struct arena *a, const struct pay_provider *p, str body,
                  struct pay_word *ret)
{
    const struct json *j;

    if (json_parse(a, body, &j) != NULL) {
        return no_message(a, "no JSON");
    }
    return pay_word_of(a, p, j, ret);
}

str pay_word_write(struct arena *a, const struct pay_provider *p, const struct pay_word *w)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, WORD_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("shop"), w->shop);
    json_put_text(&j, STR("office"), w->office);
    json_put_text(&j, STR("order"), id_text(a, w->order));
    json_put_text(&j, STR("state"), pay_state_key[w->state]);
    json_put_int(&j, STR("amount"), w->dollars);
    json_put_text(&j, STR("reference"), w->reference);
    json_put_int(&j, STR("at"), w->at_ms);
    json_put_text(&j, STR("sign"), pay_signature(a, p, word_text(a, w)));
    json_end_object(&j);
    return buf_str(&b);
}

static str encoded(struct arena *a, str s)
{
    struct buf b;

    buf_init(&b, a, s.len * 3 + 1);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '-' || c == '_' || c == '.') {
            buf_put_char(&b, (char)c);
        } else {
            buf_format(&b, "%%%02X", c);
        }
    }
    return buf_str(&b);
}

str pay_address(struct arena *a, const struct pay_provider *p, str office,
                const struct fee_payment *x, str back)
{
    str query = str_format(a, "shop=%.*s&office=%.*s&order=%.*s&amount=%lld&back=%.*s",
                           STR_ARG(encoded(a, p->shop)), STR_ARG(encoded(a, office)),
                           STR_ARG(id_text(a, x->id)), (long long)x->dollars,
                           STR_ARG(encoded(a, back)));

    return str_format(a, "%.*s/pay?%.*s&sign=%.*s", STR_ARG(p->url), STR_ARG(query),
                      STR_ARG(pay_signature(a, p, query)));
}

str pay_question(struct arena *a, const struct pay_provider *p, str office, int64_t order)
{
    str text = str_format(a, "shop=%.*s&office=%.*s&order=%.*s", STR_ARG(p->shop),
                          STR_ARG(office), STR_ARG(id_text(a, order)));
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, WORD_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("shop"), p->shop);
    json_put_text(&j, STR("office"), office);
    json_put_text(&j, STR("order"), id_text(a, order));
    json_put_text(&j, STR("sign"), pay_signature(a, p, text));
    json_end_object(&j);
    return buf_str(&b);
}

int64_t pay_ask_after_ms(int asked)
{
    int64_t minutes = asked >= 5 ? 60 : INT64_C(2) << asked;

    return minutes * MINUTE_MS;
}

/* Weights 3 7 1 from the right; the last digit makes the sum whole tens. */
static int check_digit(str digits)
{
    static const int weight[] = { 3, 7, 1 };
    int sum = 0;

    for (size_t i = 0; i < digits.len; i++) {
        sum += (digits.at[digits.len - 1 - i] - '0') * weight[i % 3];
    }
    return (10 - sum % 10) % 10;
}

str pay_account(struct arena *a, str prefix, int64_t id)
{
    /* Nine digits of the time and counter of the id: apart within a prefix for a year. */
    int64_t serial = (id ^ (id >> 22)) % INT64_C(1000000000);
    str digits = str_format(a, "%.*s%09lld", STR_ARG(prefix), (long long)serial);

    return str_format(a, "%.*s%d", STR_ARG(digits), check_digit(digits));
}

bool pay_account_is_valid(str account)
{
    for (size_t i = 0; i < account.len; i++) {
        if (account.at[i] < '0' || account.at[i] > '9') {
            return false;
        }
    }
    return account.len > 1 && account.at[account.len - 1] - '0' ==
                                  check_digit(str_slice(account, 0, account.len - 1));
}
