/* import — the official CSV is read, line by line, and doubted.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/calendar/import.h"

#include "base/arena.h"
#include "base/buf.h"
#include "host/text/text.h"

#define FIELDS 12
#define NAME_BYTES 300
#define YEAR_FIRST 1990
#define YEAR_LAST 2150
#define YEARS (YEAR_LAST - YEAR_FIRST + 1)
#define YEAR_DAYS 366
#define MISTAKES_MOST 50
/* Weekends and holidays; fewer tells that a part of the file is missing. */
#define OFF_LEAST 100

enum column {
    COLUMN_DATE,
    COLUMN_WEEKDAY,
    COLUMN_OFF,
    COLUMN_NOTE,
    COLUMN_NAME,
    COLUMN_CATEGORY,
    COLUMN_YEAR,
    COLUMNS
};

static const struct {
    const char *text;
    enum column column;
} titles[] = {
    { "西元日期", COLUMN_DATE }, { "日期", COLUMN_DATE },
    { "date", COLUMN_DATE },     { "星期", COLUMN_WEEKDAY },
    { "是否放假", COLUMN_OFF },  { "isholiday", COLUMN_OFF },
    { "備註", COLUMN_NOTE },     { "description", COLUMN_NOTE },
    { "name", COLUMN_NAME },     { "holidaycategory", COLUMN_CATEGORY },
    { "year", COLUMN_YEAR },
};

enum said { SAID_NOTHING, SAID_OPEN, SAID_OFF };
struct year {
    int days, off;
    int line[YEAR_DAYS]; /* where the day stands; 0: nowhere */
    enum said said[YEAR_DAYS];
    str name[YEAR_DAYS];
};
struct reading {
    struct arena *arena;
    struct mistakes *mistakes;
    str file;
    int line;
    int place[COLUMNS]; /* which field it is; -1: none */
    bool by_category;   /* Taipei's layout */
    struct year *years[YEARS];
};

static bool wrong(struct reading *x, struct words say)
{
    if (x->mistakes->count < MISTAKES_MOST) {
        mistake_add_at(x->mistakes, STR("file"), say,
                       str_format(x->arena, "%.*s:%d", STR_ARG(x->file), x->line));
    }
    return false;
}

/* One field off the line; quotes may be around it, doubled inside. */
static bool field_cut(struct arena *a, str *rest, str *ret)
{
    struct buf b;

    if (rest->at == NULL) {
        return false;
    }
    if (rest->len == 0 || rest->at[0] != '"') {
        str piece = { 0 };
        bool found = str_cut(rest, ',', &piece);

        *ret = str_trim(piece);
        return found;
    }
    buf_init(&b, a, rest->len + 1);
    size_t i = 1;
    for (; i < rest->len; i++) {
        if (rest->at[i] == '"' && (i + 1 >= rest->len || rest->at[i + 1] != '"')) {
            break;
        }
        i += rest->at[i] == '"' ? 1 : 0;
        buf_put_char(&b, rest->at[i]);
    }
    str behind = str_slice(*rest, i + 1, rest->len), ignored = { 0 };
    *ret = str_trim(buf_str(&b));
    if (behind.len == 0) {
        *rest = (str){ 0 };
        return true;
    }
    return str_cut(&behind, ',', &ignored) && (*rest = behind, true);
}

static size_t fields_of(struct arena *a, str line, str *ret)
{
    size_t count = 0;

    while (count < FIELDS && field_cut(a, &line, &ret[count])) {
        count++;
    }
    return count;
}

static str field_of(const struct reading *x, const str *fields, size_t count,
                    enum column column)
{
    int place = x->place[column];

    return place >= 0 && (size_t)place < count ? fields[place] : STR("");
}

static bool titles_read(struct reading *x, str line)
{
    str fields[FIELDS];
    size_t count = fields_of(x->arena, line, fields);

    for (size_t c = 0; c < COLUMNS; c++) {
        x->place[c] = -1;
    }
    for (size_t i = 0; i < count; i++) {
        str title = str_lower(x->arena, fields[i]);

        for (size_t k = 0; k < sizeof(titles) / sizeof(titles[0]); k++) {
            if (str_equal(title, str_of(titles[k].text))) {
                x->place[titles[k].column] = (int)i;
            }
        }
        if (str_equal(title, STR("subject")) || str_equal(title, STR("start date"))) {
            return wrong(x, SAY("This is the edition for Google Calendar. Download the one "
                                "without Google in its name."));
        }
    }
    x->by_category = x->place[COLUMN_CATEGORY] >= 0;
    if (x->place[COLUMN_DATE] < 0 || x->place[COLUMN_OFF] < 0) {
        return wrong(x,
                     SAY("The first line must name the columns, as the official file does: "
                         "西元日期、星期、是否放假、備註"));
    }
    return true;
}

static bool weekday_agrees(str said, day d)
{
    static const char *const signs[] = { "日", "一", "二", "三", "四", "五", "六" };
    str sign = str_of(signs[day_weekday(d)]);

    return said.len == 0 || str_ends(said, sign) ||
           (day_weekday(d) == 0 && str_ends(said, STR("天")));
}

static bool is_one_of(str s, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (str_equal(s, str_of(*list))) {
            return true;
        }
    }
    return false;
}

static bool off_read(str said, enum said *ret)
{
    static const char *const off[] = { "2", "是", "Y", "true", NULL };
    static const char *const open[] = { "0", "否", "N", "false", NULL };

    *ret = is_one_of(said, off) ? SAID_OFF : SAID_OPEN;
    return *ret == SAID_OFF || is_one_of(said, open);
}

/* 補假 is a day off and 補行上班 a day of work, whatever else the line says. */
static bool note_agrees(str note, enum said said)
{
    static const char *const off[] = { "補假", "調整放假", "放假", NULL };
    static const char *const open[] = { "補行上班", "調整上班", "補行上班日", NULL };

    return !(said == SAID_OPEN && is_one_of(note, off)) &&
           !(said == SAID_OFF && is_one_of(note, open));
}

static struct year *year_of(struct reading *x, int year)
{
    struct year **y = &x->years[year - YEAR_FIRST];

    if (*y == NULL) {
        *y = ARENA_NEW(x->arena, struct year);
    }
    return *y;
}

static bool is_weekend(day d)
{
    return day_weekday(d) == 0 || day_weekday(d) == 6;
}

/* What Taipei's file calls a day: its own name, or what its category says. */
static str name_by_category(str name, str category)
{
    static const struct {
        const char *of, *is;
    } named[] = {
        { "補假", "補假" },
        { "調整放假", "調整放假" },
        { "補行上班", "補行上班" },
    };

    for (size_t i = 0; name.len == 0 && i < sizeof(named) / sizeof(named[0]); i++) {
        if (str_find(category, str_of(named[i].of)) >= 0) {
            return str_of(named[i].is);
        }
    }
    return name;
}

static bool line_keep(struct reading *x, day d, enum said said, str name)
{
    struct civil c = day_civil(d);
    struct year *y = year_of(x, c.year);
    int at = d - day_of(c.year, 1, 1);

    if (y == NULL) {
        return false;
    }
    /* Taipei tells a day twice where two feasts fall on it. */
    if (y->line[at] != 0 && x->by_category && y->said[at] == said) {
        y->name[at] = y->name[at].len > 0 ? y->name[at] : name;
        return true;
    }
    if (y->line[at] != 0) {
        return wrong(x,
                     y->said[at] == said
                         ? SAY("{day} stands in line {line} already. Take one of them out.",
                               SAY_DAY("day", d), SAY_NUMBER("line", y->line[at]))
                         : SAY("Line {line} says the contrary of {day}. The file "
                               "contradicts itself; download it again.",
                               SAY_NUMBER("line", y->line[at]), SAY_DAY("day", d)));
    }
    y->line[at] = x->line;
    y->said[at] = said;
    y->name[at] = name;
    y->days++;
    return true;
}

static bool line_read(struct reading *x, str line)
{
    str fields[FIELDS];
    size_t count = fields_of(x->arena, line, fields);
    str date = field_of(x, fields, count, COLUMN_DATE);
    str note = field_of(x, fields, count, x->by_category ? COLUMN_NAME : COLUMN_NOTE);
    str category = field_of(x, fields, count, COLUMN_CATEGORY);
    enum said said;
    day d;

    if (!day_parse(date, &d)) {
        return wrong(x,
                     SAY("There is no such day: {text}. Compare it with the official file.",
                         SAY_TEXT("text", str_slice(date, 0, 40))));
    }
    if (day_civil(d).year < YEAR_FIRST || day_civil(d).year > YEAR_LAST) {
        return wrong(
            x, SAY("{day} is too far away. Look at the year again.", SAY_DAY("day", d)));
    }
    if (!off_read(field_of(x, fields, count, COLUMN_OFF), &said)) {
        return wrong(x,
                     SAY("Whether {day} is off must be 0 or 2 (in Taipei's file 是 or 否).",
                         SAY_DAY("day", d)));
    }
    if (!weekday_agrees(field_of(x, fields, count, COLUMN_WEEKDAY), d)) {
        return wrong(x, SAY("{day} is another day of the week. Compare date and weekday.",
                            SAY_DAY("day", d)));
    }
    note = name_by_category(note, category);
    if (!note_agrees(note, said) || note.len > NAME_BYTES) {
        return wrong(x,
                     SAY("The remark of {day} says the contrary of its column. Compare it "
                         "with the official file.",
                         SAY_DAY("day", d)));
    }
    /* Armed Forces Day and the like are days of work for an office. */
    if (str_find(category, STR("特定節日")) >= 0) {
        said = is_weekend(d) ? SAID_OFF : SAID_OPEN;
        note = STR("");
    }
    return line_keep(x, d, said, note);
}

static bool lines_read(struct reading *x, str text)
{
    bool titled = false, fine = true;

    while (text.at != NULL) {
        str line = { 0 };
        /* CR alone ends a line too, as old programs write it. */
        size_t end = 0;

        while (end < text.len && text.at[end] != '\n' && text.at[end] != '\r') {
            end++;
        }
        line = str_trim(str_slice(text, 0, end));
        end += end + 1 < text.len && text.at[end] == '\r' && text.at[end + 1] == '\n' ? 2
                                                                                      : 1;
        text = end >= text.len ? (str){ 0 } : str_slice(text, end, text.len);
        x->line++;
        if (line.len == 0) {
            continue;
        }
        if (!titled) {
            if (!titles_read(x, line)) {
                return false;
            }
            titled = true;
            continue;
        }
        fine = line_read(x, line) && fine;
    }
    if (!titled) {
        x->line = 1;
        return wrong(x, SAY("The file is empty."));
    }
    return fine;
}

static bool is_off(const struct year *y, day first, int at)
{
    return y->said[at] == SAID_NOTHING ? is_weekend(first + at) : y->said[at] == SAID_OFF;
}

/* Only what differs from the plain week, or has a name. */
static err year_make(struct reading *x, int number, const struct year *y, bool is_revised,
                     struct official_year *ret)
{
    day first = day_of(number, 1, 1);
    int length = day_of(number + 1, 1, 1) - first;
    struct office_day *days = ARENA_ARRAY(x->arena, (size_t)length, struct office_day);
    size_t count = 0;

    if (days == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < length; i++) {
        bool off = is_off(y, first, i);

        if (off != is_weekend(first + i) || y->name[i].len > 0) {
            days[count++] = (struct office_day){ first + i, !off, y->name[i] };
        }
    }
    *ret = (struct official_year){ number, days, count, is_revised };
    return NULL;
}

static bool year_is_whole(struct reading *x, int number, const struct year *y)
{
    day first = day_of(number, 1, 1);
    int length = day_of(number + 1, 1, 1) - first, off = 0;

    for (int i = 0; i < length; i++) {
        off += is_off(y, first, i) ? 1 : 0;
        if (!x->by_category && y->line[i] == 0) {
            return wrong(x,
                         SAY("{day} is missing, and it may not be the only one. The file "
                             "is not whole; download it again.",
                             SAY_DAY("day", first + i)));
        }
    }
    if (off < OFF_LEAST || off == length || (x->by_category && y->days < OFF_LEAST)) {
        return wrong(x,
                     SAY("The year {year} has {days} days off; that cannot be. The file is "
                         "not whole; download it again.",
                         SAY_TEXT("year", str_format(x->arena, "%d", number)),
                         SAY_NUMBER("days", off)));
    }
    return true;
}

static err years_make(struct reading *x, struct official_year **ret, size_t *ret_count)
{
    bool revised = str_find(x->file, STR("修正")) >= 0 ||
                   str_find(x->file, STR("更新")) >= 0;
    struct official_year *list = ARENA_ARRAY(x->arena, YEARS, struct official_year);
    size_t count = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < YEARS; i++) {
        if (x->years[i] != NULL && year_is_whole(x, YEAR_FIRST + i, x->years[i])) {
            TRY(year_make(x, YEAR_FIRST + i, x->years[i], revised, &list[count++]));
        }
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}

err calendar_file_read(struct arena *a, str name, str bytes, struct mistakes *m,
                       struct official_year **ret, size_t *ret_count)
{
    struct reading *x = ARENA_NEW(a, struct reading);
    struct official_year *list = NULL;
    size_t count = 0;
    str text;

    if (x == NULL) {
        return err_no_memory;
    }
    x->arena = a;
    x->mistakes = m;
    x->file = name;
    TRY(text_decode(a, bytes, &text));
    if (lines_read(x, text)) {
        TRY(years_make(x, &list, &count));
    }
    if (arena_failed(a)) {
        return err_no_memory;
    }
    if (m->count == 0 && count == 0) {
        (void)wrong(x, SAY("There is no day in the file."));
    }
    if (m->count > 0) {
        FAIL(a, ERR_INPUT, m->first->say, STR("file"), "%zu mistakes", m->count);
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}
