/* wordc — makes the const table of words: wordc OUT.c zh.po en.po ja.po
 *
 * A row for each English sentence with what the languages say; a missing text is empty and
 * the English is shown in its place (words-check fails on it). Found by a hash with open
 * addressing: FNV-1a of the sentence, as host/lang/lang.c computes it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "po.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LANGUAGES 3 /* in the order of enum lang */

struct table {
    struct po po[LANGUAGES];
    const char **ids;
    size_t count;
};

static void table_add(struct table *t, const char *id)
{
    for (size_t i = 0; i < t->count; i++) {
        if (strcmp(t->ids[i], id) == 0) {
            return;
        }
    }
    t->ids = realloc(t->ids, (t->count + 1) * sizeof *t->ids);
    if (t->ids == NULL) {
        abort();
    }
    t->ids[t->count++] = id;
}

static uint32_t hash(const char *id)
{
    uint32_t h = 2166136261u;

    for (; *id != '\0'; id++) {
        h = (h ^ (unsigned char)*id) * 16777619u;
    }
    return h;
}

static void write_text(FILE *out, const char *text)
{
    size_t len = strlen(text);

    fputs("{ \"", out);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c == '"' || c == '\\') {
            fprintf(out, "\\%c", c);
        } else if (c < 0x20 || c == '?') {
            fprintf(out, "\\%03o", c);
        } else {
            fputc(c, out);
        }
    }
    fprintf(out, "\", %zu }", len);
}

static void write_rows(FILE *out, const struct table *t)
{
    fputs("const struct lang_row lang_rows[] = {\n", out);
    for (size_t i = 0; i < t->count; i++) {
        fputs("    { ", out);
        write_text(out, t->ids[i]);
        for (int form = 0; form < 2; form++) {
            fputs(", { ", out);
            for (int lang = 0; lang < LANGUAGES; lang++) {
                const struct po_entry *e = po_find(&t->po[lang], t->ids[i]);
                const char *text = po_is_said(e) ? e->text[form] : NULL;

                write_text(out, text != NULL ? text : "");
                fputs(", ", out);
            }
            fputs("}", out);
        }
        fputs(" },\n", out);
    }
    fputs("    { { \"\", 0 }, { { \"\", 0 } }, { { \"\", 0 } } },\n};\n", out);
}

static bool write_slots(FILE *out, const struct table *t)
{
    size_t slots = 16;
    uint16_t *row;

    while (slots < t->count * 2) {
        slots *= 2;
    }
    row = calloc(slots, sizeof *row);
    if (row == NULL || t->count >= UINT16_MAX) {
        free(row);
        return false;
    }
    for (size_t i = 0; i < t->count; i++) {
        size_t at = hash(t->ids[i]) & (slots - 1);

        while (row[at] != 0) {
            at = (at + 1) & (slots - 1);
        }
        row[at] = (uint16_t)(i + 1);
    }
    fprintf(out, "const size_t lang_slot_count = %zu;\nconst uint16_t lang_slots[] = {",
            slots);
    for (size_t i = 0; i < slots; i++) {
        fprintf(out, "%s%u,", i % 16 == 0 ? "\n    " : " ", row[i]);
    }
    fputs("\n};\n", out);
    free(row);
    return true;
}

int main(int argc, char **argv)
{
    struct table t = { .count = 0 };
    FILE *out;
    bool ok = true;

    if (argc != 2 + LANGUAGES) {
        fputs("wordc OUT.c zh.po en.po ja.po\n", stderr);
        return 2;
    }
    for (int i = 0; i < LANGUAGES; i++) {
        ok = po_read(&t.po[i], argv[2 + i]) && ok;
        for (size_t e = 0; e < t.po[i].count; e++) {
            table_add(&t, t.po[i].entries[e].id);
        }
    }
    out = ok ? fopen(argv[1], "w") : NULL;
    if (out == NULL) {
        return 1;
    }
    fputs("/* Made from po/ by wordc; edit that. */\n#include \"host/lang/table.h\"\n\n",
          out);
    write_rows(out, &t);
    ok = write_slots(out, &t);
    return fclose(out) == 0 && ok ? 0 : 1;
}
