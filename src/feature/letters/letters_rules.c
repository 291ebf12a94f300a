/* letters_rules — reading lines of numbers, and fields of certificates.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/letters/letters_rules.h"

#include "base/arena.h"
#include "base/buf.h"
#include "kernel/letter/letter.h"

#define FIELDS_BYTES ((size_t)64 << 10)
#define FIELDS_MOST 60
#define COLUMNS 3

/* The next cell of a line; quotation marks come off, two of them are one. */
static str cell_next(struct arena *a, str *rest, char separator)
{
    struct buf b;
    str cell;

    *rest = str_trim(*rest);
    if (rest->len == 0 || rest->at[0] != '"') {
        (void)str_cut(rest, separator, &cell);
        return str_trim(cell);
    }
    buf_init(&b, a, FIELDS_BYTES);
    size_t i = 1;
    for (; i < rest->len; i++) {
        if (rest->at[i] == '"' && (i + 1 == rest->len || rest->at[i + 1] != '"')) {
            break;
        }
        i += rest->at[i] == '"' ? 1 : 0;
        buf_put_char(&b, rest->at[i]);
    }
    *rest = str_slice(*rest, i + 1, rest->len);
    (void)str_cut(rest, separator, &cell);
    return str_trim(buf_str(&b));
}

static char separator_of(str line)
{
    static const char ways[] = { '\t', ',', ';' };

    for (size_t i = 0; i < sizeof ways; i++) {
        str one = { &ways[i], 1 };

        if (str_find(line, one) >= 0) {
            return ways[i];
        }
    }
    return ',';
}

static bool is_heading(str number, str date)
{
    day d;

    return str_find(number, STR("號")) >= 0 && !day_parse(date, &d) &&
           str_find(date, STR("日")) >= 0;
}

err letters_lines_read(struct arena *a, str text, struct mistakes *m,
                       struct letters_line **ret, size_t *ret_count)
{
    struct letters_line *list = ARENA_ARRAY(a, NUMBERS_MOST, struct letters_line);
    size_t count = 0;
    str line;

    if (list == NULL) {
        return err_no_memory;
    }
    if (str_starts(text, STR("\xEF\xBB\xBF"))) {
        text = str_slice(text, 3, text.len);
    }
    for (int n = 1; text.at != NULL && str_cut(&text, '\n', &line); n++) {
        line = str_trim(line);
        if (str_is_empty(line)) {
            continue;
        }
        char separator = separator_of(line);
        struct letters_line x = { .line = n };
        str date;

        x.case_number = cell_next(a, &line, separator);
        x.number = cell_next(a, &line, separator);
        date = cell_next(a, &line, separator);
        if (count == 0 && is_heading(x.number, date)) {
            continue;
        }
        if (str_is_empty(x.number) || !day_parse(date, &x.day) || count == NUMBERS_MOST) {
            mistake_add(m, STR("numbers"),
                        SAY("Line {line}: a line is case number, document number and date, "
                            "with commas between.",
                            SAY_NUMBER("line", n)));
            continue;
        }
        list[count++] = x;
    }
    if (m->count > 0 || count == 0) {
        FAIL(a, ERR_INPUT,
             m->count > 0 ? m->first->say
                          : SAY("Paste lines of case number, document number and date, or "
                                "choose a file."),
             STR("numbers"), "%zu lines", count);
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}

err letters_fields_read(struct arena *a, str text, struct letter_field **ret,
                        size_t *ret_count)
{
    struct letter_field *list = ARENA_ARRAY(a, FIELDS_MOST, struct letter_field);
    size_t count = 0;
    str line;

    if (list == NULL) {
        return err_no_memory;
    }
    while (!str_is_empty(text) && str_cut(&text, '\n', &line) && count < FIELDS_MOST) {
        ptrdiff_t wide = str_find(line, STR("：")), narrow = str_find(line, STR(":"));
        bool is_wide = wide >= 0 && (narrow < 0 || wide < narrow);
        ptrdiff_t at = is_wide ? wide : narrow;

        if (str_is_empty(str_trim(line))) {
            continue;
        }
        if (at < 0 && count > 0) { /* goes on */
            list[count - 1].text = str_format(
                a, "%.*s\n%.*s", STR_ARG(list[count - 1].text), STR_ARG(str_trim(line)));
            continue;
        }
        at = at < 0 ? 0 : at;
        list[count].label = str_trim(str_slice(line, 0, (size_t)at));
        list[count++].text =
            str_trim(str_slice(line, (size_t)at + (is_wide ? 3 : 1), line.len));
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}

str letters_fields_write(struct arena *a, const struct letter_field *list, size_t count)
{
    struct buf b;

    buf_init(&b, a, FIELDS_BYTES);
    for (size_t i = 0; i < count; i++) {
        buf_format(&b, "%s%.*s：%.*s", i == 0 ? "" : "\n", STR_ARG(list[i].label),
                   STR_ARG(list[i].text));
    }
    return buf_str(&b);
}
