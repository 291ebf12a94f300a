/* settings — an uploaded definition as text, and events of settings.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/settings/settings_store.h"

#include "base/buf.h"
#include "host/store/files.h"
#include "host/store/store.h"

#define PARTS_MOST 4 /* a definition is at most 1 MiB */

err settings_file_text(struct arena *a, struct store *s, const struct keyring *k,
                       int64_t agency, int64_t file, str *ret_text)
{
    struct buf all;

    buf_init(&all, a, PARTS_MOST * FILE_PART_BYTES);
    for (int i = 0; i < PARTS_MOST; i++) {
        str part;

        TRY(file_part(a, s, k, agency, file, i, &part));
        if (str_is_empty(part)) {
            break;
        }
        buf_put(&all, part);
    }
    *ret_text = buf_str(&all);
    if (!str_is_text(*ret_text)) {
        FAIL(a, ERR_INPUT, SAY("This is not a text file. Send a .yaml file in UTF-8."),
             STR("file"), "no text");
    }
    return NULL;
}

err settings_event(struct tx *tx, int64_t agency, int64_t actor, int64_t subject,
                   int64_t now_ms, const char *what)
{
    const struct event e = {
        .agency = agency, .actor = actor, .subject = subject, .at_ms = now_ms,
        .kind = str_of(what), .body = STR("{}"),
    };

    return tx_event(tx, &e);
}
