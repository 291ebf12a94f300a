/* offer_pack — what a service asks for and gives: papers, fees, fines, letters.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/service_pack.h"

const str letter_kind_key[4] = { STR_INIT("certificate"), STR_INIT("letter"),
                                 STR_INIT("decision"), STR_INIT("notice") };
const str letter_when_key[3] = { STR_INIT("granted"), STR_INIT("refused"),
                                 STR_INIT("always") };
const str letter_seal_key[3] = { STR_INIT("office"), STR_INIT("signature"),
                                 STR_INIT("strip") };

/* ---- papers ---- */

static const struct pack_word paper_words[] = {
    { "key", "key", "its name in events and notices; `paper_1` … unless said", NULL, 0 },
    { "name", "texts", "what it is called", NULL, 0 },
    { "note", "texts", "a remark for who brings it", NULL, 0 },
    { "where", "texts", "where to get it, for the one-time notice", NULL, 0 },
    { "original", "true or false", "the original has to be shown", NULL, 0 },
    { "copies", "number", "how many copies are kept", NULL, 0 },
    { "looked_up", "true or false",
      "the office looks it up itself: nobody brings it", NULL, 0 },
    { "lookup", "key",
      "the register that is asked in its place (bianmin knows them: `land_register`, "
      "`household` …); says `looked_up` too", NULL, 0 },
    { "lookup_by", "list of keys",
      "the questions that together name what the register is asked about: `[section, "
      "parcel_main, parcel_sub]`; without it each answer that fits can be asked about",
      NULL, 0 },
    { "lookup_rows", "key",
      "a `rows` question with columns of the same keys: each of its rows is asked about, "
      "too", NULL, 0 },
    { "when", "rule", "only then it is needed", NULL, 0 },
};
const struct pack_chapter paper_chapter =
    PACK_CHAPTER("service: papers", "應備證件: a list.", paper_words);

static const struct pack_word agents_words[] = {
    { "papers", "list", "what an agent brings besides; as `papers`", NULL, 0 },
};
const struct pack_chapter agents_chapter = PACK_CHAPTER("service: agents", "",
                                                        agents_words);

static bool is_name(const struct service_reader *f, str word)
{
    for (size_t i = 0; i < f->names_count; i++) {
        if (str_equal(f->names[i], word)) {
            return true;
        }
    }
    return false;
}

/* A list of keys, of questions unless somebody else looks at them. */
static const str *keys_read(struct service_reader *f, const struct yaml *y, const char *key,
                            bool of_questions, size_t *ret_count)
{
    const struct yaml *list = pack_list(f->pack, y, key);
    str *keys = ARENA_ARRAY(f->pack->arena, list != NULL ? list->count : 0, str);

    *ret_count = 0;
    for (const struct yaml *x = list != NULL ? list->first : NULL;
         keys != NULL && x != NULL; x = x->next) {
        if (of_questions && !is_name(f, x->text)) {
            (void)pack_one_of(f->pack, x, x->text, f->names, f->names_count);
        }
        keys[(*ret_count)++] = x->text;
    }
    return keys;
}

static bool has_column(const struct question *rows, str key)
{
    for (size_t i = 0; i < rows->columns_count; i++) {
        if (str_equal(rows->columns[i].key, key)) {
            return true;
        }
    }
    return false;
}

/* What the register is asked about: keys of questions, which the rows have as columns. */
static void subject_read(struct service_reader *f, const struct yaml *y,
                         struct service_paper *p)
{
    const struct question *rows;

    p->lookup_rows = pack_text(f->pack, y, "lookup_rows", false);
    p->lookup_by = keys_read(f, y, "lookup_by", p->lookup_rows.len == 0,
                             &p->lookup_by_count);
    if (p->lookup_rows.len == 0) {
        return;
    }
    rows = form_question(&f->service->form, p->lookup_rows);
    if (rows == NULL || rows->type != Q_ROWS) {
        pack_mistake(f->pack, y, SAY("\"{key}\" is no question with rows.",
                                     SAY_TEXT("key", p->lookup_rows)));
        return;
    }
    for (size_t i = 0; i < p->lookup_by_count; i++) {
        if (!has_column(rows, p->lookup_by[i])) {
            pack_mistake(f->pack, y,
                         SAY("The rows of \"{rows}\" have no column \"{key}\".",
                             SAY_TEXT("rows", p->lookup_rows),
                             SAY_TEXT("key", p->lookup_by[i])));
        }
    }
}

static void paper_read(struct service_reader *f, const struct yaml *y, size_t nth,
                       void *thing)
{
    struct pack_reader *r = f->pack;
    struct service_paper *p = thing;

    p->key = service_key_read(r, y, "paper", nth, false);
    p->name = pack_label(r, y, "name", true);
    p->note = pack_label(r, y, "note", false);
    p->where = pack_label(r, y, "where", false);
    p->original = pack_truth(r, y, "original", false);
    p->copies = (int)pack_int(r, y, "copies", 0, 99, 0);
    p->lookup = pack_text(r, y, "lookup", false);
    p->looked_up = pack_truth(r, y, "looked_up", p->lookup.len > 0);
    subject_read(f, y, p);
    p->when = service_rule_read(f, y, "when");
    p->line = y->line;
    p->column = y->column;
}

static void papers_read(struct service_reader *f)
{
    struct service *s = f->service;
    const struct yaml *agents = pack_map(f->pack, f->document, "agents", false);

    s->papers = service_list_read(f, f->document, "papers", sizeof(struct service_paper),
                                  &paper_chapter, paper_read, &s->papers_count);
    if (agents != NULL) {
        pack_only_words(f->pack, agents, &agents_chapter);
        s->agent_papers =
            service_list_read(f, agents, "papers", sizeof(struct service_paper),
                              &paper_chapter, paper_read, &s->agent_papers_count);
    }
}

/* ---- fees and fines ---- */

static const struct pack_word waiver_words[] = {
    { "key", "key", "its name in receipts and figures", NULL, 0 },
    { "what", "texts", "who need not pay", NULL, 0 },
    { "when", "rule",
      "then it is waived; without a rule a clerk grants it, seeing the proof", NULL, 0 },
    { "proof", "texts", "what shows it", NULL, 0 },
    { "law", "text", "the rule that waives it", NULL, 0 },
    { "percent", "number", "how much is waived; 100 unless said", NULL, 0 },
};
const struct pack_chapter waiver_chapter =
    PACK_CHAPTER("service: waivers of a fee",
                 "A list under a fee. The first that holds counts.", waiver_words);

static const struct pack_word fee_words[] = {
    { "key", "key", "its name in receipts and figures; `fee_1` … unless said", NULL, 0 },
    { "what", "texts", "what is paid for", NULL, 0 },
    { "dollars", "number", "whole New Taiwan dollars; 0 is free", NULL, 0 },
    { "when", "rule", "only then it is due", NULL, 0 },
    { "times", "number expression",
      "how many times: `copies - 1`. Less than nothing is nothing; a broken number is "
      "rounded up", NULL, 0 },
    { "counted", "true or false",
      "only the clerk can say how many: pages copied, sheets of a transcript", NULL, 0 },
    { "law", "text", "the fee rule; in all languages or Chinese alone", NULL, 0 },
    { "from", "date", "in force from", NULL, 0 },
    { "until", "date", "in force until", NULL, 0 },
    { "review_by", "date", "next review (規費法 §11: every three years)", NULL, 0 },
    { "waivers", "list", "see waivers of a fee", NULL, 0 },
};
const struct pack_chapter fee_chapter = PACK_CHAPTER(
    "service: fees",
    "A list. All that are in force and whose `when` holds are added up. `dollars: 0` says "
    "that there is no fee.",
    fee_words);

static const struct pack_word fine_words[] = {
    { "key", "key", "its name in figures; `fine_1` … unless said", NULL, 0 },
    { "what", "texts", "what is fined", NULL, 0 },
    { "least", "number", "dollars", NULL, 0 },
    { "most", "number", "dollars", NULL, 0 },
    { "law", "text", "article", NULL, 0 },
};
const struct pack_chapter fine_chapter =
    PACK_CHAPTER("service: fines", "罰鍰: a list.", fine_words);

static void waiver_read(struct service_reader *f, const struct yaml *y, size_t nth,
                        void *thing)
{
    struct pack_reader *r = f->pack;
    struct service_waiver *w = thing;

    w->key = service_key_read(r, y, "waiver", nth, true);
    w->what = pack_label(r, y, "what", true);
    w->when = service_rule_read(f, y, "when");
    w->proof = pack_label(r, y, "proof", false);
    w->law = service_label_read(r, y, "law", false);
    w->percent = (int)pack_int(r, y, "percent", 1, 100, 100);
    w->line = y->line;
    w->column = y->column;
}

static void fee_read(struct service_reader *f, const struct yaml *y, size_t nth,
                     void *thing)
{
    struct pack_reader *r = f->pack;
    struct service_fee *fee = thing;

    fee->key = service_key_read(r, y, "fee", nth, false);
    fee->what = pack_label(r, y, "what", true);
    fee->dollars = pack_int(r, y, "dollars", 0, 10000000, -1);
    if (yaml_get(y, STR("dollars")) == NULL) {
        pack_mistake(r, y,
                     SAY("\"{key}\" is missing here.", SAY_TEXT("key", STR("dollars"))));
    }
    fee->when = service_rule_read(f, y, "when");
    fee->times = service_rule_read(f, y, "times");
    fee->counted = pack_truth(r, y, "counted", false);
    if (fee->counted && fee->times.len > 0) {
        pack_mistake(r, yaml_get(y, STR("times")),
                     SAY("\"times\" reckons what \"counted\" leaves to the clerk. Take one "
                         "of them out."));
    }
    fee->law = service_label_read(r, y, "law", false);
    fee->from = pack_day(r, y, "from", false);
    fee->until = pack_day(r, y, "until", false);
    fee->review_by = pack_day(r, y, "review_by", false);
    fee->waivers = service_list_read(f, y, "waivers", sizeof(struct service_waiver),
                                     &waiver_chapter, waiver_read, &fee->waivers_count);
    if (fee->from != DAY_NONE && fee->until != DAY_NONE && fee->until < fee->from) {
        pack_mistake(r, yaml_get(y, STR("until")),
                     SAY("\"until\" is before \"from\". Exchange them."));
    }
    fee->line = y->line;
    fee->column = y->column;
}

static void fine_read(struct service_reader *f, const struct yaml *y, size_t nth,
                      void *thing)
{
    struct pack_reader *r = f->pack;
    struct service_fine *fine = thing;

    fine->key = service_key_read(r, y, "fine", nth, false);
    fine->what = pack_label(r, y, "what", true);
    fine->least = pack_int(r, y, "least", 0, 100000000, 0);
    fine->most = pack_int(r, y, "most", 1, 100000000, fine->least);
    fine->law = service_label_read(r, y, "law", true);
    if (fine->least > fine->most) {
        pack_mistake(r, yaml_get(y, STR("least")),
                     SAY("\"least\" is more than \"most\". Exchange them."));
    }
}

/* ---- letters ---- */

static const struct pack_word letter_words[] = {
    { "key", "key", "its name", NULL, 0 },
    { "kind", "word", "", letter_kind_key, 4 },
    { "name", "texts", "what the paper is called", NULL, 0 },
    { "when", "word", "which end of a case makes it; `granted` unless said",
      letter_when_key, 3 },
    { "template", "key",
      "the form whose template it is written with while it has none of its own: another "
      "letter, or `plain_letter` …; left out: the plain one of its kind", NULL, 0 },
    { "series", "key", "the series its number comes from; left out: the document system "
                       "gives it", NULL, 0 },
    { "seal", "word", "機關印信, 職名簽字章, 條戳; `office` unless said", letter_seal_key, 3 },
    { "valid_months", "number", "how long it holds; left out: without end", NULL, 0 },
    { "fields", "list of keys", "the questions whose answers stand in it", NULL, 0 },
};
const struct pack_chapter letter_chapter =
    PACK_CHAPTER("service: letters", "Papers that go out: a list.", letter_words);

static void letter_read(struct service_reader *f, const struct yaml *y, size_t nth,
                        void *thing)
{
    struct pack_reader *r = f->pack;
    struct service_letter *l = thing;
    int kind;

    l->key = service_key_read(r, y, "letter", nth, true);
    kind = pack_choice(r, y, "kind", letter_kind_key, COUNT(letter_kind_key), -1);
    l->kind = kind >= 0 ? (enum letter_kind)kind : LETTER_LETTER;
    l->name = pack_label(r, y, "name", true);
    l->when = (enum letter_when)pack_choice(r, y, "when", letter_when_key,
                                            COUNT(letter_when_key), LETTER_GRANTED);
    l->template = pack_text(r, y, "template", false);
    l->series = pack_text(r, y, "series", false);
    l->seal = (enum letter_seal)pack_choice(r, y, "seal", letter_seal_key,
                                            COUNT(letter_seal_key), SEAL_OFFICE);
    l->valid_months = (int)pack_int(r, y, "valid_months", 1, 1200, 0);
    l->fields = keys_read(f, y, "fields", true, &l->fields_count);
    l->line = y->line;
    l->column = y->column;
}

void service_offer_read(struct service_reader *f)
{
    struct service *s = f->service;

    papers_read(f);
    s->fees = service_list_read(f, f->document, "fees", sizeof(struct service_fee),
                                &fee_chapter, fee_read, &s->fees_count);
    s->fines = service_list_read(f, f->document, "fines", sizeof(struct service_fine),
                                 &fine_chapter, fine_read, &s->fines_count);
    s->letters = service_list_read(f, f->document, "letters", sizeof(struct service_letter),
                                   &letter_chapter, letter_read, &s->letters_count);
}
