/* A sheet said once comes out as PDF and as OpenDocument, the same again each time; programs
 * that know these formats find it right.
 *
 * With BIANMIN_SHEETS=FOLDER what was made is left there to be looked at.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/day.h"
#include "host/paper/document.h"
#include "host/paper/paper.h"

#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ARENA ((size_t)200 << 20)
#define MADE INT64_C(1790000000000)

struct bench {
    struct arena *a;
    struct paper *p;
    char folder[64];
};

extern char **environ;

static void shell(const char *command)
{
    char *const words[] = { (char *)(uintptr_t) "sh", (char *)(uintptr_t) "-c",
                            (char *)(uintptr_t)command, NULL };
    pid_t child;
    int status;

    assert_int_equal(posix_spawnp(&child, "sh", NULL, NULL, words, environ), 0);
    waitpid(child, &status, 0);
}

static int bench_open(void **state)
{
    static struct bench b;
    err e;

    b.a = arena_new(ARENA);
    e = paper_start(b.a, getenv("BIANMIN_PAPERS"), &b.p);
    if (e != NULL) {
        fail_msg("%.*s", STR_ARG(e->why));
    }
    snprintf(b.folder, sizeof b.folder, "/tmp/bianmin-sheets-XXXXXX");
    assert_non_null(mkdtemp(b.folder));
    *state = &b;
    return 0;
}

static int bench_close(void **state)
{
    struct bench *b = *state;

    paper_stop(b->p);
    shell(str_z(b->a, str_format(b->a, "rm -r %s", b->folder)));
    arena_free(b->a);
    return 0;
}

static str file_put(struct bench *b, const char *name, str bytes)
{
    const char *kept = getenv("BIANMIN_SHEETS");
    str path = str_format(b->a, "%s/%s", kept != NULL ? kept : b->folder, name);
    FILE *f = fopen(str_z(b->a, path), "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, f), bytes.len);
    fclose(f);
    return path;
}

/* What a program says about a file. */
static str say(struct bench *b, const char *program, str path, const char *behind)
{
    str said = str_format(b->a, "%s/said", b->folder);
    char *text = arena_alloc(b->a, 1 << 18);

    shell(str_z(b->a, str_format(b->a, "{ %s '%.*s' %s; } >'%.*s' 2>&1", program,
                                 STR_ARG(path), behind, STR_ARG(said))));
    FILE *f = fopen(str_z(b->a, said), "rb");
    assert_non_null(f);
    size_t len = fread(text, 1, 1 << 18, f);
    fclose(f);
    return (str){ text, len };
}

static void sees(str text, const char *what)
{
    if (str_find(text, str_of(what)) < 0) {
        fail_msg("no \"%s\" in: %.*s", what, (int)(text.len < 3000 ? text.len : 3000),
                 text.at);
    }
}

/* A sheet with a bit of everything. */
static struct doc sheet(struct arena *a, enum doc_face face)
{
    static const int shares[] = { 1, 3, 1 };
    static const str cells[] = {
        STR_INIT("項次"),
        STR_INIT("應備證件"),
        STR_INIT("份數"),
        STR_INIT("1"),
        STR_INIT("國民身分證正本（驗畢發還）<原件> & 影本"),
        STR_INIT("1"),
        STR_INIT("2"),
        STR_INIT("委託書：由代理人申請時，委託人與受委託人均須簽名或蓋章"),
        STR_INIT("1"),
    };
    static const struct doc_column seals[] = { { STR_INIT("承辦人"), 1 },
                                               { STR_INIT("課長"), 1 },
                                               { STR_INIT("主任秘書"), 1 },
                                               { STR_INIT("區長"), 1 } };
    struct doc d = { .title = STR("土地使用分區證明申辦須知"),
                     .author = STR("青埔區公所"),
                     .subject = STR("申辦須知"),
                     .face = face,
                     .made_ms = MADE,
                     .foot = STR("青埔區公所　115.09.21 版本 3"),
                     .numbered = true,
                     .top_right = STR("檔　　號：\n保存年限："),
                     .binding = face == DOC_KAI };
    struct doc_maker m;

    doc_begin(&m, a, &d);
    doc_add(&m, DOC_TITLE, STR("土地使用分區證明申辦須知"));
    doc_add(&m, DOC_TEXT, STR("證明一筆或多筆土地位於都市計畫的哪一種使用分區。堃喆𠮷"))
        ->boxed = true;
    doc_item(&m, 1, STR("主旨："),
             STR("有關臺端申請核發土地使用分區證明書一案，復如說明，請查照。"
                 "本案依據都市計畫法第六條規定辦理，並請於期限內領取。"))
        ->bold = true;
    doc_heading(&m, 1, STR("應備證件"));
    doc_table(&m, shares, 3, cells, 3);
    for (int i = 1; i <= 3; i++) {
        doc_item(&m, i, doc_number(a, LANG_ZH, i, i * 7), STR("依規定辦理。"));
    }
    struct doc_block *row = doc_add(&m, DOC_SEALS, STR(""));
    row->columns = seals;
    row->columns_count = 4;
    struct doc_block *seal = doc_add(&m, DOC_SEAL, STR("（機關印信）"));
    seal->width_mm = seal->height_mm = 60;
    seal->align = DOC_RIGHT;
    doc_add(&m, DOC_SIGN, STR("（簽名或蓋章）"))->label = STR("申請人");
    struct doc_block *qr = doc_add(
        &m, DOC_QR, STR("掃描後線上申辦：\nhttps://office.example/district/apply/zoning"));
    qr->label = STR("https://office.example/district/apply/zoning");
    doc_add(&m, DOC_RULE, STR(""));
    return d;
}

static void a_sheet_is_drawn(void **state)
{
    struct bench *b = *state;

    for (int face = 0; face < 2; face++) {
        struct doc d = sheet(b->a, (enum doc_face)face);
        str pdf, again, path, text;

        assert_null(paper_pdf(b->a, b->p, &d, &pdf));
        assert_null(paper_pdf(b->a, b->p, &d, &again));
        assert_true(str_equal(pdf, again));
        path = file_put(b, face == DOC_KAI ? "kai.pdf" : "plain.pdf", pdf);
        text = say(b, "pdftotext", path, "-");
        sees(text, "土地使用分區證明申辦須知");
        sees(text, "國民身分證正本（驗畢發還）<原件> & 影本");
        sees(text, "第 1 頁，共 ");
        sees(text, "主任秘書");
        sees(say(b, "qpdf --check", path, ""), "No syntax or stream encoding errors");
        text = say(b, "pdfinfo", path, "");
        sees(text, "Title:           土地使用分區證明申辦須知");
        sees(text, "Tagged:          yes");
        sees(text, "595.276 x 841.89 pts (A4)");
        text = say(b, "pdfinfo -struct-text", path, "");
        sees(text, "H1 (block)");
        sees(text, "      TH\n");
        sees(say(b, "qpdf --qdf --object-streams=disable", path, "- | grep -a Lang"),
             "/Lang (zh-Hant-TW)");
        text = say(b, "pdffonts", path, "");
        sees(text, face == DOC_KAI ? "UKai" : "NotoSansCJK");
        assert_int_equal(str_find(text, STR(" no  yes yes")), -1); /* all are embedded */
    }
}

static void a_sheet_is_written(void **state)
{
    struct bench *b = *state;
    struct doc d = sheet(b->a, DOC_PLAIN);
    str odt, again, path, content;

    assert_null(paper_odt(b->a, b->p, &d, &odt));
    assert_null(paper_odt(b->a, b->p, &d, &again));
    assert_true(str_equal(odt, again));
    assert_true(str_equal(str_slice(odt, 30, 47),
                          STR("mimetypeapplication/vnd.oasis.opendocument.text")));
    path = file_put(b, "plain.odt", odt);
    sees(say(b, "unzip -t", path, ""), "No errors detected");
    content = say(b, "unzip -p", path,
                  "content.xml | xmllint --noout - && echo well-formed");
    sees(content, "well-formed");
    sees(say(b, "unzip -p", path, "content.xml"), "&lt;原件&gt; &amp; 影本");
    sees(say(b, "unzip -p", path, "META-INF/manifest.xml"), "Pictures/1.png");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_is_drawn),
        cmocka_unit_test(a_sheet_is_written),
    };

    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
