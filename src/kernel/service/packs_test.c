/* packs_test — every pack that comes with the program is without mistakes, and each service
 * accepts its own example today.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/clock/clock.h"
#include "host/json/json.h"
#include "kernel/office/office.h"
#include "kernel/service/service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind, &service_kind,
                                                 &terms_kind };
#define KINDS kinds, sizeof(kinds) / sizeof(*kinds)

static const struct { const char *folder; size_t services; } packs[] = {
    { "packs/demo/cityhall", 15 }, { "packs/demo/district", 25 }, { "packs/demo/household", 24 },
    { "packs/demo/health", 9 },   { "packs/start", 2 },
};
#define PACKS (sizeof(packs) / sizeof(*packs))

static void tell(const struct mistakes *m)
{
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        print_message("%.*s %.*s: %s", STR_ARG(x->place), STR_ARG(x->field), x->say.id);
        for (int i = 0; i < WORDS_VALUES; i++) {
            if (x->say.value[i].kind == WORD_TEXT) {
                print_message(" [%.*s]", STR_ARG(x->say.value[i].text));
            }
        }
        print_message("\n");
    }
}

static void folder_read(struct arena *a, const char *folder, struct definition **ret,
                        size_t *ret_count)
{
    const char *root = getenv("BIANMIN_SOURCE");
    struct mistakes m;

    mistakes_init(&m, a);
    assert_null(pack_read_folder(a, str_z(a, str_format(a, "%s/%s", root, folder)), &m, ret,
                                 ret_count));
    assert_int_equal(m.count, 0);
}

static void no_pack_has_a_mistake(void **state)
{
    (void)state;
    for (size_t i = 0; i < PACKS; i++) {
        struct arena *a = arena_new(0);
        struct definition *d = NULL;
        struct mistakes m;
        size_t count = 0;

        mistakes_init(&m, a);
        folder_read(a, packs[i].folder, &d, &count);
        assert_null(pack_check(KINDS, d, count, day_at(clock_now_ms()), &m));
        if (m.count > 0) {
            tell(&m);
            fail_msg("%s", packs[i].folder);
        }
        arena_free(a);
    }
}

static struct catalog *catalog_of(struct arena *a, const char *folder)
{
    struct definition *d = NULL;
    struct catalog *c = NULL;
    struct mistakes m;
    size_t count = 0;

    mistakes_init(&m, a);
    folder_read(a, folder, &d, &count);
    assert_null(catalog_build(KINDS, 2, d, count, &m, &c));
    return c;
}

static void example_is_accepted(const struct service *s, day today)
{
    struct arena *a = arena_new(0);
    str text = service_example(a, s, today);
    const struct json *body = NULL;
    struct answers answers;
    struct mistakes m;

    mistakes_init(&m, a);
    assert_null(json_parse(a, text, &body));
    assert_null(answers_init(a, &s->form, &answers));
    assert_null(answers_read_json(a, &answers, body, today, &m));
    if (m.count > 0) {
        tell(&m);
        fail_msg("%.*s", STR_ARG(s->key));
    }
    assert_null(answers_check(a, &answers, today, &m));
    assert_int_equal(m.count, 0);
    if (s->form.steps_count > 0) { /* short ones are kept without a person */
        assert_true(json_get(json_get(body, STR("contact")), STR("name")) != NULL);
    }
    assert_true(str_equal(answers_write(a, &answers), form_example(a, &s->form, today)));
    assert_false(arena_failed(a));
    arena_free(a);
}

static void every_example_is_accepted_today_and_next_year(void **state)
{
    day today = day_at(clock_now_ms());

    (void)state;
    for (size_t i = 0; i < PACKS; i++) {
        struct arena *a = arena_new(0);
        struct catalog *c = catalog_of(a, packs[i].folder);

        assert_int_equal(catalog_count(c, "service"), packs[i].services);
        for (size_t k = 0; k < packs[i].services; k++) {
            example_is_accepted(catalog_at(c, "service", k), today);
            example_is_accepted(catalog_at(c, "service", k), today + 400);
        }
        catalog_release(c);
        arena_free(a);
    }
}

static void the_demo_uses_every_type_of_question(void **state)
{
    bool used[QUESTION_TYPES] = { false };

    (void)state;
    for (size_t i = 0; i < PACKS; i++) {
        struct arena *a = arena_new(0);
        struct catalog *c = catalog_of(a, packs[i].folder);

        for (size_t k = 0; k < catalog_count(c, "service"); k++) {
            const struct service *s = catalog_at(c, "service", k);

            for (size_t step = 0; step < s->form.steps_count; step++) {
                for (size_t n = 0; n < s->form.steps[step].questions_count; n++) {
                    used[s->form.steps[step].questions[n].type] = true;
                }
            }
        }
        catalog_release(c);
        arena_free(a);
    }
    for (int type = 0; type < QUESTION_TYPES; type++) {
        if (!used[type]) {
            fail_msg("%.*s", STR_ARG(question_type_key[type]));
        }
    }
}

static const struct { const char *typed; enum lang lang; const char *first; } searches[] = {
    { "使用分區", LANG_ZH, "zoning" },
    { "土地分區", LANG_ZH, "zoning" },
    { "土地分区", LANG_ZH, NULL },
    { "分區證明", LANG_ZH, "zoning" },
    { "ZONING", LANG_EN, "zoning" },
    { "zoning certificate", LANG_ZH, "zoning" },
    { "certificate zoning", LANG_EN, "zoning" },
    { "調解", LANG_ZH, "mediation" },
    { "漏水", LANG_ZH, "mediation" },
    { "調停", LANG_JA, "mediation" },
    { "ｍｅｄｉａｔｉｏｎ", LANG_EN, "mediation" },
    { "traffic accident", LANG_EN, NULL },
    { "xyzzy", LANG_EN, NULL },
};

static void what_people_call_it_finds_it(void **state)
{
    struct arena *a = arena_new(0);
    struct catalog *c = catalog_of(a, "packs/demo/district");
    const struct service **found = NULL;
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(searches) / sizeof(*searches); i++) {
        assert_null(service_search(a, c, str_of(searches[i].typed), searches[i].lang, &found,
                                   &count));
        if (searches[i].first != NULL &&
            (count == 0 || !str_equal(found[0]->key, str_of(searches[i].first)))) {
            fail_msg("%s: %zu found", searches[i].typed, count);
        }
    }
    assert_null(service_search(a, c, STR("xyzzy"), LANG_ZH, &found, &count));
    assert_int_equal(count, 0);
    assert_null(service_search(a, c, STR("  "), LANG_ZH, &found, &count));
    assert_int_equal(count, catalog_count(c, "service"));
    /* Nothing typed: what most people come for, then the others in their own order. */
    assert_true(office_get(c)->front_count >= 4);
    for (size_t i = 0; i < office_get(c)->front_count; i++) {
        assert_true(str_equal(found[i]->key, office_get(c)->front[i]));
    }
    for (size_t i = office_get(c)->front_count + 1; i < count; i++) {
        assert_true(str_compare(found[i - 1]->key, found[i]->key) < 0);
    }
    catalog_release(c);
    arena_free(a);
}

/* What people type, and the service that has to come first. */
static const struct {
    const char *office;
    enum lang lang;
    const char *typed, *first;
} everyday[] = {
    { "district", LANG_ZH, "路燈壞了", "street_lamp" },
    { "district", LANG_ZH, "燈不亮", "street_lamp" },
    { "district", LANG_ZH, "便當", "elder_lunch" },
    { "district", LANG_ZH, "老人送餐", "elder_lunch" },
    { "district", LANG_ZH, "敬老卡", "senior_card" },
    { "district", LANG_ZH, "公車卡", "senior_card" },
    { "district", LANG_ZH, "健保", "nhi" },
    { "district", LANG_ZH, "離職健保", "nhi" },
    { "district", LANG_ZH, "出國當兵", "conscript_travel" },
    { "district", LANG_ZH, "兵單", "defer_call" },
    { "district", LANG_ZH, "延後當兵", "defer_call" },
    { "district", LANG_ZH, "補充兵", "family_service" },
    { "district", LANG_ZH, "低收", "low_income" },
    { "district", LANG_ZH, "清寒證明", "low_income_proof" },
    { "district", LANG_ZH, "老人津貼", "elder_allowance" },
    { "district", LANG_ZH, "身障手冊", "disability" },
    { "district", LANG_ZH, "殘障", "disability" },
    { "district", LANG_ZH, "律師", "legal_advice" },
    { "district", LANG_ZH, "見區長", "meet_director" },
    { "district", LANG_ZH, "借場地", "hall" },
    { "district", LANG_ZH, "活動中心", "hall" },
    { "district", LANG_ZH, "水溝", "site_visit" },
    { "district", LANG_ZH, "路樹", "site_visit" },
    { "district", LANG_ZH, "淹水", "site_visit" },
    { "district", LANG_ZH, "失智", "referral" },
    { "district", LANG_ZH, "家暴", "referral" },
    { "district", LANG_ZH, "馬上關懷", "urgent_relief" },
    { "district", LANG_ZH, "繳不出房租", "urgent_relief" },
    { "district", LANG_ZH, "急難救助", "emergency_relief" },
    { "district", LANG_ZH, "喪葬補助", "emergency_relief" },
    { "district", LANG_ZH, "找工作", "other_counters" },
    { "district", LANG_ZH, "國民年金", "other_counters" },
    { "district", LANG_ZH, "不成立證明", "mediation_failed" },
    { "district", LANG_ZH, "車禍", "mediation" },
    { "district", LANG_ZH, "買房", "zoning" },
    { "district", LANG_ZH, "學手機", "evergreen" },
    { "district", LANG_ZH, "社大課程", "evergreen" },
    { "district", LANG_EN, "street light", "street_lamp" },
    { "district", LANG_EN, "bus pass", "senior_card" },
    { "district", LANG_EN, "lawyer", "legal_advice" },
    { "district", LANG_EN, "health insurance", "nhi" },
    { "district", LANG_EN, "disability card", "disability" },
    { "district", LANG_EN, "traffic accident", "mediation" },
    { "district", LANG_JA, "街灯", "street_lamp" },
    { "district", LANG_JA, "弁護士", "legal_advice" },
    { "district", LANG_JA, "障害者手帳", "disability" },
    { "district", LANG_JA, "健康保険", "nhi" },
    { "district", LANG_JA, "弁当", "elder_lunch" },
    { "household", LANG_ZH, "謄本", "transcript" },
    { "household", LANG_ZH, "英文謄本", "english" },
    { "household", LANG_ZH, "身分證不見了", "id_lost" },
    { "household", LANG_ZH, "掉身分證", "id_lost" },
    { "household", LANG_ZH, "換身分證", "id_renew" },
    { "household", LANG_ZH, "第一次領身分證", "id_first" },
    { "household", LANG_ZH, "戶口名簿", "household_book" },
    { "household", LANG_ZH, "印鑑證明", "seal_certificate" },
    { "household", LANG_ZH, "印鑑登記", "seal_register" },
    { "household", LANG_ZH, "搬家", "registration" },
    { "household", LANG_ZH, "遷戶口", "registration" },
    { "household", LANG_ZH, "結婚登記", "registration" },
    { "household", LANG_ZH, "改名", "registration" },
    { "household", LANG_ZH, "結婚證明", "marriage_certificate" },
    { "household", LANG_ZH, "單身證明", "record_certificate" },
    { "household", LANG_ZH, "報戶口", "birth" },
    { "household", LANG_ZH, "生小孩", "birth" },
    { "household", LANG_ZH, "自然人憑證", "citizen_certificate" },
    { "household", LANG_ZH, "網路報稅", "citizen_certificate" },
    { "household", LANG_ZH, "新房子門牌", "address_plate" },
    { "household", LANG_ZH, "門牌證明", "address_certificate" },
    { "household", LANG_ZH, "前房客", "residence_check" },
    { "household", LANG_ZH, "遺照", "photo_file" },
    { "household", LANG_ZH, "收不到信", "delivery_address" },
    { "household", LANG_ZH, "住院辦身分證", "home_visit" },
    { "household", LANG_ZH, "人口統計", "statistics" },
    { "household", LANG_ZH, "三等親", "kinship" },
    { "household", LANG_EN, "lost ID card", "id_lost" },
    { "household", LANG_EN, "moving house", "registration" },
    { "household", LANG_EN, "newborn", "birth" },
    { "household", LANG_EN, "family register", "transcript" },
    { "household", LANG_JA, "引っ越し", "registration" },
    { "household", LANG_JA, "戸籍謄本", "transcript" },
    { "household", LANG_JA, "赤ちゃん", "birth" },
    { "household", LANG_JA, "印鑑証明", "seal_certificate" },
    { "health", LANG_ZH, "流感疫苗", "flu_vaccine" },
    { "health", LANG_ZH, "新冠", "flu_vaccine" },
    { "health", LANG_ZH, "寶寶打針", "child_vaccine" },
    { "health", LANG_ZH, "嬰兒疫苗", "child_vaccine" },
    { "health", LANG_ZH, "健檢", "screening" },
    { "health", LANG_ZH, "抽血", "screening" },
    { "health", LANG_ZH, "抹片", "cancer_followup" },
    { "health", LANG_ZH, "量血壓", "blood_pressure" },
    { "health", LANG_ZH, "蚊子", "dengue" },
    { "health", LANG_ZH, "噴藥", "dengue" },
    { "health", LANG_ZH, "長照", "care_referral" },
    { "health", LANG_ZH, "到宅打針", "home_vaccination" },
    { "health", LANG_ZH, "戒菸", "health_talk" },
    { "health", LANG_EN, "flu shot", "flu_vaccine" },
    { "health", LANG_EN, "baby vaccine", "child_vaccine" },
    { "health", LANG_EN, "mosquito", "dengue" },
    { "health", LANG_JA, "健診", "screening" },
    { "health", LANG_JA, "蚊", "dengue" },
    { "health", LANG_JA, "介護", "care_referral" },
    { "cityhall", LANG_ZH, "租場地", "venue" },
    { "cityhall", LANG_ZH, "會議室", "venue" },
    { "cityhall", LANG_ZH, "舊公文", "archives" },
    { "cityhall", LANG_ZH, "資訊公開", "information" },
    { "cityhall", LANG_ZH, "輓額", "scroll" },
    { "cityhall", LANG_ZH, "告別式", "scroll" },
    { "cityhall", LANG_ZH, "退費", "consumer_complaint" },
    { "cityhall", LANG_ZH, "消費糾紛", "consumer_complaint" },
    { "cityhall", LANG_ZH, "網購", "consumer_complaint" },
    { "cityhall", LANG_ZH, "消費調解", "consumer_mediation" },
    { "cityhall", LANG_ZH, "卡債", "debt_advice" },
    { "cityhall", LANG_ZH, "欠錢", "debt_advice" },
    { "cityhall", LANG_ZH, "公報", "gazette" },
    { "cityhall", LANG_ZH, "監察院", "control_yuan" },
    { "cityhall", LANG_ZH, "遊說", "lobbying" },
    { "cityhall", LANG_ZH, "海報", "display_slot" },
    { "cityhall", LANG_ZH, "姊妹市", "international" },
    { "cityhall", LANG_ZH, "服務證明", "worker_certificate" },
    { "cityhall", LANG_ZH, "電子公文", "e_exchange" },
    { "cityhall", LANG_EN, "refund", "consumer_complaint" },
    { "cityhall", LANG_EN, "funeral", "scroll" },
    { "cityhall", LANG_JA, "借金", "debt_advice" },
    { "cityhall", LANG_JA, "会議室", "venue" },
};

static void everyday_words_find_it_first(void **state)
{
    const char *office = "";
    struct arena *a = NULL;
    struct catalog *c = NULL;
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(everyday) / sizeof(*everyday); i++) {
        const struct service **found = NULL;
        size_t count = 0;

        if (strcmp(office, everyday[i].office) != 0) {
            catalog_release(c);
            arena_free(a);
            a = arena_new(0);
            office = everyday[i].office;
            c = catalog_of(a, str_z(a, str_format(a, "packs/demo/%s", office)));
        }
        assert_null(service_search(a, c, str_of(everyday[i].typed), everyday[i].lang,
                                   &found, &count));
        if (count == 0 || !str_equal(found[0]->key, str_of(everyday[i].first))) {
            print_message("# %s at %s: %.*s\n", everyday[i].typed, office,
                          STR_ARG(count == 0 ? STR("nothing") : found[0]->key));
            wrong++;
        }
    }
    catalog_release(c);
    arena_free(a);
    assert_int_equal(wrong, 0);
}

/* Reads a pack, applies by the example, tells the answers; with the n-th allocation failing. */
static void apply_once(const struct definition *d, size_t count, day today)
{
    struct arena *a = arena_new(0);
    struct catalog *c = NULL;
    struct mistakes m;

    if (a == NULL) {
        return;
    }
    mistakes_init(&m, a);
    if (catalog_build(KINDS, 2, d, count, &m, &c) == NULL) {
        const struct service *s = service_get(c, STR("home_service"));
        const struct json *body = NULL;
        struct answers answers;

        if (s != NULL && json_parse(a, service_example(a, s, today), &body) == NULL &&
            answers_init(a, &s->form, &answers) == NULL &&
            answers_read_json(a, &answers, body, today, &m) == NULL) {
            for (size_t i = 0; i < answers.count; i++) {
                (void)answer_text(a, &answers.list[i], LANG_ZH, true);
                (void)answer_find_value(a, &answers.list[i]);
            }
        }
        catalog_release(c);
    }
    arena_free(a);
}

static void running_out_of_memory_is_no_crash(void **state)
{
    struct arena *a = arena_new(0);
    struct definition *d = NULL;
    size_t count = 0;

    (void)state;
    folder_read(a, "packs/start", &d, &count);
    for (long n = 1; n < 6000; n += n < 300 ? 1 : 37) {
        arena_fault_at(n);
        apply_once(d, count, day_of(2026, 11, 22));
        arena_fault_at(0);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_pack_has_a_mistake),
        cmocka_unit_test(every_example_is_accepted_today_and_next_year),
        cmocka_unit_test(the_demo_uses_every_type_of_question),
        cmocka_unit_test(what_people_call_it_finds_it),
        cmocka_unit_test(everyday_words_find_it_first),
        cmocka_unit_test(running_out_of_memory_is_no_crash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
