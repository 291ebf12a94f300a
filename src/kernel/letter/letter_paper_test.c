/* Letters on paper: each kind is drawn, written, and fills a template of its own form.
 *
 * With BIANMIN_SHEETS=FOLDER what was made is left there to be looked at.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/letter/letter_paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ARENA ((size_t)200 << 20)

static const struct agency office = {
    .id = 7, .name = { { STR_INIT("青埔區公所") } }, .city = { { STR_INIT("雲川市") } },
    .address = { { STR_INIT("320 雲川市青埔區公園路 1 號") } },
};
static const struct letter_field fields[] = {
    { STR_INIT("申請人"), STR_INIT("林小青") }, { STR_INIT("地段"), STR_INIT("青埔段") },
    { STR_INIT("地號（母號）"), STR_INIT("123") }, { STR_INIT("一共幾筆土地"), STR_INIT("1") },
};

static struct letter letter_of(enum letter_kind kind)
{
    return (struct letter){
        .kind = kind, .form = STR("plain_letter"), .state = LETTER_DRAFT, .copies = 1,
        .day = DAY_NONE, .valid_until = DAY_NONE, .keep_years = 5,
        .file_number = STR("0115/030102/1"), .made_ms = INT64_C(1790000000000),
        .seal = kind == LETTER_CERTIFICATE ? SEAL_OFFICE : SEAL_SIGNATURE,
        .content = {
            .recipient = STR("林小青 君"), .address = STR("320 雲川市青埔區公園里公園路 1 號"),
            .subject = STR("臺端申請「低收入戶審核」一案（案號：DA-115-000033-0），經審查與規定不符，歉難照准，請查照。"),
            .facts = STR("臺端於115年3月2日提出申請。\n經本所派員訪視，全家人口4人，家庭總收入平均分配全家人口，每人每月新臺幣32,000元。"),
            .reasons = STR("依社會救助法第4條規定，家庭總收入平均分配全家人口，每人每月應在最低生活費以下。\n臺端每人每月收入已逾最低生活費標準。"),
            .law = STR("社會救助法第4條、第5條及第5條之3。"),
            .text = kind == LETTER_CERTIFICATE ? STR("上列事項經查屬實，特此證明。")
                                               : STR("復臺端115年3月2日申請書。\n依據社會救助法規定辦理。"),
            .remedy = STR("本件為行政處分。臺端如有不服，得自本處分書送達之次日起30日內，繕具訴願書，經由青埔區公所向雲川市政府提起訴願。"),
            .to = STR("林小青 君"), .copies_to = STR("雲川市政府社會局、本所社會課"), .enclosures = STR("如說明"),
            .fields = fields, .fields_count = kind == LETTER_CERTIFICATE ? 4 : 0,
        },
    };
}

static void keep(struct arena *a, const char *name, str bytes)
{
    const char *folder = getenv("BIANMIN_SHEETS");

    if (folder != NULL) {
        FILE *f = fopen(str_z(a, str_format(a, "%s/%s", folder, name)), "wb");

        assert_non_null(f);
        assert_int_equal(fwrite(bytes.at, 1, bytes.len, f), bytes.len);
        fclose(f);
    }
}

static bool says(const struct doc *d, const char *what)
{
    for (size_t i = 0; i < d->blocks_count; i++) {
        if (str_find(d->blocks[i].text, str_of(what)) >= 0 ||
            str_find(d->blocks[i].label, str_of(what)) >= 0) {
            return true;
        }
    }
    return str_find(d->top_right, str_of(what)) >= 0;
}

static const struct {
    const char *story, *name;
    enum letter_kind kind;
    bool issued;
    const char *says[8], *says_not[3];
} rows[] = {
    { "a draft has no number and says that it is one", "draft", LETTER_LETTER, false,
      { "青埔區公所　函（稿）", "受文者：", "發文字號：", "速別：", "密等", "主旨：", "正本：", "首長職銜簽字章" },
      { "處分書", "教示" } },
    { "a decision has facts, reasons, law and remedy", "decision", LETTER_DECISION, true,
      { "處分書", "事實：", "理由：", "法令依據：", "教示：", "訴願書", "檔　　號：0115/030102/1", "青社字第1150000321號" },
      { "（稿）" } },
    { "a certificate has its seal, its code and until when it holds", "certificate",
      LETTER_CERTIFICATE, true,
      { "土地使用分區證明書", "機關印信", "區長　陳大同", "特此證明", "民國115年11月2日", "掃描查驗真偽",
        "中華民國115年3月2日", "青埔區公所" },
      { "（稿）", "受文者" } },
};

static void each_kind_is_a_sheet(void **state)
{
    struct arena *a = arena_new(ARENA);
    struct paper *p;

    assert_null(paper_start(a, getenv("BIANMIN_PAPERS"), &p));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct letter l = letter_of(rows[i].kind);
        struct letter_about about = {
            .agency = &office, .name = STR("土地使用分區證明書"), .officer = STR("林文華"),
            .telephone = STR("03-000-0000 #231"), .email = STR("district@yunchuan.example"),
            .head = STR("區長　陳大同"),
            .confirm = rows[i].kind == LETTER_CERTIFICATE
                           ? STR("https://office.example/district/certificates/0123456789ABCDEFGHJK")
                           : STR(""),
        };
        struct doc d;
        str pdf, odt;

        if (rows[i].issued) {
            l.state = LETTER_ISSUED;
            l.number = STR("青社字第1150000321號");
            l.day = day_of(2026, 3, 2);
            l.valid_until = rows[i].kind == LETTER_CERTIFICATE ? day_of(2026, 11, 2) : DAY_NONE;
        }
        assert_null(letter_doc(a, &l, &about, &d));
        for (int n = 0; n < 8 && rows[i].says[n] != NULL; n++) {
            if (!says(&d, rows[i].says[n])) {
                fail_msg("%s: no %s", rows[i].story, rows[i].says[n]);
            }
        }
        for (int n = 0; n < 3 && rows[i].says_not[n] != NULL; n++) {
            if (says(&d, rows[i].says_not[n])) {
                fail_msg("%s: %s", rows[i].story, rows[i].says_not[n]);
            }
        }
        assert_null(paper_pdf(a, p, &d, &pdf));
        assert_null(paper_odt(a, p, &d, &odt));
        keep(a, str_z(a, str_format(a, "%s.pdf", rows[i].name)), pdf);
        keep(a, str_z(a, str_format(a, "%s.odt", rows[i].name)), odt);
    }
    paper_stop(p);
    arena_free(a);
}

static void its_own_form_is_a_template_that_it_fills(void **state)
{
    struct arena *a = arena_new(ARENA);
    struct paper *p;

    assert_null(paper_start(a, getenv("BIANMIN_PAPERS"), &p));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct letter l = letter_of(rows[i].kind);
        struct letter_about about = { .agency = &office, .name = STR("證明書"), .is_template = true };
        struct paper_filling f;
        struct doc d;
        str template_odt, filled, *names;
        size_t count, asked;

        assert_null(letter_doc(a, &l, &about, &d));
        assert_null(paper_odt(a, p, &d, &template_odt));
        assert_null(paper_names(a, p, template_odt, &names, &asked));
        assert_true(asked > 3);
        about.is_template = false;
        assert_null(letter_filling(a, &l, &about, &f));
        assert_null(paper_fill(a, p, template_odt, &f, &filled));
        assert_null(paper_names(a, p, filled, &names, &count));
        assert_int_equal(count, 0);
        keep(a, str_z(a, str_format(a, "%s-filled.odt", rows[i].name)), filled);
    }
    paper_stop(p);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_a_sheet),
        cmocka_unit_test(its_own_form_is_a_template_that_it_fills),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
