/* Whatever is brought as an envelope, a card or a list: no crash; a refusal has words;
 * words that were read are written as they are read again.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "base/arena.h"
#include "host/seal/seal.h"
#include "kernel/envelope/message.h"

static void words(struct arena *a, str text)
{
    struct envelope_message m, again;
    str body, second;
    err e = message_read(a, text, &m);

    if (e != NULL) {
        if (e->say.id == NULL) {
            abort();
        }
        return;
    }
    if (message_write(a, &m, &body) != NULL) {
        return;
    }
    if (message_read(a, body, &again) != NULL ||
        message_write(a, &again, &second) != NULL || !str_equal(body, second)) {
        abort();
    }
}

static void file(struct arena *a, str text)
{
    struct keyring *k;
    str box, body, signature, key;

    if (seal_start(a) != NULL || keyring_from_phrase(a, STR("fuzz"), &k) != NULL) {
        return;
    }
    (void)envelope_file_read(a, k, 1, text, &body, &signature, &key);
    /* As somebody may seal it who knows our key. */
    if (seal_box(a, seal_public_key(a, k, 1), text, &box) == NULL) {
        str whole = str_format(
            a, "{\"format\":\"bianmin-envelope-file-1\",\"to\":\"\",\"box\":\"%.*s\"}",
            STR_ARG(str_hex(a, box)));

        (void)envelope_file_read(a, k, 1, whole, &body, &signature, &key);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)64 << 20);
    str text = { (const char *)data, size };
    struct envelope_party party;
    struct envelope_person *persons;
    struct mistakes m;
    size_t count;

    mistakes_init(&m, a);
    words(a, text);
    file(a, text);
    (void)card_read(a, text, &party);
    if (str_is_text(text)) {
        (void)persons_read(a, text, &m, &persons, &count);
        (void)answers_csv_read(a, text, 3, &m, &persons, &count);
    }
    arena_free(a);
    return 0;
}
