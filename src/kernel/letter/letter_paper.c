/* letter_paper — the sheet: 函 and notices, 處分書, certificates, with the place for the
 * seal at its size.
 *
 * Of a seal only the place is printed: 機關印信 is a square of about 6 cm (印信條例), the
 * head's signature seal lies across under the text, a strip seal is small.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/letter/letter_paper.h"

#include "base/arena.h"
#include "base/buf.h"
#include "host/lang/lang.h"

#define LABEL_MM 24
#define TEXT_BYTES ((size_t)64 << 10)

struct press {
    struct arena *arena;
    const struct letter *letter;
    const struct letter_about *about;
    struct doc_maker maker;
};

static str t(const char *id)
{
    return lang_text(LANG_ZH, id);
}

/* In a template the name of the field stands where the text would. */
static str or_field(const struct press *p, const char *field, str text)
{
    return p->about->is_template ? str_format(p->arena, "{{%s}}", field) : text;
}

static str office_name(const struct press *p)
{
    return label_in(&p->about->agency->name, LANG_ZH);
}

static str day_of_letter(const struct press *p)
{
    return p->letter->day == DAY_NONE
               ? t(MSG("Year    month    day (letter)"))
               : str_join(p->arena, t(MSG("Republic of China, ")),
                          day_text(p->arena, p->letter->day, LANG_ZH));
}

static void corner_put(struct press *p, struct doc *d)
{
    str years = p->letter->keep_years > 0
                    ? str_format(p->arena, "%d", p->letter->keep_years)
                    : STR("");

    d->top_right = str_format(
        p->arena, "%.*s%.*s\n%.*s%.*s", STR_ARG(t(MSG("File number: "))),
        STR_ARG(or_field(p, "file_number", p->letter->file_number)),
        STR_ARG(t(MSG("Kept for (years): "))), STR_ARG(or_field(p, "keep_years", years)));
}

static void item(struct press *p, const char *label, str text, bool bold)
{
    struct doc_block *b = doc_item(&p->maker, 1, t(label), text);

    b->bold = bold;
}

/* The head of a 函: who writes, who handles it. */
static void head_put(struct press *p, const char *kind)
{
    const struct letter_about *x = p->about;
    struct doc_block *b;

    doc_add(&p->maker, DOC_TITLE,
            str_format(p->arena, "%.*s　%.*s%.*s", STR_ARG(office_name(p)),
                       STR_ARG(t(kind)),
                       STR_ARG(p->letter->state == LETTER_DRAFT && !x->is_template
                                   ? t(MSG(" (draft letter)"))
                                   : STR(""))));
    b = doc_add(
        &p->maker, DOC_TEXT,
        str_format(
            p->arena, "%.*s%.*s\n%.*s%.*s\n%.*s%.*s\n%.*s%.*s",
            STR_ARG(t(MSG("Address: "))), STR_ARG(label_in(&x->agency->address, LANG_ZH)),
            STR_ARG(t(MSG("Officer: "))), STR_ARG(or_field(p, "officer", x->officer)),
            STR_ARG(t(MSG("Telephone: "))), STR_ARG(or_field(p, "telephone", x->telephone)),
            STR_ARG(t(MSG("E-mail: "))), STR_ARG(x->email)));
    b->size = DOC_SMALL;
    b->align = DOC_RIGHT;
}

static void facts_put(struct press *p)
{
    const struct letter *l = p->letter;
    str address = or_field(p, "address", l->content.address);

    if (!str_is_empty(address)) {
        doc_add(&p->maker, DOC_TEXT, address);
    }
    struct doc_block *b = doc_item(&p->maker, 1, t(MSG("Addressee: ")),
                                   or_field(p, "recipient", l->content.recipient));
    b->size = DOC_LARGE;
    doc_add(&p->maker, DOC_SPACE, STR(""))->height_mm = 1;
    item(p, MSG("Date of the letter: "), or_field(p, "date", day_of_letter(p)), false);
    item(p, MSG("Number of the letter: "), or_field(p, "number", l->number), false);
    if (!str_is_empty(l->receipt_number) || p->about->is_template) {
        item(p, MSG("Receipt number: "), or_field(p, "receipt_number", l->receipt_number),
             false);
    }
    item(p, MSG("Speed: "), or_field(p, "speed", t(letter_speed_name[l->speed])), false);
    item(p, MSG("Secrecy: "), or_field(p, "secrecy", l->secrecy), false);
    item(p, MSG("Enclosures: "), or_field(p, "enclosures", l->content.enclosures), false);
    doc_add(&p->maker, DOC_SPACE, STR(""))->height_mm = 3;
}

/* One line stands behind its label; several are numbered below it. */
static void section(struct press *p, const char *label, const char *field, str text)
{
    str line;
    int64_t n = 0;

    if (p->about->is_template || str_find(text, STR("\n")) < 0) {
        if (p->about->is_template || !str_is_empty(text)) {
            item(p, label, or_field(p, field, text), false);
        }
        return;
    }
    item(p, label, STR(""), false);
    while (!str_is_empty(text) && str_cut(&text, '\n', &line)) {
        if (!str_is_empty(str_trim(line))) {
            doc_item(&p->maker, 2, doc_number(p->arena, LANG_ZH, 1, ++n), str_trim(line));
        }
    }
}

static void fields_put(struct press *p)
{
    static const int shares[] = { 3, 7 };
    const struct letter_content *c = &p->letter->content;
    str *cells = ARENA_ARRAY(p->arena, 2 * (c->fields_count + 1), str);
    size_t rows = 0;

    for (size_t i = 0; cells != NULL && i < c->fields_count; i++, rows++) {
        cells[2 * i] = c->fields[i].label;
        cells[2 * i + 1] = c->fields[i].text;
    }
    if (p->about->is_template && cells != NULL) {
        cells[0] = STR("{{fields.label}}");
        cells[1] = STR("{{fields.text}}");
        rows = 1;
    }
    if (rows == 0) {
        return;
    }
    struct doc_block *b = doc_table(&p->maker, shares, 2, cells, rows);
    for (size_t i = 0; i < rows; i++) { /* labels head the rows, not the table */
        struct doc_row *row = (struct doc_row *)(uintptr_t)&b->rows[i];
        struct doc_cell *cell = (struct doc_cell *)(uintptr_t)row->cells;

        row->head = false;
        row->height_mm = 10;
        cell[0].head = true;
        cell[1].head = false;
    }
}

static void seal_put(struct press *p)
{
    static const int sizes[3][2] = { { 60, 60 }, { 70, 25 }, { 60, 15 } };
    struct doc_block *b = doc_add(&p->maker, DOC_SEAL,
                                  t(letter_seal_name[p->letter->seal]));

    b->width_mm = sizes[p->letter->seal][0];
    b->height_mm = sizes[p->letter->seal][1];
    b->align = p->letter->seal == SEAL_OFFICE ? DOC_RIGHT : DOC_CENTRE;
}

static void signed_put(struct press *p)
{
    if (!str_is_empty(p->about->head) || p->about->is_template) {
        struct doc_block *b = doc_add(&p->maker, DOC_TEXT,
                                      or_field(p, "head", p->about->head));

        b->size = DOC_LARGE;
        b->bold = true;
    }
}

static void ends_put(struct press *p)
{
    const struct letter_content *c = &p->letter->content;

    doc_add(&p->maker, DOC_SPACE, STR(""))->height_mm = 3;
    item(p, MSG("Original to: "), or_field(p, "to", c->to), false);
    item(p, MSG("Copies to: "), or_field(p, "copies_to", c->copies_to), false);
    doc_add(&p->maker, DOC_SPACE, STR(""))->height_mm = 4;
    signed_put(p);
    seal_put(p);
}

static void plain_letter(struct press *p)
{
    const struct letter_content *c = &p->letter->content;

    head_put(p, MSG("Letter (kind of document)"));
    facts_put(p);
    item(p, MSG("Subject: "), or_field(p, "subject", c->subject), false);
    section(p, MSG("Explanation: "), "text", c->text);
    fields_put(p);
    ends_put(p);
}

static void decision(struct press *p)
{
    const struct letter_content *c = &p->letter->content;

    head_put(p, MSG("Decision (kind of document)"));
    facts_put(p);
    item(p, MSG("Subject: "), or_field(p, "subject", c->subject), false);
    section(p, MSG("Facts: "), "facts", c->facts);
    section(p, MSG("Reasons: "), "reasons", c->reasons);
    section(p, MSG("Legal basis: "), "law", c->law);
    section(p, MSG("Explanation: "), "text", c->text);
    section(p, MSG("How to appeal: "), "remedy", c->remedy);
    ends_put(p);
}

static void certificate(struct press *p)
{
    const struct letter *l = p->letter;
    struct doc_block *b;

    doc_add(&p->maker, DOC_SPACE, STR(""))->height_mm = 6;
    doc_add(&p->maker, DOC_TITLE,
            str_format(p->arena, "%.*s\n%.*s%.*s", STR_ARG(office_name(p)),
                       STR_ARG(p->about->name),
                       STR_ARG(l->state == LETTER_DRAFT && !p->about->is_template
                                   ? t(MSG(" (draft letter)"))
                                   : STR(""))));
    b = doc_add(&p->maker, DOC_TEXT, or_field(p, "number", l->number));
    b->align = DOC_RIGHT;
    doc_add(&p->maker, DOC_SPACE, STR(""))->height_mm = 3;
    fields_put(p);
    b = doc_add(&p->maker, DOC_TEXT, or_field(p, "text", l->content.text));
    b->size = DOC_LARGE;
    if (l->valid_until != DAY_NONE) {
        doc_add(&p->maker, DOC_TEXT,
                lang_say(p->arena, LANG_ZH,
                         SAY("Valid until {day}.", SAY_DAY("day", l->valid_until))));
    }
    doc_add(&p->maker, DOC_SPACE, STR(""))->height_mm = 4;
    signed_put(p);
    seal_put(p);
    b = doc_add(&p->maker, DOC_TEXT, or_field(p, "date", day_of_letter(p)));
    b->align = DOC_CENTRE;
    b->size = DOC_LARGE;
    if (!str_is_empty(p->about->confirm)) {
        b = doc_add(&p->maker, DOC_QR,
                    str_format(p->arena, "%.*s\n%.*s",
                               STR_ARG(t(MSG("Scan to see whether it is genuine:"))),
                               STR_ARG(p->about->confirm)));
        b->label = p->about->confirm;
        b->size = DOC_SMALL;
        b->width_mm = 28;
    }
}

err letter_doc(struct arena *a, const struct letter *l, const struct letter_about *about,
               struct doc *ret)
{
    int64_t made = l->issued_ms != 0 ? l->issued_ms : l->made_ms;
    struct doc d = {
        .title = str_is_empty(l->content.subject) ? about->name : l->content.subject,
        .author = label_in(&about->agency->name, LANG_ZH),
        .lang = LANG_ZH,
        .face = DOC_KAI,
        .made_ms = made,
        .numbered = true,
        .is_template = about->is_template,
    };
    struct press p = { a, l, about, { 0 } };

    doc_begin(&p.maker, a, &d);
    if (l->kind == LETTER_CERTIFICATE) {
        d.title = about->name;
        certificate(&p);
    } else {
        d.binding = true;
        corner_put(&p, &d);
        if (l->kind == LETTER_DECISION) {
            decision(&p);
        } else {
            plain_letter(&p);
        }
    }
    *ret = d;
    return arena_failed(a) ? err_no_memory : NULL;
}

err letter_filling(struct arena *a, const struct letter *l,
                   const struct letter_about *about, struct paper_filling *ret)
{
    const struct letter_content *c = &l->content;
    struct press p = { a, l, about, { 0 } };
    const struct paper_field fields[] = {
        { STR("recipient"), c->recipient },
        { STR("address"), c->address },
        { STR("subject"), c->subject },
        { STR("text"), c->text },
        { STR("facts"), c->facts },
        { STR("reasons"), c->reasons },
        { STR("law"), c->law },
        { STR("remedy"), c->remedy },
        { STR("to"), c->to },
        { STR("copies_to"), c->copies_to },
        { STR("enclosures"), c->enclosures },
        { STR("number"), l->number },
        { STR("date"), day_of_letter(&p) },
        { STR("receipt_number"), l->receipt_number },
        { STR("file_number"), l->file_number },
        { STR("secrecy"), l->secrecy },
        { STR("speed"), t(letter_speed_name[l->speed]) },
        { STR("officer"), about->officer },
        { STR("telephone"), about->telephone },
        { STR("head"), about->head },
        { STR("office"), office_name(&p) },
        { STR("keep_years"),
          l->keep_years > 0 ? str_format(a, "%d", l->keep_years) : STR("") },
    };
    size_t count = sizeof fields / sizeof fields[0];
    struct paper_field *copy = ARENA_ARRAY(a, count, struct paper_field);
    struct paper_row *rows = ARENA_ARRAY(a, c->fields_count + 1, struct paper_row);
    struct paper_list *list = ARENA_NEW(a, struct paper_list);

    if (copy == NULL || rows == NULL || list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        copy[i] = fields[i];
    }
    for (size_t i = 0; i < c->fields_count; i++) {
        struct paper_field *pair = ARENA_ARRAY(a, 2, struct paper_field);

        if (pair == NULL) {
            return err_no_memory;
        }
        pair[0] = (struct paper_field){ STR("label"), c->fields[i].label };
        pair[1] = (struct paper_field){ STR("text"), c->fields[i].text };
        rows[i] = (struct paper_row){ pair, 2 };
    }
    *list = (struct paper_list){ STR("fields"), rows, c->fields_count };
    *ret = (struct paper_filling){
        copy, count, list, 1, NULL, 0, l->issued_ms != 0 ? l->issued_ms : l->made_ms
    };
    return NULL;
}
