/* adapter — how registers are asked: by a signed message to the gateway, or by the built-in
 * simulator, which answers out of the question alone and asks nobody.
 *
 * What national gateways want beyond that (client certificates, envelopes) is behind a
 * registration; this message is ours, and another adapter is one more row.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "kernel/lookup/lookup.h"

#include <string.h>

#define QUESTION_BYTES 8192

static const str subject_key[] = { STR_INIT("person"), STR_INIT("place"),
                                   STR_INIT("business") };

str lookup_signature(struct arena *a, const struct lookup_gateway *g, str body)
{
    return str_hex(a, seal_hmac_sha256(a, g->secret, body));
}

static err gateway_question(struct arena *a, const struct lookup_gateway *g, str office,
                            const struct lookup *l, str subject, str *ret_url,
                            str *ret_body)
{
    const struct lookup_register *reg = lookup_register_of(l->register_key);
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, QUESTION_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("id"), id_text(a, l->id));
    json_put_text(&j, STR("office"), office);
    json_put_text(&j, STR("register"), l->register_key);
    json_put_text(&j, STR("purpose"), l->purpose);
    json_put_text(&j, STR("paper"), l->paper);
    json_put_text(&j, STR("case"), l->case_number);
    json_put_text(&j, STR("asked_by"), id_text(a, l->staff));
    json_object(&j, STR("subject"));
    json_put_text(&j, STR("kind"), reg == NULL ? STR("person") : subject_key[reg->subject]);
    json_put_text(&j, STR("value"), lookup_subject_text(a, l, subject));
    if (lookup_is_joint(l)) {
        json_put_raw(&j, STR("parts"), subject);
    }
    json_end_object(&j);
    json_end_object(&j);
    if (buf_failed(&b)) {
        return err_no_memory;
    }
    *ret_url = str_format(a, "%.*s/lookups", STR_ARG(g->url));
    *ret_body = buf_str(&b);
    return NULL;
}

static err gateway_answer(struct arena *a, const struct lookup_gateway *g,
                          const struct lookup *l, str subject, str body, str signature,
                          struct lookup_answer *ret)
{
    const struct json *j;

    if (!seal_same(str_lower(a, signature), lookup_signature(a, g, body))) {
        FAIL(a, ERR_DENIED,
             SAY("The answer is not signed by the gateway. Tell its operator."), STR(""),
             "signature");
    }
    TRY(lookup_answer_read(a, body, ret));
    TRY(json_parse(a, body, &j));
    /* An answer to another question, kept and sent once more, is none. */
    if (!str_equal(json_text_of(j, STR("id")), id_text(a, l->id))) {
        FAIL(a, ERR_INPUT,
             SAY("The answer of the other system cannot be read. Tell its operator."),
             STR(""), "another id");
    }
    return NULL;
}

/* One believable line of each register; nothing in it is true of anybody. */
struct sample {
    const char *reg;
    struct lookup_fact facts[3];
};
#define FACT(zh, en, ja, what) \
    { { .in = { STR_INIT(zh), STR_INIT(en), STR_INIT(ja) } }, STR_INIT(what) }
static const struct sample samples[] = {
    { "land_register",
      { FACT("地段地號", "Lot", "地番", "模擬段 0001-0000"),
        FACT("面積（平方公尺）", "Area (m²)", "面積（平方メートル）", "128.50"),
        FACT("使用分區", "Zone", "用途地域", "住宅區") } },
    { "household",
      { FACT("戶籍地", "Registered at", "戸籍地", "雲川市青田區模擬里1鄰"),
        FACT("設籍日期", "Registered on", "登録日", "民國99年5月1日"),
        FACT("婚姻狀況", "Marital status", "婚姻状況", "未婚") } },
    { "conscription",
      { FACT("役別", "Kind of service", "役種", "後備役"),
        FACT("退伍日期", "Discharged on", "除隊日", "民國104年8月12日"),
        FACT("管制", "Restrictions", "制限", "無") } },
    { "insurance",
      { FACT("投保身分", "Insured as", "被保険者区分", "第六類"),
        FACT("投保單位", "Insured through", "加入機関", "模擬區公所"),
        FACT("加保日期", "Insured since", "加入日", "民國110年1月1日") } },
    { "property",
      { FACT("不動產筆數", "Pieces of land", "不動産の件数", "1"),
        FACT("評定現值", "Assessed value", "評価額", "1,250,000"),
        FACT("車輛", "Vehicles", "車両", "無") } },
    { "income",
      { FACT("年度", "Year", "年度", "114"),
        FACT("薪資所得", "Wages", "給与所得", "318,000"),
        FACT("利息所得", "Interest", "利子所得", "1,204") } },
    { "tax",
      { FACT("欠稅", "Tax owed", "滞納", "無"),
        FACT("扶養親屬", "Dependants", "扶養親族", "2"),
        FACT("申報狀態", "Return", "申告", "已申報") } },
    { "disability",
      { FACT("證明", "Certificate", "証明", "有效"),
        FACT("等級", "Grade", "等級", "輕度"),
        FACT("有效期限", "Valid until", "有効期限", "民國118年12月31日") } },
    { "", /* any other */
      { FACT("登記狀態", "State", "登録状態", "有效"),
        FACT("登記日期", "Registered on", "登録日", "民國108年3月15日"),
        FACT("備註", "Remark", "備考", "模擬資料") } },
};

static const struct sample *sample_of(str key)
{
    size_t i = 0;

    while (samples[i].reg[0] != '\0' && !str_equal(str_of(samples[i].reg), key)) {
        i++;
    }
    return &samples[i];
}

/* A place that was asked for by its parts is named as it was asked for. */
static err name_asked(struct arena *a, const struct lookup *l, str subject,
                      struct lookup_answer *io)
{
    struct lookup_fact *facts = ARENA_ARRAY(a, io->facts_count, struct lookup_fact);

    if (!lookup_is_joint(l)) {
        return NULL;
    }
    if (facts == NULL) {
        return err_no_memory;
    }
    memcpy(facts, io->facts, io->facts_count * sizeof *facts);
    facts[0].value = str_format(a, "%.*s（模擬）",
                                STR_ARG(lookup_subject_text(a, l, subject)));
    io->facts = facts;
    return NULL;
}

/* The same question gives the same answer; one in eight is not registered. */
static err simulator_answer(struct arena *a, const struct lookup_gateway *g,
                            const struct lookup *l, str subject, str body, str signature,
                            struct lookup_answer *ret)
{
    str hash = seal_sha256(a, str_format(a, "%.*s %.*s", STR_ARG(l->register_key),
                                         STR_ARG(subject)));

    if (hash.len == 0) {
        return err_no_memory;
    }
    *ret = (struct lookup_answer){
        .found = (unsigned char)hash.at[0] % 8 != 0,
        .reference = str_format(a, "SIM-%.*s", STR_ARG(id_text(a, l->id))),
        .as_of = day_iso(a, day_at(l->at_ms)),
    };
    if (ret->found) {
        ret->facts = sample_of(l->register_key)->facts;
        ret->facts_count = 3;
        TRY(name_asked(a, l, subject, ret));
    }
    return NULL;
}

const struct lookup_adapter *lookup_adapter_of(enum lookup_how how)
{
    static const struct lookup_adapter adapters[] = {
        { HOW_SIMULATOR, NULL, simulator_answer },
        { HOW_GATEWAY, gateway_question, gateway_answer },
    };

    return how == HOW_HAND ? NULL : &adapters[how];
}
