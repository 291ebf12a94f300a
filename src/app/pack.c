/* pack — definitions by file: `pack check DIR` says every mistake with its place; `pack
 * load DIR --agency KEY` publishes them as the next versions.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <string.h>

#include "app/acts.h"
#include "app/lists.h"
#include "base/arena.h"
#include "host/clock/clock.h"

static int read_folder(struct line *l, struct definition **ret, size_t *ret_count,
                       size_t *ret_advice)
{
    struct mistakes m, advice;

    mistakes_init(&m, l->arena);
    err e = pack_read_folder(l->arena, l->words[0], &m, ret, ret_count);

    mistakes_init(&advice, l->arena);
    e = e != NULL ? e
                  : pack_review(app_kinds, app_kinds_count, *ret, *ret_count,
                                day_at(clock_now_ms()), &m, &advice);
    out_mistakes(&out_terminal, l->arena, &m);
    *ret_advice = advice.count;
    if (m.count == 0 && advice.count > 0) {
        out_line(&out_terminal, "Advice:");
        out_mistakes(&out_terminal, l->arena, &advice);
    }
    if (e != NULL && m.count == 0) {
        out_err(&out_terminal, l->arena, e);
    }
    return e == NULL && m.count == 0 ? 0 : 1;
}

/* The reference of all keys: doc/packs.md. */
static int words_write(struct line *l)
{
    str text;
    err e = pack_reference(l->arena, app_kinds, app_kinds_count, &text);

    if (e != NULL) {
        out_err(&out_terminal, l->arena, e);
        return 1;
    }
    fwrite(text.at, 1, text.len, stdout);
    return 0;
}

static int folder_of(struct line *l, const char *folder, struct definition **ret,
                     size_t *ret_count)
{
    struct mistakes m;

    mistakes_init(&m, l->arena);
    err e = pack_read_folder(l->arena, folder, &m, ret, ret_count);

    out_mistakes(&out_terminal, l->arena, &m);
    if (e != NULL && m.count == 0) {
        out_err(&out_terminal, l->arena, e);
    }
    return e == NULL && m.count == 0 ? 0 : 1;
}

/* Two folders, or a folder beside what an office of the instance has published. */
static int diff(struct line *l, const char *agency)
{
    struct definition *old = NULL, *new = NULL;
    size_t old_count = 0, new_count = 0;

    if (l->count != (agency != NULL ? 2 : 3)) {
        fprintf(stderr, "Usage: bianmin pack diff OLD NEW\n       bianmin pack diff NEW "
                        "--agency KEY\n");
        return 2;
    }
    if (folder_of(l, l->words[l->count - 1], &new, &new_count) != 0) {
        return 1;
    }
    if (agency != NULL) {
        return act_ask(l, "pack.diff",
                       definitions_write(l->arena, str_of(agency), new, new_count));
    }
    if (folder_of(l, l->words[1], &old, &old_count) != 0) {
        return 1;
    }
    return pack_diff_tell(l->arena, old, old_count, new, new_count, &out_terminal);
}

int command_pack(struct line *l)
{
    static const char usage[] =
        "pack check DIR\n       bianmin pack load DIR --agency KEY\n"
        "       bianmin pack diff OLD NEW\n"
        "       bianmin pack diff NEW --agency KEY\n"
        "       bianmin pack words";
    const char *what = l->count > 0 ? l->words[0] : "";
    const char *agency = line_option(l, "--agency");
    struct definition *list = NULL;
    size_t count = 0;
    bool is_load = strcmp(what, "load") == 0;

    if (l->count == 1 && strcmp(what, "words") == 0) {
        return words_write(l);
    }
    if (l->count >= 2 && strcmp(what, "diff") == 0) {
        return diff(l, agency);
    }
    if (!line_is(l, 2, usage) || (!is_load && strcmp(what, "check") != 0) ||
        is_load != (agency != NULL)) {
        fprintf(stderr, "Usage: bianmin %s\n", usage);
        return 2;
    }
    l->words++;
    l->count--;
    size_t advice = 0;
    int status = read_folder(l, &list, &count, &advice);

    if (status != 0) {
        return status;
    }
    if (!is_load) {
        out_line(&out_terminal, "%zu definitions, no mistakes.", count);
        if (advice > 0) {
            out_line(&out_terminal, "%zu pieces of advice.", advice);
        }
        return 0;
    }
    return act_ask(l, "pack.load",
                   definitions_write(l->arena, str_of(agency), list, count));
}
