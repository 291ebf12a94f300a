/* upload — files between their arrival and the case that they belong to.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/upload/upload.h"

#include <string.h>

#include "base/arena.h"
#include "desk/ask.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/files.h"
#include "kernel/form/form.h"

#define MAC_SIGNS 64
/* The sweep takes a file that nobody holds after 24 hours; so it may not be linked just
 * then. */
#define GOOD_MS (INT64_C(86400000) - INT64_C(600000))

str upload_ticket(const struct ask *q, str json)
{
    str mac = seal_token_hash(
        q->arena, q->keyring, "apply_file",
        str_format(q->arena, "%lld %.*s", (long long)q->agency->id, STR_ARG(json)));

    return str_join(q->arena, str_hex(q->arena, mac), json);
}

bool upload_ticket_open(const struct ask *q, str ticket, str *ret_json)
{
    str json = str_slice(ticket, MAC_SIGNS, ticket.len);

    if (ticket.len <= MAC_SIGNS || ticket.len > 4096 ||
        !seal_same(upload_ticket(q, json), ticket)) {
        return false;
    }
    *ret_json = json;
    return true;
}

/* What a file is stands in our store, not in what the sender says of it. */
err upload_prove(struct ask *q, struct answers *s, bool outside)
{
    for (size_t i = 0; i < s->count; i++) {
        struct answer *x = &s->list[i];
        struct file_facts facts;
        const struct json *j;
        int64_t id;
        err e;

        if (!answer_holds_file(x)) {
            continue;
        }
        TRY(json_parse(q->arena, x->json, &j));
        if (!id_parse(json_text_of(j, STR("file")), &id)) {
            continue;
        }
        id = outside ? upload_inside(q, id) : id;
        e = file_facts_load(q->arena, q->store, q->agency->id, id, &facts);
        if (e == NULL && q->now_ms - id_ms(id) > GOOD_MS) {
            e = err_new(q->arena, ERR_MISSING, SAY("There is no such file. Send it again."),
                        x->question->key, "about to be swept");
        }
        if (e == NULL) {
            e = answers_set_file(q->arena, s, x->question->key, id,
                                 json_text_of(j, STR("name")), facts.media_type,
                                 facts.size_bytes);
        }
        if (e != NULL && e->kind != ERR_INPUT && e->kind != ERR_MISSING) {
            return e;
        }
        if (e != NULL) {
            mistake_add(&q->mistakes, x->question->key,
                        e->kind == ERR_INPUT
                            ? e->say
                            : SAY("There is no such file. Send it again."));
        }
    }
    return NULL;
}

void upload_keep(const struct ask *q, int64_t file)
{
    err e = file_keep(q->arena, q->store, q->agency->id, file);

    (void)e; /* What stays without its mark gets it at the next start. */
}

/* Ids tell when a file came and can be guessed; so a program gets another number for it,
 * from which only we find back: nobody puts a stranger's file into a case of his own. Four
 * rounds of Feistel over 64 bits; walked on until the first bit is free, as ids have it. */
static uint64_t one_round(const struct ask *q, int n, uint64_t half)
{
    uint32_t word = 0;
    str hash =
        seal_token_hash(q->arena, q->keyring, "api_file",
                        str_format(q->arena, "%d %llu", n, (unsigned long long)half));

    if (hash.len >= sizeof word) {
        memcpy(&word, hash.at, sizeof word);
    }
    return word;
}

static int64_t mixed(const struct ask *q, int64_t id, bool back)
{
    uint64_t left = (uint64_t)id >> 32, right = (uint64_t)id & 0xffffffffu, next;

    do {
        for (int n = 0; n < 4; n++) {
            next = back ? right ^ one_round(q, 3 - n, left) : left ^ one_round(q, n, right);
            if (back) {
                right = left;
                left = next;
            } else {
                left = right;
                right = next;
            }
        }
    } while (left >> 31 != 0 && !arena_failed(q->arena));
    return (int64_t)(left << 32 | right);
}

int64_t upload_outside(const struct ask *q, int64_t id)
{
    return mixed(q, id, false);
}

int64_t upload_inside(const struct ask *q, int64_t outside)
{
    return mixed(q, outside, true);
}
