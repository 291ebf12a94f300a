/* content — what is written in a letter, sealed as JSON.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "kernel/letter/letter.h"

#include <stddef.h>

#define CONTENT_BYTES ((size_t)512 << 10)

static const struct {
    const char *key;
    size_t offset;
} pieces[] = {
    { "recipient", offsetof(struct letter_content, recipient) },
    { "address", offsetof(struct letter_content, address) },
    { "subject", offsetof(struct letter_content, subject) },
    { "text", offsetof(struct letter_content, text) },
    { "facts", offsetof(struct letter_content, facts) },
    { "reasons", offsetof(struct letter_content, reasons) },
    { "law", offsetof(struct letter_content, law) },
    { "remedy", offsetof(struct letter_content, remedy) },
    { "to", offsetof(struct letter_content, to) },
    { "copies_to", offsetof(struct letter_content, copies_to) },
    { "enclosures", offsetof(struct letter_content, enclosures) },
};
#define PIECES (sizeof pieces / sizeof pieces[0])

static str *piece_at(struct letter_content *c, size_t i)
{
    return (str *)((char *)c + pieces[i].offset);
}

static struct seal_place place_of(const struct letter *l)
{
    return (struct seal_place){ l->agency, l->id, "letter", "content" };
}

err letter_seal_content(struct arena *a, const struct keyring *k, struct letter *l)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, CONTENT_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    for (size_t i = 0; i < PIECES; i++) {
        json_put_text(&j, str_of(pieces[i].key), *piece_at(&l->content, i));
    }
    json_list(&j, STR("fields"));
    for (size_t i = 0; i < l->content.fields_count; i++) {
        json_list(&j, STR(""));
        json_put_text(&j, STR(""), l->content.fields[i].label);
        json_put_text(&j, STR(""), l->content.fields[i].text);
        json_end_list(&j);
    }
    json_end_list(&j);
    json_end_object(&j);
    if (buf_failed(&b)) {
        FAIL(a, ERR_INPUT, SAY("This letter is too long. Put a part into an enclosure."),
             STR("text"), "content too long");
    }
    return seal_close(a, k, place_of(l), buf_str(&b), &l->content_sealed);
}

static err fields_open(struct arena *a, const struct json *list, struct letter_content *c)
{
    struct letter_field *fields = ARENA_ARRAY(a, list == NULL ? 1 : list->count + 1,
                                              struct letter_field);

    if (fields == NULL) {
        return err_no_memory;
    }
    for (const struct json *x = list == NULL ? NULL : list->first; x != NULL; x = x->next) {
        if (x->kind == JSON_LIST && x->count == 2) {
            fields[c->fields_count++] = (struct letter_field){ x->first->text,
                                                               x->first->next->text };
        }
    }
    c->fields = fields;
    return NULL;
}

err letter_open(struct arena *a, const struct keyring *k, struct letter *l)
{
    const struct json *object;
    str plain;

    TRY(seal_open(a, k, place_of(l), l->content_sealed, &plain));
    TRY(json_parse(a, plain, &object));
    l->content = (struct letter_content){ 0 };
    for (size_t i = 0; i < PIECES; i++) {
        *piece_at(&l->content, i) = json_text_of(object, str_of(pieces[i].key));
    }
    TRY(fields_open(a, json_get(object, STR("fields")), &l->content));
    if (!str_is_empty(l->token_sealed)) {
        struct seal_place place = { l->agency, l->id, "letter", "token" };

        TRY(seal_open(a, k, place, l->token_sealed, &l->token));
    }
    if (!str_is_empty(l->withdrawn_sealed)) {
        struct seal_place place = { l->agency, l->id, "letter", "withdrawn_why" };

        TRY(seal_open(a, k, place, l->withdrawn_sealed, &l->withdrawn_why));
    }
    return NULL;
}

err letter_seal_why(struct arena *a, const struct keyring *k, int64_t agency, int64_t id,
                    str why, str *ret_sealed)
{
    struct seal_place place = { agency, id, "letter", "withdrawn_why" };

    return seal_close(a, k, place, why, ret_sealed);
}
