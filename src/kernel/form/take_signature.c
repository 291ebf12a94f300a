/* take_signature — a signature: drawn, typed, or a picture of it.
 *
 * What was drawn comes as strokes of whole points, "10,20 11,22;40,30 …", in a box of 600 ×
 * 200. Nothing else can be in it, so that it may be drawn again anywhere as it is.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/answer.h"

#include "base/buf.h"
#include "host/json/json.h"
#include "host/text/text.h"

#define WIDE 600
#define HIGH 200
#define POINTS_MOST 4000
#define POINTS_LEAST 8
#define SPREAD_LEAST 25 /* a dot or a dash is no signature */
#define NAME_MOST 50

#define LABEL(t) SAY_LABEL("label", &(t)->question->label)

/* While the points of a signature are walked through. */
struct strokes {
    struct buf *path; /* NULL: only looked at */
    int points;
    int least[2], most[2];
};

static bool number_at(str *rest, int most, int *ret)
{
    int n = 0;
    size_t i = 0;

    while (i < rest->len && i < 4 && rest->at[i] >= '0' && rest->at[i] <= '9') {
        n = n * 10 + (rest->at[i++] - '0');
    }
    *rest = str_slice(*rest, i, rest->len);
    *ret = n;
    return i > 0 && n <= most;
}

static void point_add(struct strokes *s, const int at[2], bool first)
{
    for (int i = 0; i < 2; i++) {
        s->least[i] = s->points == 0 || at[i] < s->least[i] ? at[i] : s->least[i];
        s->most[i] = s->points == 0 || at[i] > s->most[i] ? at[i] : s->most[i];
    }
    s->points++;
    if (s->path != NULL) {
        buf_format(s->path, "%s%d %d", first ? "M" : "L", at[0], at[1]);
    }
}

/* False when anything but points is in it. */
static bool strokes_walk(str rest, struct strokes *s)
{
    bool first = true;

    while (rest.len > 0) {
        int at[2];
        char sign;

        if (!number_at(&rest, WIDE, &at[0]) || rest.len == 0 || rest.at[0] != ',') {
            return false;
        }
        rest = str_slice(rest, 1, rest.len);
        if (!number_at(&rest, HIGH, &at[1]) || s->points >= POINTS_MOST) {
            return false;
        }
        point_add(s, at, first);
        sign = rest.len > 0 ? rest.at[0] : ';';
        if (sign != ' ' && sign != ';') {
            return false;
        }
        first = sign == ';';
        rest = str_slice(rest, 1, rest.len);
    }
    return s->points > 0;
}

static void drawn_take(struct take *t, str drawn)
{
    struct strokes s = { 0 };
    struct json_writer w;
    struct buf b;

    if (!strokes_walk(drawn, &s)) {
        t->answer->typed[2] = STR("");
        t->piece = "name";
        t->wrong =
            SAY("What was drawn for \"{label}\" could not be read. Draw it again, or "
                "type your name.",
                LABEL(t));
        return;
    }
    if (s.points < POINTS_LEAST ||
        (s.most[0] - s.least[0] < SPREAD_LEAST && s.most[1] - s.least[1] < SPREAD_LEAST)) {
        t->piece = "name";
        t->wrong =
            SAY("What was drawn for \"{label}\" is too small. Write your name over the "
                "whole box.",
                LABEL(t));
        return;
    }
    buf_init(&b, t->arena, drawn.len + 64);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("strokes"), drawn);
    json_end_object(&w);
    t->json = buf_str(&b);
}

static void name_take(struct take *t, str name)
{
    struct json_writer w;
    struct buf b;

    if (text_length(name) > NAME_MOST) {
        t->piece = "name";
        t->wrong =
            SAY("\"{label}\" can have at most {most} characters, and there are {count}. "
                "Shorten it.",
                LABEL(t), SAY_NUMBER("most", NAME_MOST),
                SAY_NUMBER("count", (int64_t)text_length(name)));
        return;
    }
    if (!str_equal(t->answer->typed[1], STR("yes"))) {
        t->piece = "agree";
        t->wrong = SAY("Tick that your name, typed here, stands for your signature.");
        return;
    }
    buf_init(&b, t->arena, name.len * 6 + 64);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("name"), name);
    json_put_bool(&w, STR("agree"), true);
    json_end_object(&w);
    t->json = buf_str(&b);
}

void take_signature(struct take *t)
{
    str drawn = str_trim(t->answer->typed[2]), name;

    if (t->json.len > 0) { /* a picture, as a file */
        return;
    }
    if (drawn.len > 0) {
        drawn_take(t, drawn);
        return;
    }
    if (text_clean(t->arena, t->answer->typed[0], &name) != NULL) {
        t->answer->typed[0] = STR("");
        t->piece = "name";
        t->wrong = SAY("\"{label}\" has characters that cannot be read. Type it again.",
                       LABEL(t));
        return;
    }
    t->answer->typed[0] = name;
    if (name.len > 0) {
        name_take(t, name);
    } else if (str_equal(t->answer->typed[1], STR("yes"))) {
        t->piece = "name";
        t->wrong = SAY("Type your name under \"{label}\" too.", LABEL(t));
    }
}

bool unpack_signature(struct take *t, const struct json *value)
{
    if (value->kind == JSON_OBJECT && json_get(value, STR("file")) != NULL) {
        return unpack_file(t, value);
    }
    if (value->kind != JSON_OBJECT || value->count == 0) {
        t->wrong = SAY("\"{label}\" is a signature: {example}.", LABEL(t),
                       SAY_TEXT("example", STR("{\"name\":\"…\",\"agree\":true}")));
        return false;
    }
    for (const struct json *j = value->first; j != NULL; j = j->next) {
        bool agree = str_equal(j->key, STR("agree")) && j->kind == JSON_BOOL;
        bool text = j->kind == JSON_TEXT && (str_equal(j->key, STR("name")) ||
                                             str_equal(j->key, STR("strokes")));

        if (!agree && !text) {
            t->wrong = SAY("\"{label}\" is a signature: {example}.", LABEL(t),
                           SAY_TEXT("example", STR("{\"name\":\"…\",\"agree\":true}")));
            return false;
        }
        if (agree) {
            t->answer->typed[1] = j->truth ? STR("yes") : STR("");
        } else {
            t->answer->typed[str_equal(j->key, STR("name")) ? 0 : 2] = j->text;
        }
    }
    return true;
}

str answer_strokes(struct arena *a, const struct answer *x)
{
    str drawn = x->question->type == Q_SIGNATURE ? piece_of(a, x, "strokes") : STR("");
    struct buf path;
    struct strokes s = { .path = &path };

    buf_init(&path, a, drawn.len * 2 + 16);
    return drawn.len > 0 && strokes_walk(drawn, &s) ? buf_str(&path) : STR("");
}
