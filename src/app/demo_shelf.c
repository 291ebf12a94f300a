/* demo_shelf — forms that belong to no single service stand on the shelf of each office:
 * letter of authority, consent, affidavit, agreements on marriage and divorce. They are
 * made by the papers process as PDF and ODT; where it cannot start the shelf is empty.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner.h"
#include "base/arena.h"
#include "feature/sheets/sheets_store.h"
#include "host/paper/document.h"
#include "host/paper/paper.h"
#include "host/store/files.h"
#include "host/store/store.h"

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))
#define YEAR_DAYS 365
#define SIGNERS 4

static const struct {
    str key, number;
    struct label name;
    str law, text;
    str signers[SIGNERS];
    bool household; /* kept by household offices alone */
} forms[] = {
    { STR_INIT("authority"), STR_INIT("A01"),
      { .in = { STR_INIT("委託書"), STR_INIT("Letter of authority"), STR_INIT("委任状") } },
      STR_INIT("民法第 528 條、第 531 條"),
      STR_INIT("本人因故無法親自辦理＿＿＿＿＿＿＿＿＿＿＿＿事項，茲委託受託人代為申請，並代為領取相關文件。"
               "以上委託屬實，如有虛偽，願負法律責任。"),
      { STR_INIT("委託人（簽名或蓋章）"), STR_INIT("身分證統一編號及電話"),
        STR_INIT("受託人（簽名或蓋章）"), STR_INIT("身分證統一編號及電話") },
      false },
    { STR_INIT("consent"), STR_INIT("A02"),
      { .in = { STR_INIT("同意書"), STR_INIT("Consent"), STR_INIT("同意書") } },
      STR_INIT("民法第 79 條"),
      STR_INIT("立同意書人同意＿＿＿＿＿＿＿＿＿辦理＿＿＿＿＿＿＿＿＿＿＿＿事項，並已了解其內容。"),
      { STR_INIT("立同意書人（簽名或蓋章）"), STR_INIT("與申請人之關係"),
        STR_INIT("身分證統一編號"), STR_INIT("電話") },
      false },
    { STR_INIT("affidavit"), STR_INIT("A03"),
      { .in = { STR_INIT("切結書"), STR_INIT("Affidavit"), STR_INIT("誓約書") } },
      STR_INIT("行政程序法第 40 條"),
      STR_INIT("本人申請＿＿＿＿＿＿＿＿＿＿＿＿，所述＿＿＿＿＿＿＿＿＿＿＿＿均屬實情。"
               "如有不實，同意機關撤銷原處分，並返還已領取之給付。"),
      { STR_INIT("切結人（簽名或蓋章）"), STR_INIT("身分證統一編號"), STR_INIT("地址"),
        STR_INIT("電話") },
      false },
    { STR_INIT("marriage"), STR_INIT("H01"),
      { .in = { STR_INIT("結婚書約"), STR_INIT("Marriage agreement"),
                STR_INIT("婚姻届（書約）") } },
      STR_INIT("民法第 982 條"),
      STR_INIT("雙方合意結婚，自向戶政事務所辦妥結婚登記之日起發生效力，並有二人以上證人簽名。"),
      { STR_INIT("雙方當事人（簽名或蓋章）"), STR_INIT("身分證統一編號"),
        STR_INIT("證人一（簽名或蓋章）"), STR_INIT("證人二（簽名或蓋章）") },
      true },
    { STR_INIT("divorce"), STR_INIT("H02"),
      { .in = { STR_INIT("離婚協議書"), STR_INIT("Divorce agreement"),
                STR_INIT("離婚協議書") } },
      STR_INIT("民法第 1050 條"),
      STR_INIT("雙方合意離婚，未成年子女權利義務之行使或負擔約定如下：＿＿＿＿＿＿＿＿＿＿＿＿＿＿。"),
      { STR_INIT("雙方當事人（簽名或蓋章）"), STR_INIT("身分證統一編號"),
        STR_INIT("證人一（簽名或蓋章）"), STR_INIT("證人二（簽名或蓋章）") },
      true },
};
struct made {
    str pdf, odt;
};

static err form_make(struct demo *d, struct paper *paper, size_t i, struct made *ret)
{
    struct doc doc = { .title = forms[i].name.in[LANG_ZH], .lang = LANG_ZH,
                       .face = DOC_KAI, .made_ms = d->begin_ms,
                       .foot = forms[i].number };
    struct doc_maker m;

    doc_begin(&m, d->arena, &doc);
    doc_add(&m, DOC_TITLE, doc.title)->align = DOC_CENTRE;
    doc_add(&m, DOC_SPACE, STR(""))->height_mm = 6;
    doc_add(&m, DOC_TEXT, forms[i].text)->size = DOC_LARGE;
    doc_add(&m, DOC_SPACE, STR(""))->height_mm = 8;
    doc_add(&m, DOC_TEXT, STR("此致　　　　　　　　　　　　　　（機關名稱）"));
    doc_add(&m, DOC_SPACE, STR(""))->height_mm = 8;
    for (int n = 0; n < SIGNERS; n++) {
        doc_add(&m, DOC_SIGN, STR(""))->label = forms[i].signers[n];
    }
    doc_add(&m, DOC_SPACE, STR(""))->height_mm = 8;
    doc_add(&m, DOC_TEXT, STR("中華民國　　　　年　　　　月　　　　日"))->align = DOC_CENTRE;
    doc_add(&m, DOC_TEXT, str_format(d->arena, "依據：%.*s", STR_ARG(forms[i].law)))->size =
        DOC_SMALL;
    TRY(paper_pdf(d->arena, paper, &doc, &ret->pdf));
    return paper_odt(d->arena, paper, &doc, &ret->odt);
}

static err file_put(struct demo *d, const struct demo_office *o, str bytes, str type,
                    int64_t *ret)
{
    struct file_writer *w;
    struct file_facts facts;

    *ret = id_next(&d->ids, d->end_ms - 1);
    TRY(file_begin(d->arena, d->store, d->keyring, o->agency.id, *ret, d->end_ms - 1, &w));
    TRY(file_append(w, bytes.at, bytes.len));
    TRY(file_finish(w, &facts));
    TRY(file_media(d->arena, d->store, o->agency.id, *ret, type));
    return file_keep(d->arena, d->store, o->agency.id, *ret);
}

static err run_put(void *context, struct arena *a, struct tx *tx)
{
    return shelf_put(a, tx, context);
}

static err shelf_fill(struct demo *d, const struct demo_office *o, const struct made *made)
{
    const struct staff *who = demo_staff(o, DUTY_COORDINATOR, 0);
    bool household = str_equal(o->key, STR("household"));

    for (size_t i = 0; who != NULL && i < COUNT(forms); i++) {
        struct shelf_form f = {
            .agency = o->agency.id, .id = id_next(&d->ids, d->end_ms - 1), .version = 1,
            .number = str_format(d->arena, "%.*s-%.*s", STR_ARG(o->agency.case_prefix),
                                 STR_ARG(forms[i].number)),
            .name = forms[i].name, .law = forms[i].law, .unit = o->units[0].key,
            .checked = d->wish->today - 40, .on_shelf = true, .staff = who->id,
            .next_check = d->wish->today - 40 + (i == 1 ? 30 : YEAR_DAYS),
            .at_ms = d->end_ms - 40 * DAY_MS,
        };

        if (forms[i].household && !household) {
            continue;
        }
        TRY(file_put(d, o, made[i].pdf, STR("application/pdf"), &f.pdf));
        TRY(file_put(d, o, made[i].odt, STR("application/vnd.oasis.opendocument.text"),
                     &f.odt));
        TRY(store_commit(d->store, d->arena, o->agency.id, run_put, &f));
    }
    return NULL;
}

err demo_shelf(struct demo *d)
{
    struct made made[COUNT(forms)];
    struct paper *paper;

    if (d->wish->papers == NULL || paper_start(d->arena, d->wish->papers, &paper) != NULL) {
        return NULL;
    }
    for (size_t i = 0; i < COUNT(forms); i++) {
        err e = form_make(d, paper, i, &made[i]);

        if (e != NULL) {
            paper_stop(paper);
            return e->kind == ERR_BUSY ? NULL : e;
        }
    }
    paper_stop(paper);
    for (size_t i = 0; i < DEMO_OFFICES; i++) {
        TRY(shelf_fill(d, &d->offices[i], made));
    }
    return NULL;
}
