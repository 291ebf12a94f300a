/* intake_csv — lines of a file: records as offices save them out of a spreadsheet, months
 * as people write them, and counts brought in.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "feature/intake/intake_rules.h"
#include "kernel/pack/pack.h"

#define MISTAKES_MOST 50
#define YEAR_LEAST 1990
#define YEAR_MOST 2200

void csv_open(struct csv *c, struct arena *a, str text)
{
    str first = text, line;

    *c = (struct csv){ .arena = a, .rest = text, .line = 1, .separator = ',' };
    if (str_starts(text, STR("\xef\xbb\xbf"))) {
        c->rest = str_slice(text, 3, text.len);
    }
    if (str_cut(&first, '\n', &line) && str_find(line, STR("\t")) >= 0) {
        c->separator = '\t';
    }
}

/* One field; what ended it in `*ret_end`: the separator, a line feed, or 0 for the end. */
static str field_cut(struct csv *c, char *ret_end)
{
    struct buf b;
    size_t i = 0;
    bool quoted = c->rest.len > 0 && c->rest.at[0] == '"';

    buf_init(&b, c->arena, c->rest.len + 1);
    for (i = quoted; i < c->rest.len; i++) {
        char at = c->rest.at[i];

        if (quoted && at == '"') {
            bool doubled = i + 1 < c->rest.len && c->rest.at[i + 1] == '"';

            i += doubled;
            quoted = doubled;
            if (!doubled) {
                continue;
            }
        } else if (!quoted && (at == c->separator || at == '\n')) {
            break;
        }
        c->line += at == '\n';
        buf_put_char(&b, at);
    }
    *ret_end = i < c->rest.len ? c->rest.at[i] : 0;
    c->rest = str_slice(c->rest, i + 1, c->rest.len);
    return str_trim(buf_str(&b));
}

bool csv_next(struct csv *c, str *ret_fields, size_t *ret_count, int *ret_line)
{
    while (c->rest.len > 0) {
        char end;
        size_t count = 0, filled = 0;

        *ret_line = c->line;
        do {
            str field = field_cut(c, &end);

            filled += field.len > 0;
            if (count < CSV_FIELDS) {
                ret_fields[count++] = field;
            }
        } while (end == c->separator);
        c->line++;
        if (filled > 0) {
            *ret_count = count;
            return true;
        }
    }
    return false;
}

/* ---- months ---- */

static bool digits_cut(str *rest, int64_t *ret_number)
{
    size_t n = 0, from = 0;

    while (from < rest->len && (rest->at[from] < '0' || rest->at[from] > '9')) {
        from++;
    }
    while (from + n < rest->len && n < 6 && rest->at[from + n] >= '0' &&
           rest->at[from + n] <= '9') {
        n++;
    }
    str digits = str_slice(*rest, from, n);
    *rest = str_slice(*rest, from + n, rest->len);
    return str_to_int(digits, ret_number);
}

bool intake_month_read(str text, int *ret_month)
{
    str rest = text;
    int64_t year, month;

    if (!digits_cut(&rest, &year)) {
        return false;
    }
    if (!digits_cut(&rest, &month)) {
        /* 11502, 202602 */
        month = year % 100;
        year /= 100;
    }
    if (year < 1000) {
        year += 1911;
    }
    if (month < 1 || month > 12 || year < YEAR_LEAST || year > YEAR_MOST) {
        return false;
    }
    *ret_month = (int)(year * 12 + month - 1);
    return true;
}

str intake_month_text(struct arena *a, int month, enum lang lang)
{
    int year = month / 12, of_year = month % 12 + 1;

    return lang == LANG_ZH ? str_format(a, "%d年%d月", year - 1911, of_year)
                           : str_format(a, "%d-%02d", year, of_year);
}

/* ---- counts ---- */

struct counting {
    struct arena *arena;
    const struct catalog *catalog;
    struct mistakes *mistakes;
    int line, this_month;
};

static bool wrong(struct counting *x, struct words say)
{
    if (x->mistakes->count < MISTAKES_MOST) {
        mistake_add_at(x->mistakes, STR("text"), say,
                       str_format(x->arena, "%d", x->line));
    }
    return false;
}

/* By its key, or by one of its names. */
static const struct service *service_named(const struct catalog *c, str name)
{
    size_t all = catalog_count(c, "service");

    for (size_t i = 0; i < all; i++) {
        const struct service *s = catalog_at(c, "service", i);

        if (str_equal(s->key, name) || str_equal(s->name.in[LANG_ZH], name) ||
            str_equal(s->name.in[LANG_EN], name) || str_equal(s->name.in[LANG_JA], name)) {
            return s;
        }
    }
    return NULL;
}

static bool channel_read(str text, enum case_channel *ret)
{
    *ret = CHANNEL_ONLINE;
    for (int i = 0; i < CHANNELS; i++) {
        if (str_equal(case_channel_key[i], text)) {
            *ret = (enum case_channel)i;
            return true;
        }
    }
    return text.len == 0;
}

static bool line_read(struct counting *x, const str *f, size_t count,
                      struct intake_count *ret)
{
    int64_t amount;

    if (count < 3) {
        return wrong(x, SAY("A line needs month, service and number: 115-02,nhi,412."));
    }
    if (!intake_month_read(f[0], &ret->tally.month)) {
        return wrong(x, SAY("“{text}” is no month. Write it as 115-02 or 2026-02.",
                            SAY_TEXT("text", f[0])));
    }
    if (ret->tally.month > x->this_month) {
        return wrong(x, SAY("{text} has not come yet.", SAY_TEXT("text", f[0])));
    }
    ret->service = service_named(x->catalog, f[1]);
    if (ret->service == NULL) {
        return wrong(x, SAY("There is no service “{text}” here. Use its key or its name.",
                            SAY_TEXT("text", f[1])));
    }
    if (count > 3 && !channel_read(f[2], &ret->tally.channel)) {
        return wrong(x, SAY("“{text}” is no way of applying. Use online, counter, post, "
                            "telephone or home.", SAY_TEXT("text", f[2])));
    }
    if (!str_to_int(f[count > 3 ? 3 : 2], &amount) || amount < 0 ||
        amount > TALLY_AMOUNT_MOST) {
        return wrong(x, SAY("“{text}” is no number of cases.",
                            SAY_TEXT("text", f[count > 3 ? 3 : 2])));
    }
    ret->tally.amount = amount;
    ret->tally.service = ret->service->key;
    ret->tally.service_version = ret->service->version;
    ret->line = x->line;
    return true;
}

/* A heading names its columns; a month, right or wrong, has digits. */
static bool has_digit(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] >= '0' && s.at[i] <= '9') {
            return true;
        }
    }
    return false;
}

/* The same month, service and way twice in one file: nobody knows which is right. */
static bool is_twice(const struct intake_count *list, size_t count,
                     const struct intake_count *one)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].service == one->service && list[i].tally.month == one->tally.month &&
            list[i].tally.channel == one->tally.channel) {
            return true;
        }
    }
    return false;
}

err intake_counts_read(struct arena *a, const struct catalog *c, str text, int this_month,
                       struct mistakes *m, struct intake_count **ret, size_t *ret_count)
{
    struct counting x = { .arena = a, .catalog = c, .mistakes = m,
                          .this_month = this_month };
    struct intake_count *list = ARENA_ARRAY(a, INTAKE_COUNTS_MOST, struct intake_count);
    str fields[CSV_FIELDS];
    struct csv csv;
    size_t count = 0, n;
    bool first = true;

    if (list == NULL) {
        return err_no_memory;
    }
    csv_open(&csv, a, text);
    while (csv_next(&csv, fields, &n, &x.line)) {
        struct intake_count one = { .tally = { .channel = CHANNEL_ONLINE } };
        bool heading = first && !has_digit(fields[0]);

        first = false;
        if (heading || !line_read(&x, fields, n, &one)) {
            continue;
        }
        if (count == INTAKE_COUNTS_MOST) {
            (void)wrong(&x, SAY("At most {most} lines at once. Divide the file.",
                                SAY_NUMBER("most", INTAKE_COUNTS_MOST)));
            break;
        }
        if (is_twice(list, count, &one)) {
            (void)wrong(&x, SAY("This month, service and way stand here twice."));
            continue;
        }
        list[count++] = one;
    }
    *ret = list;
    *ret_count = count;
    return arena_failed(a) ? err_no_memory : NULL;
}
