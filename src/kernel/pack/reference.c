/* reference — doc/packs.md: every key that the readers know, out of the same tables.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/pack/pack.h"

#define REFERENCE_BYTES ((size_t)1 << 20)

static const char begin[] =
    "# What stands in a pack\n"
    "\n"
    "Made by `bianmin pack words`; do not edit: the tables stand beside the readers in "
    "`src/kernel`.\n"
    "\n"
    "For clerks who write or change services. A pack is a folder of YAML files; start by "
    "copying one of `packs/`. `bianmin pack check DIR` tells every mistake at once, as "
    "`file:line:column: message` with the nearest known word, and then what could be "
    "better "
    "(advice keeps nothing from being published). `bianmin pack diff OLD NEW` tells what a "
    "citizen or an officer would notice. `bianmin pack load DIR --agency KEY` publishes "
    "the "
    "next version; running cases keep theirs.\n"
    "\n"
    "Three lines begin every file:\n"
    "\n"
    "    format: 1            # this description\n"
    "    kind: service        # one of the kinds below\n"
    "    key: zoning          # small letters, digits, _; in addresses; never changed "
    "later\n"
    "\n"
    "**texts** are written in each language: `{ zh: 姓名, en: Name, ja: 氏名 }`, or one below "
    "the other. **text** may be that too, or Chinese alone. A text with `: `, `, `, "
    "quotation "
    "marks or brackets stands in quotation marks. **date** is `2026-01-18`. A **key** is "
    "made "
    "of small letters, digits and `_`.\n"
    "\n";

static const char rules[] =
    "## rules and numbers\n"
    "\n"
    "A **rule** is one expression that is true or false. Names are the keys of questions "
    "asked "
    "before (and, in the `rules` of a question, that question); outside of the form all "
    "questions, and `way` (`way == \"online\"`).\n"
    "\n"
    "    age(birth_date) >= 40 and sex == \"female\"\n"
    "    days_until(use_on) >= 14\n"
    "    not has(ways, \"copy\") or filled(colour)\n"
    "    sum(land, \"area\") > 1000\n"
    "\n"
    "`==` `~=` `<` `<=` `>` `>=` `and` `or` `not` · `age(d)` `years_since(d)` "
    "`months_since(d)` `days_until(d)` `today()` `day(\"2026-01-18\")` · `filled(x)` "
    "`length(x)` · `has(list, \"key\")` · `starts(text, \"雲川市\")` · `sum(rows, "
    "\"column\")` "
    "`count(rows, \"column\", value)`. Dates compare as days, times as texts (`at >= "
    "\"08:00\"`), an address is one text without its postcode, a signature is `true`. "
    "Comparing "
    "with a question that has no answer is false; a rule must be true or false then too, "
    "so "
    "write `poor == true`, not `poor`.\n"
    "\n"
    "A **number expression** gives a number: `copies - 1`, `ceil(pages / 2)`, `most(0, "
    "parcels "
    "- 5)`, `length(members)`. What has no answer counts as nothing, less than nothing is "
    "nothing, a fraction is rounded up. Besides the functions above: `least(a, b)`, "
    "`most(a, "
    "b)`, `ceil(x)`, `floor(x)`.\n";

/* `|` would end a cell. */
static void put_cell(struct buf *b, const char *text)
{
    for (; *text != '\0'; text++) {
        buf_put_z(b, *text == '|' ? "\\|" : (const char[]){ *text, '\0' });
    }
}

static void put_word(struct buf *b, const struct pack_word *w)
{
    buf_format(b, "| `%s` | %s | ", w->key, w->form);
    for (size_t i = 0; i < w->choices_count; i++) {
        buf_format(b, "%s`%.*s`", i > 0 ? " " : "", STR_ARG(w->choices[i]));
    }
    buf_put_z(b, w->choices_count > 0 && w->what[0] != '\0' ? ": " : "");
    put_cell(b, w->what);
    buf_put_z(b, " |\n");
}

static void put_chapter(struct buf *b, const struct pack_chapter *c)
{
    buf_format(b, "## %s\n\n", c->title);
    if (c->lead[0] != '\0') {
        buf_format(b, "%s\n\n", c->lead);
    }
    if (c->count > 0) {
        buf_put_z(b, "| key | form | what |\n| --- | --- | --- |\n");
    }
    for (size_t i = 0; i < c->count; i++) {
        put_word(b, &c->words[i]);
    }
    buf_put_z(b, c->count > 0 ? "\n" : "");
}

err pack_reference(struct arena *a, const struct pack_kind *const *kinds,
                   size_t kinds_count, str *ret)
{
    struct buf b;

    buf_init(&b, a, REFERENCE_BYTES);
    buf_put_z(&b, begin);
    for (size_t i = 0; i < kinds_count; i++) {
        for (size_t n = 0; n < kinds[i]->chapters_count; n++) {
            put_chapter(&b, kinds[i]->chapters[n]);
        }
    }
    buf_put_z(&b, rules);
    if (buf_failed(&b)) {
        return err_no_memory;
    }
    *ret = buf_str(&b);
    return NULL;
}
