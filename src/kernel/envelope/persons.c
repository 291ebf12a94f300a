/* persons — lists of persons, and answers about them, out of CSV.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/text/csv.h"
#include "host/text/text.h"
#include "kernel/envelope/message.h"
#include "kernel/form/form.h"

#define FIELDS 12
#define MISTAKES_MOST 50
#define NAME_SIGNS 60

enum column { COLUMN_NAME, COLUMN_ID, COLUMN_BORN, COLUMN_NOTE, COLUMNS };

static const struct {
    const char *title;
    enum column column;
} titles[] = {
    { "姓名", COLUMN_NAME },         { "name", COLUMN_NAME },
    { "身分證字號", COLUMN_ID },     { "身分證統一編號", COLUMN_ID },
    { "統一編號", COLUMN_ID },       { "national_id", COLUMN_ID },
    { "id", COLUMN_ID },             { "出生日期", COLUMN_BORN },
    { "出生年月日", COLUMN_BORN },   { "born", COLUMN_BORN },
    { "birth", COLUMN_BORN },        { "備註", COLUMN_NOTE },
    { "note", COLUMN_NOTE },
};

/* Which field is which column; false: the row has no titles. */
static bool titles_of(struct arena *a, const str *fields, size_t count, int *place)
{
    bool found = false;

    for (int c = 0; c < COLUMNS; c++) {
        place[c] = -1;
    }
    for (size_t i = 0; i < count && i < FIELDS; i++) {
        str title = str_lower(a, fields[i]);

        for (size_t t = 0; t < sizeof titles / sizeof titles[0]; t++) {
            if (str_equal(title, str_of(titles[t].title)) && place[titles[t].column] < 0) {
                place[titles[t].column] = (int)i;
                found = true;
            }
        }
    }
    return found;
}

static str field_at(const str *fields, size_t count, int place)
{
    return place >= 0 && (size_t)place < count && place < FIELDS ? fields[place] : STR("");
}

static void wrong(struct mistakes *m, struct words say)
{
    if (m->count < MISTAKES_MOST) {
        mistake_add(m, STR("persons"), say);
    }
}

static void id_check(struct mistakes *m, int line, str id)
{
    if (id.len == 0) {
        wrong(m, SAY("Line {line}: the identity number is missing.",
                     SAY_NUMBER("line", line)));
    } else if (!national_id_is_valid(id) && !resident_id_is_valid(id)) {
        wrong(m, SAY("Line {line}: this identity number cannot be right.",
                     SAY_NUMBER("line", line)));
    }
}

static void born_check(struct arena *a, struct mistakes *m, int line, str *born)
{
    day d;

    if (born->len == 0) {
        return;
    }
    if (!day_parse(*born, &d)) {
        wrong(m, SAY("Line {line}: this is no day.", SAY_NUMBER("line", line)));
        return;
    }
    *born = day_iso(a, d);
}

static err person_read(struct arena *a, struct mistakes *m, int line, const str *fields,
                       size_t count, const int *place, struct envelope_person *p)
{
    p->name = field_at(fields, count, place[COLUMN_NAME]);
    p->born = field_at(fields, count, place[COLUMN_BORN]);
    p->note = field_at(fields, count, place[COLUMN_NOTE]);
    TRY(text_narrow(a, field_at(fields, count, place[COLUMN_ID]), &p->national_id));
    p->national_id = str_upper(a, p->national_id);
    id_check(m, line, p->national_id);
    born_check(a, m, line, &p->born);
    if (p->name.len == 0) {
        wrong(m, SAY("Line {line}: the name is missing.", SAY_NUMBER("line", line)));
    } else if (str_points(p->name) > NAME_SIGNS ||
               str_points(p->note) > ENVELOPE_LINE_SIGNS) {
        wrong(m, SAY("Line {line}: this is too long.", SAY_NUMBER("line", line)));
    }
    return NULL;
}

static bool is_twice(const struct envelope_person *list, size_t count, str id)
{
    for (size_t i = 0; i < count; i++) {
        if (id.len > 0 && str_equal(list[i].national_id, id)) {
            return true;
        }
    }
    return false;
}

err persons_read(struct arena *a, str text, struct mistakes *m,
                 struct envelope_person **ret, size_t *ret_count)
{
    static const int in_order[COLUMNS] = { 0, 1, 2, 3 };
    struct envelope_person *list =
        ARENA_ARRAY(a, ENVELOPE_PERSONS_MOST, struct envelope_person);
    int place[COLUMNS] = { 0 };
    str fields[FIELDS];
    size_t n = 0, count;
    bool first = true, titled = false;
    struct text_csv c;

    if (list == NULL) {
        return err_no_memory;
    }
    text_csv_open(&c, a, text);
    while (text_csv_row(&c, fields, FIELDS, &count)) {
        bool head = first && titles_of(a, fields, count, place);

        first = false;
        titled = titled || head;
        if (head) {
            continue;
        }
        if (n == ENVELOPE_PERSONS_MOST) {
            wrong(m,
                  SAY("At most {max} persons in one envelope. Send the others in a second "
                      "one.",
                      SAY_NUMBER("max", ENVELOPE_PERSONS_MOST)));
            break;
        }
        TRY(person_read(a, m, c.line, fields, count, titled ? place : in_order, &list[n]));
        if (is_twice(list, n, list[n].national_id)) {
            wrong(m, SAY("Line {line}: this person is on the list already.",
                         SAY_NUMBER("line", c.line)));
        }
        list[n].number = (int)n + 1;
        n++;
    }
    *ret = list;
    *ret_count = n;
    return arena_failed(a) ? err_no_memory : NULL;
}

/* Results as people write them. */
static bool result_of(str s, enum envelope_result *ret)
{
    static const struct {
        const char *text;
        enum envelope_result result;
    } words[] = {
        { "found", RESULT_FOUND },     { "有", RESULT_FOUND },       { "yes", RESULT_FOUND },
        { "有資料", RESULT_FOUND },    { "nothing", RESULT_NOTHING }, { "無", RESULT_NOTHING },
        { "no", RESULT_NOTHING },      { "查無資料", RESULT_NOTHING },
        { "無資料", RESULT_NOTHING },  { "unknown", RESULT_UNKNOWN },
        { "無法提供", RESULT_UNKNOWN },
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_equal(s, str_of(words[i].text))) {
            *ret = words[i].result;
            return true;
        }
    }
    return false;
}

err answers_csv_read(struct arena *a, str text, size_t count, struct mistakes *m,
                     struct envelope_person **ret, size_t *ret_count)
{
    struct envelope_person *list = ARENA_ARRAY(a, count + 1, struct envelope_person);
    str fields[FIELDS];
    size_t n = 0, have;
    struct text_csv c;

    if (list == NULL) {
        return err_no_memory;
    }
    text_csv_open(&c, a, text);
    while (text_csv_row(&c, fields, FIELDS, &have)) {
        struct envelope_person p = { 0 };
        int64_t number = 0;

        if (!str_to_int(fields[0], &number)) {
            if (c.line > 1) {
                wrong(m,
                      SAY("Line {line}: begin with the number of the person on the list.",
                          SAY_NUMBER("line", c.line)));
            }
            continue; /* titles */
        }
        p.number = (int)number;
        p.answer = field_at(fields, have, 2);
        if (number < 1 || number > (int64_t)count || n == count) {
            wrong(m, SAY("Line {line}: there is no such number on the list.",
                         SAY_NUMBER("line", c.line)));
        } else if (!result_of(str_lower(a, field_at(fields, have, 1)), &p.result) ||
                   str_points(p.answer) > ENVELOPE_LINE_SIGNS) {
            wrong(m, SAY("Line {line}: the second column says found, nothing or unknown.",
                         SAY_NUMBER("line", c.line)));
        } else {
            list[n++] = p;
        }
    }
    *ret = list;
    *ret_count = n;
    return arena_failed(a) ? err_no_memory : NULL;
}
